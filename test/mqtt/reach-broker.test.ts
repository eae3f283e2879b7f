import { expect, test } from "vitest";
import { SystemClock } from "../../src/drivers/clock/system-clock.ts";
import { reachBroker } from "../../src/drivers/mqtt/reach-broker.ts";
import { Mosquitto } from "../support/mosquitto.ts";

const clock = new SystemClock();

test("a broker that runs is reached, with the version it speaks, and nothing is left behind", async () => {
  await using broker = await Mosquitto.start({ accounts: { doctor: "well" } });
  const reached = await reachBroker({ url: broker.url, username: "doctor", password: "well" }, clock);
  expect(reached).toEqual({ version: 5 });
  expect(broker.log()).not.toMatch(/PUBLISH/);
});

test("why it could not be reached is said in words: password, address, certificate file", async () => {
  await using broker = await Mosquitto.start({ accounts: { doctor: "well" } });
  const refused = await reachBroker({ url: broker.url, username: "doctor", password: "wrong" }, clock);
  expect(refused).toMatchObject({ fault: expect.stringMatching(/user|authori/i) });
  await broker.stop();
  expect(await reachBroker({ url: broker.url }, clock)).toMatchObject({
    fault: expect.stringContaining(`127.0.0.1:${broker.port}`),
  });
  const missing = await reachBroker({ url: "mqtts://127.0.0.1:1", caFile: "/nowhere/ca.pem" }, clock);
  expect(missing).toMatchObject({ fault: expect.stringContaining("/nowhere/ca.pem") });
});

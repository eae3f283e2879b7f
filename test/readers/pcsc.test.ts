import process from "node:process";
import { afterAll, beforeAll, expect, test } from "vitest";
import { SystemClock } from "../../src/drivers/clock/system-clock.ts";
import { PcscCardReader, type PcscWiring } from "../../src/drivers/reader-pcsc/pcsc-reader.ts";
import { startPcscWatch } from "../../src/drivers/reader-pcsc/start-pcsc-watch.ts";
import { until } from "../support/until.ts";
import { VirtualPcsc } from "../support/virtual-pcsc.ts";

const clock = new SystemClock();
const wiring: PcscWiring = {
  where: { vestibule: "v1", accessPoint: "outer-entry" },
  reader: "Virtual PCD 00 00",
  format: "uid",
  number: "hex",
  byteOrder: "as-read",
};

let pcsc: VirtualPcsc;
const before = process.env["PCSCLITE_CSOCK_NAME"];
beforeAll(async () => {
  pcsc = new VirtualPcsc();
  process.env["PCSCLITE_CSOCK_NAME"] = pcsc.socket;
});
afterAll(async () => {
  await pcsc[Symbol.asyncDispose]();
  if (before === undefined) delete process.env["PCSCLITE_CSOCK_NAME"];
  else process.env["PCSCLITE_CSOCK_NAME"] = before;
});

test("the real pcscd: absent, there, cards put on its reader, ended and back", async () => {
  const cards: string[] = [];
  const states: string[] = [];
  const refused: string[] = [];
  const details: (string | null)[] = [];
  await using reader = new PcscCardReader([wiring], {
    clock,
    startWatch: startPcscWatch,
    onRefused: (_, reason) => refused.push(reason),
  });
  await reader.open({
    onCard: ({ number, format }) => cards.push(`${format} ${number}`),
    onKeys: () => {},
    onStatus: ({ state, detail }) => {
      states.push(state);
      details.push(detail);
    },
  });
  await until(() => states.includes("lost"), "that there is no service");
  expect(details[0]).toContain("pcscd");

  await pcsc.start();
  await until(() => states.at(-1) === "online", "the reader");
  {
    await using card = await pcsc.put(Buffer.from("04a1b2c3d4e5809000", "hex"));
    await until(() => cards.length === 1, "the card");
    expect(card.commands).toEqual(["ffca000000"]);
  }
  {
    await using _ = await pcsc.put(Buffer.from("04a1b2c3d4e5809000", "hex"));
    await until(() => cards.length === 2, "the card once more");
  }
  expect(cards).toEqual(["uid 04A1B2C3D4E580", "uid 04A1B2C3D4E580"]);
  {
    await using _ = await pcsc.put(Buffer.from("6a81", "hex"));
    await until(() => refused.length === 1, "that a card without a UID is refused");
  }

  await pcsc.stop();
  await until(() => states.at(-1) === "lost", "that the service ended");
  await pcsc.start();
  await until(() => states.at(-1) === "online", "the reader again");
  {
    await using _ = await pcsc.put(Buffer.from("deadbeef9000", "hex"));
    await until(() => cards.length === 3, "a card after that");
  }
  expect(cards.at(-1)).toBe("uid DEADBEEF");
  expect(states).toEqual(["lost", "online", "lost", "online"]);
});

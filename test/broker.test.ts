import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DemoDaemon, type SiteDraft } from "./support/demo-daemon.ts";
import { Listener, Mosquitto } from "./support/mosquitto.ts";
import type { SiteApi } from "./support/site-api.ts";
import { until } from "./support/until.ts";

// A whole daemon and a real broker of the security centre's. What the driver does with every kind of broker is
// tested in test/mqtt.

const password = "two doors and one key";
const accounts = { vestibule: "of the box", centre: "of the centre" };
const root = "vestibule/demo";

let scratch: string;
beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), "vestibule-broker-"));
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** The demo site with an outside broker in place of the embedded one. */
function externalBroker({ url }: Mosquitto, secret: string): (site: SiteDraft) => void {
  const passwordFile = join(scratch, `secret-${secret.length}`);
  writeFileSync(passwordFile, `${secret}\n`, { mode: 0o600 });
  return (site) => {
    site.mqtt = { broker: "external", url, username: "vestibule", passwordFile };
    site.board["doorCloserTime"] = 1;
  };
}

const asCentre = { username: "centre", password: accounts.centre } as const;

describe("a broker that comes and goes", () => {
  let broker: Mosquitto;
  let centre: Listener;
  let daemon: DemoDaemon;
  let api: SiteApi;

  beforeAll(async () => {
    // The centre's subscription outlives the broker, so that what it has not heard was not sent.
    const lines = ["persistence true", "persistence_location DIR/", "max_queued_messages 0"];
    broker = await Mosquitto.start({ accounts, lines });
    centre = await Listener.to(broker.url, `${root}/#`, {
      ...asCentre,
      clientId: "centre",
      clean: false,
      properties: { sessionExpiryInterval: 3_600 },
    });
    daemon = await DemoDaemon.start({
      name: "broker",
      password,
      site: externalBroker(broker, accounts.vestibule),
    });
    api = await daemon.logIn();
  });
  afterAll(async () => {
    await daemon?.[Symbol.asyncDispose]();
    await centre?.[Symbol.asyncDispose]();
    await broker?.[Symbol.asyncDispose]();
  });

  /** Waits until the centre has heard of all that is recorded now, each in its order, none missing. */
  async function expectAllHeard(): Promise<void> {
    const last = await api.lastSeq();
    const heard = (): number[] => [...new Set(centre.bodies("/event/").map(({ seq }) => Number(seq)))];
    await until(() => heard().includes(last), `event ${last} at the centre`, 30_000);
    const seqs = heard().filter((seq) => seq <= last);
    expect(seqs).toEqual(Array.from({ length: last }, (_, index) => index + 1));
  }

  test("T12: stopped and started around events: all arrive, in order, with consecutive numbers; doors do not notice", async () => {
    await api.enrolled();
    await api.seeing();
    await api.show("outer-entry", "1001");
    await api.atRest();
    await expectAllHeard();

    await broker.stop();
    const away = await api.lastSeq();
    await api.move("inner", "force");
    await api.recorded("DoorClosed", away, { door: "inner" });
    await api.atRest();
    expect(await api.outcomeOf("outer-entry", "1001")).toMatchObject({ type: "DoorReleased", door: "outer" });
    const alarm = await api.alarm("BrokerLost", "active-unacknowledged");
    expect(alarm.detail).toMatch(/refused|closed|ECONN/i);
    const heardBefore = centre.heard.length;
    await api.atRest();

    await broker.start();
    await expectAllHeard();
    expect(centre.heard.length).toBeGreaterThan(heardBefore);
    await api.alarm("BrokerLost", "returned-unacknowledged", 30_000);
  });

  test("what is retained is what is so: state, and each alarm until somebody has acknowledged it", async () => {
    const { id } = await api.alarm("DoorForcedOpen", "returned-unacknowledged");
    const topic = `${root}/v1/alarm/${id}`;
    {
      await using newcomer = await Listener.to(broker.url, `${root}/v1/#`, asCentre);
      await until(() => newcomer.bodies("/state").length > 0, "the retained state");
      expect(newcomer.bodies("/state").at(-1)).toMatchObject({
        mode: "normal",
        doors: { outer: { contact: "closed", lock: "secured", secure: true }, inner: { secure: true } },
      });
      await until(() => newcomer.heard.some((message) => message.topic === topic), "the retained alarm");
      expect(newcomer.bodies(topic)).toMatchObject([
        { type: "DoorForcedOpen", phase: "returned-unacknowledged" },
      ]);
    }
    await api.ask("POST", `/alarms/${id}/acknowledge`, { comment: "a test" });
    await until(
      () => centre.heard.some((message) => message.topic === topic && message.text === ""),
      "the alarm's end",
    );
    await using newcomer = await Listener.to(broker.url, `${root}/v1/#`, asCentre);
    await until(() => newcomer.bodies("/state").length > 0, "the retained state");
    expect(newcomer.heard.filter((message) => message.topic === topic)).toEqual([]);
  });

  test("T33: a controller that dies is offline by its last will, and online again as another run", async () => {
    const status = (): Record<string, unknown>[] => centre.bodies(`${root}/status`);
    const before = status().at(-1);
    expect(before).toMatchObject({ state: "online" });
    const count = status().length;
    process.kill(daemon.pidOf("controller"), "SIGKILL");
    await until(
      () =>
        status()
          .slice(count)
          .some(({ state }) => state === "offline"),
      "the last will",
    );
    await until(() => status().at(-1)?.["state"] === "online", "the next controller");
    expect(status().at(-1)?.["boot"]).not.toBe(before?.["boot"]);
    await daemon.ready();
    await api.atRest();
    await expectAllHeard();
  });
});

test("a broker that refuses the password: an alarm that says so, and the doors work on", async () => {
  await using broker = await Mosquitto.start({ accounts });
  await using daemon = await DemoDaemon.start({
    name: "broker-refuses",
    password,
    site: externalBroker(broker, "not the one it has"),
  });
  const api = await daemon.logIn();
  await api.atRest();
  const start = await api.lastSeq();
  await api.hold("inner.rex", true);
  await api.letGo("inner.rex");
  await api.recorded("DoorReleased", start, { door: "inner" });
  const alarm = await api.alarm("BrokerLost", "active-unacknowledged", 30_000);
  expect(alarm.detail).toMatch(/does not authori[sz]e/);
  expect(alarm.detail).not.toContain("not the one it has");
  expect(daemon.output).not.toContain("not the one it has");
});

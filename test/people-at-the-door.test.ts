import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { SystemClock } from "../src/drivers/clock/system-clock.ts";
import { DemoDaemon, type SiteDraft } from "./support/demo-daemon.ts";
import { againWhereHeldUp, watchMachine } from "./support/held-up.ts";
import { Listener } from "./support/mosquitto.ts";
import { instantOf } from "./support/recorded-instant.ts";
import type { SiteApi } from "./support/site-api.ts";
import { seen, until } from "./support/until.ts";

// Rules about people, on the whole daemon. Each by itself, with every turn it can take: src/domain/access and, with
// the controller around it in virtual time, src/controller/*-at-the-door.test.ts and duress.test.ts.

watchMachine();
const againForLong = { ...againWhereHeldUp, timeout: 120_000 };

const password = "two doors and one key";
/** The clock that the processes of this machine share. */
const clock = new SystemClock();

/** By card and PIN from the street, by card and face everywhere else. */
function withPins(site: SiteDraft): void {
  site.board["doorCloserTime"] = 1;
  for (const door of Object.values(site.vestibules[0]?.doors ?? {})) door["releaseTime"] = 2;
  site.accessLevels = [
    { name: "street", accessPoints: ["outer-entry"], mode: "card+pin" },
    { name: "inside", accessPoints: ["inner-entry", "inner-exit", "outer-exit"], mode: "card+face" },
  ];
  site.access = { maxFailures: 5 };
}

let daemon: DemoDaemon;
let api: SiteApi;
let centre: Listener;
let people: Readonly<Record<string, string>>;

beforeAll(async () => {
  daemon = await DemoDaemon.start({ name: "people", password, site: withPins });
  api = await daemon.logIn();
  people = await api.enrolled();
  await api.seeing();
  await api.atRest();
  centre = await Listener.to(`mqtt://127.0.0.1:${daemon.mqttPort}`, "vestibule/demo/#", {
    protocolVersion: 4,
  });
  for (const card of ["1001", "1002"])
    await api.ask("PUT", `/cardholders/${people[card]}/pin`, { pin: "4711", duressPin: "8053" });
});
afterAll(async () => {
  await centre?.[Symbol.asyncDispose]();
  await daemon?.[Symbol.asyncDispose]();
});

const press = (keys: string): Promise<unknown> =>
  api.ask("POST", "/simulator/keys", { accessPoint: "outer-entry", keys });
const display = async (): Promise<string | undefined> =>
  (await api.state()).vestibules[0]?.displays["outer-entry"]?.text;
const shows = (text: string): Promise<true> =>
  seen(async () => ((await display()) === text ? true : undefined), `the display shows ${text}`);

/**
 * What somebody at the keypad can take the time of: from Enter to the lock, and what is said meanwhile. When the lock
 * moved is the interlock's word: whoever asks for it now and then would measure the asking as well.
 */
async function entering(
  keys: string,
): Promise<{ readonly tookMs: number; readonly said: readonly string[] }> {
  await api.atRest();
  await shows("ready");
  await api.present("outer-entry", "1001");
  await shows("enterPin");
  const seq = await api.lastSeq();
  const start = clock.now();
  await press(`${keys}#`);
  const said: string[] = [];
  for (let lock = "secured"; lock !== "released"; await sleep(2)) {
    if (clock.now() - start > 10_000) throw new Error(`not released; the display said ${said.join()}`);
    ({ "outer.lock": lock = "" } = await api.outputs());
    const text = await display();
    if (text !== undefined && said.at(-1) !== text) said.push(text);
  }
  const released = await api.recorded("DoorReleased", seq, { door: "outer" });
  return { tookMs: instantOf(daemon, released) - start, said };
}

describe("A5, T25: a duress PIN", () => {
  test(
    "takes as long as the own one, and nothing at the door says otherwise; the centre knows at once",
    againForLong,
    async () => {
      const free: Awaited<ReturnType<typeof entering>>[] = [];
      const forced: Awaited<ReturnType<typeof entering>>[] = [];
      await entering("4711"); // the first of all is slower: nothing is warm yet
      for (let round = 0; round < 3; round++) {
        free.push(await entering("4711"));
        forced.push(await entering("8053"));
      }
      const times = free.map(({ tookMs }) => tookMs).toSorted((a, b) => a - b);
      const [fastest = 0, slowest = 0] = [times[0], times.at(-1)];
      // As far as the own PIN's times lie apart among themselves, and a stopwatch in a hand could never tell.
      const noise = slowest - fastest + 40;
      for (const { tookMs, said } of forced) {
        expect(tookMs).toBeGreaterThan(fastest - noise);
        expect(tookMs).toBeLessThan(slowest + noise);
        expect(free.map((one) => one.said.at(-1))).toContain(said.at(-1));
      }
      const alarm = await seen(
        async () => centre.bodies("/alarm/v1.outer-entry.Duress")[0],
        "the alarm at the broker",
      );
      expect(alarm).toMatchObject({ type: "Duress", priority: "critical" });
    },
  );

  test(
    "a contact that chatters does not bury it: at the centre within half a second, and the chatter is counted",
    againForLong,
    async () => {
      await api.atRest();
      const start = await api.lastSeq();
      const forced = "v1.outer.DoorForcedOpen";
      // Its count begins anew: what an attempt before this one has left is over.
      if ((await api.alarms()).some(({ id }) => id === forced))
        await api.ask("POST", `/alarms/${forced}/acknowledge`, { comment: "of an attempt before" });
      let chattering = true;
      const chatter = (async () => {
        for (let open = true; chattering || !open; open = !open) {
          await api.hold("outer.contact", open);
          await sleep(115);
        }
        await api.letGo("outer.contact");
      })();
      const alarmsAtCentre = (): readonly { readonly count: number; readonly at: number }[] =>
        centre.heard
          .filter(({ topic, text }) => topic.includes("/alarm/v1.outer-entry.Duress") && text !== "")
          .map(({ text, at }) => ({ count: Number(JSON.parse(text).count), at }));
      const countAtCentre = (): number => alarmsAtCentre().at(-1)?.count ?? 0;
      const before = countAtCentre();
      const signalled = centre.bodies("/event/DuressSignalled").length;
      try {
        await api.recorded("AlarmRaised", start, { id: forced, count: 3 });
        await api.present("outer-entry", "1001");
        await api.recorded("PinAsked", start);
        await press("8053#");
        await until(() => countAtCentre() > before, "the alarm of the duress");
        const heard = alarmsAtCentre().find(({ count }) => count > before)?.at ?? Number.NaN;
        await until(() => centre.bodies("/event/DuressSignalled").length > signalled, "its event");
        // From its decision: how long a PIN takes to be judged says nothing about the alarm's way.
        const decided = Date.parse(String(centre.bodies("/event/DuressSignalled").at(-1)?.["time"]));
        expect(heard - decided).toBeLessThan(500);
        // What was said of the contact meanwhile is little beside what it did, and its count is whole.
        await seen(async () => (await openings()) > 9 || undefined, "openings enough");
      } finally {
        chattering = false;
        await chatter;
      }
      await api.recorded("DoorClosed", start);
      await api.ask("POST", `/alarms/${forced}/acknowledge`, { comment: "a test" });
      const times = await openings();
      const alarms = (await api.events(start)).filter(
        ({ type, id }) => type.startsWith("Alarm") && id === forced,
      );
      expect(alarms.length).toBeLessThan(times);
      expect(alarms.findLast(({ type }) => type === "AlarmRepeated")).toMatchObject({ count: times });
      expect(centre.bodies(`/alarm/${forced}`).length).toBeLessThan(times);

      async function openings(): Promise<number> {
        return (await api.events(start, "DoorForcedOpen")).length;
      }
    },
  );

  test("no console opened at the box shows anything of it; a centre with the right to sees it", async () => {
    expect((await api.alarms()).map(({ type }) => type)).not.toContain("Duress");
    const types = (await api.events(0)).map(({ type }) => type);
    expect(types).not.toContain("DuressSignalled");
    expect(JSON.stringify(await api.state())).not.toMatch(/duress/i);
    const expires = new Date(Date.now() + 86_400_000).toISOString();
    const rights = ["seeEvents", "seeAlarms", "seeDuress", "acknowledgeAlarms"];
    const { secret } = await api.ask<{ secret: string }>("POST", "/tokens", {
      name: "centre",
      rights,
      expires,
    });
    const answer = await fetch(`${daemon.address}/api/v1/alarms`, {
      headers: { authorization: `Bearer ${secret}` },
    });
    const { alarms } = (await answer.json()) as { alarms: readonly { type: string }[] };
    expect(alarms.map(({ type }) => type)).toContain("Duress");
  });

  test("a PIN is in no record, log or message", async () => {
    const everything = [
      JSON.stringify(await api.events(0)),
      daemon.output,
      JSON.stringify(centre.heard.map(({ text }) => text)),
    ].join("\n");
    for (const pin of ["4711", "8053"]) expect(everything).not.toMatch(new RegExp(`(?<!\\d)${pin}(?!\\d)`));
  });
});

describe("A1: a rule of two persons, switched on while the site runs", () => {
  const rule = (multiPerson: object | null): Promise<unknown> =>
    api.ask("PATCH", "/vestibules/v1/doors/outer", { multiPerson, reason: "cash day" });

  test("one alone waits and is refused; two go in by one release, each on record; switched off, one is enough", async () => {
    await api.atRest();
    await shows("ready");
    await rule({ count: 2, window: 5 });
    // Whoever was let in before is still between the doors.
    const before = (await api.state()).vestibules[0]?.occupancy ?? 0;
    const start = await api.lastSeq();
    const enters = async (card: string): Promise<void> => {
      await api.present("outer-entry", card);
      await shows("enterPin");
      await press("4711#");
    };
    await enters("1001");
    await shows("nextPerson");
    expect((await api.outputs())["outer.lock"]).toBe("secured");
    expect(await api.recorded("AccessDenied", start)).toMatchObject({
      reason: "multiPersonIncomplete",
      cardholder: people["1001"],
    });

    await shows("ready");
    const again = await api.lastSeq();
    await enters("1001");
    await shows("nextPerson");
    await enters("1002");
    await api.recorded("DoorReleased", again, { door: "outer" });
    await api.move("outer", "open");
    const taken = await seen(async () => {
      const all = await api.events(again, "AccessTaken");
      return all.length === 2 ? all : undefined;
    }, "two people on record");
    expect(new Set(taken.map(({ cardholder }) => cardholder))).toEqual(
      new Set([people["1001"], people["1002"]]),
    );
    expect(await api.events(again, "DoorReleased")).toHaveLength(1);
    expect((await api.state()).vestibules[0]?.occupancy).toBe(before + 2);

    await rule(null);
    await api.atRest();
    await shows("ready");
    const off = await api.lastSeq();
    await enters("1001");
    await api.recorded("DoorReleased", off, { door: "outer" });
    const changes = await api.events(start - 1, "ConfigurationChanged");
    expect(changes.length).toBeGreaterThanOrEqual(1);
    await api.alarm("ConfigurationChanged", "returned-unacknowledged");
  });
});

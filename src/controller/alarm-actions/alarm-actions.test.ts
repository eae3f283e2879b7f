import { describe, expect, test } from "vitest";
import { AlarmSite, hour } from "../../../test/support/alarm-site.ts";
import type { AlarmAction } from "../../domain/alarm/actions.ts";
import { cctvBookmarkSchema, cctvPresetSchema } from "../message-schemas.ts";

const webhook: AlarmAction = { kind: "webhook", webhook: "centre" };
const mail: AlarmAction = { kind: "mail", to: "guards" };
const cameras: readonly AlarmAction[] = [
  { kind: "preset", camera: null, preset: null },
  { kind: "bookmark", camera: null },
  { kind: "clip", camera: null },
];

describe("a call", () => {
  test("is made once an alarm, with the number of its record, and not for each repeat", async () => {
    const site = new AlarmSite({ DoorForcedOpen: [webhook] });
    for (let time = 0; time < 50; time++) await site.raise("DoorForcedOpen");
    await site.raise("LockFault");
    expect(site.calls).toHaveLength(1);
    expect(JSON.parse(site.calls[0]?.body ?? "")).toMatchObject({
      type: "alarm.raised",
      data: { site: "t", type: "DoorForcedOpen", door: "outer", text: { zh: "强行开门：v1，外门" } },
    });
    await site.acknowledge("v1.outer.DoorForcedOpen");
    await site.raise("DoorForcedOpen");
    expect(site.calls).toHaveLength(2);
    expect(site.records("AlarmActionDone")).toMatchObject([{ webhook: "centre" }, { webhook: "centre" }]);
  });

  test("that is not taken is tried again, ever more seldom, the same each time, and is an alarm meanwhile", async () => {
    const site = new AlarmSite({ DoorForcedOpen: [webhook] });
    site.isReachable = false;
    await site.raise("DoorForcedOpen");
    expect(site.records("AlarmActionFailed")).toMatchObject([
      { attempt: 1, gaveUp: false, detail: "answered 503" },
    ]);
    expect(site.isOpen("site.AlarmActionFailed")).toBe(false);
    for (const wait of [1_000, 2_000, 4_000, 8_000]) await site.pass(wait);
    expect(site.isOpen("site.AlarmActionFailed")).toBe(true);
    expect(site.records("AlarmActionFailed")).toHaveLength(1);
    site.isReachable = true;
    await site.pass(16_000);
    expect(site.calls).toHaveLength(1);
    expect(site.isOpen("site.AlarmActionFailed")).toBe(false);
    expect(site.records("AlarmActionDone")).toMatchObject([{ attempt: 6 }]);
  });

  test("is given up after its time, on record, and what came later is still made", async () => {
    const site = new AlarmSite({ DoorForcedOpen: [webhook], LockFault: [webhook] });
    site.isReachable = false;
    await site.raise("DoorForcedOpen");
    for (let minute = 0; minute < 70; minute++) {
      await site.pass(60_000);
      if (minute === 30) await site.raise("LockFault");
    }
    expect(site.records("AlarmActionFailed").filter(({ gaveUp }) => gaveUp === true)).toMatchObject([
      { id: "v1.outer.DoorForcedOpen" },
    ]);
    site.isReachable = true;
    await site.pass(300_000);
    await site.pass(300_000);
    expect(site.calls.map(({ body }) => JSON.parse(body).data.type)).toEqual(["LockFault"]);
  });

  test("outlives the controller: made after a restart, under the same id, and none twice", async () => {
    const site = new AlarmSite({ DoorForcedOpen: [webhook] });
    await site.raise("DoorForcedOpen");
    site.isReachable = false;
    await site.raise("DoorForcedOpen", { vestibule: "v1", door: "inner" });
    site.end();
    site.isReachable = true;
    site.begin();
    await site.settle();
    const raised = site.journal
      .query({ type: "AlarmRaised", limit: 10 })
      .map(({ seq }) => `vestibule-t-${seq}`);
    expect(site.calls.map(({ id }) => id)).toEqual(raised);
    site.end();
    site.begin();
    await site.settle();
    expect(site.calls).toHaveLength(2);
  });

  test("of a duress that fails raises no alarm that a console at the box would show (A5)", async () => {
    const site = new AlarmSite({ Duress: [webhook] });
    site.isReachable = false;
    await site.raise("Duress");
    for (let time = 0; time < 10; time++) await site.pass(300_000);
    expect(site.isOpen("site.AlarmActionFailed")).toBe(false);
    expect(site.records("AlarmActionFailed").every(({ alarm }) => alarm === "Duress")).toBe(true);
  });

  test("of what is critical does not wait behind one that the receiver never takes", async () => {
    const site = new AlarmSite({ Duress: [webhook], ClockStepped: [webhook], LockFault: [webhook] });
    site.refuses = /ClockStepped/;
    await site.raise("ClockStepped", {});
    await site.raise("LockFault");
    await site.raise("Duress");
    expect(site.calls.map(({ body }) => JSON.parse(body).data.type)).toEqual(["Duress"]);
    site.end();
    site.begin();
    await site.settle();
    expect(site.calls).toHaveLength(1);
  });

  test("is not made of what was long ago when a site is given its first receiver", async () => {
    const site = new AlarmSite({ DoorForcedOpen: [webhook] }, { receivers: [] });
    await site.raise("DoorForcedOpen");
    site.end();
    site.receivers = ["centre"];
    site.begin();
    await site.settle();
    expect(site.calls).toEqual([]);
    await site.acknowledge("v1.outer.DoorForcedOpen");
    await site.raise("DoorForcedOpen");
    expect(site.calls).toHaveLength(1);
  });
});

describe("a mail", () => {
  test("is one of a flood, with all that came, and the next not before its time", async () => {
    const site = new AlarmSite({ LockFault: [mail], DoorForcedOpen: [mail] });
    await site.raise("DoorForcedOpen");
    for (let number = 0; number < 40; number++)
      await site.raise("LockFault", { vestibule: `v${number}`, door: "outer" });
    expect(site.mails).toHaveLength(1);
    expect(site.mails[0]?.subject).toBe(
      "【紧急】强行开门：v1，外门（测试） / [critical] Door forced open: v1, outer door (Test)",
    );
    await site.pass(60_000);
    expect(site.mails).toHaveLength(2);
    expect(site.mails[1]?.subject).toContain("and 39 more");
    expect(site.mails[1]?.text).toContain("and 10 more.");
    expect(site.mails[1]?.text).not.toMatch(/https?:/);
    await site.pass(600_000);
    expect(site.mails).toHaveLength(2);
  });
});

describe("a mail of a duress", () => {
  test("goes at once, however many others wait for their time, and names it first", async () => {
    const site = new AlarmSite({ LockFault: [mail], DoorForcedOpen: [mail], Duress: [mail] });
    await site.raise("LockFault");
    await site.raise("LockFault", { vestibule: "v2", door: "outer" });
    expect(site.mails).toHaveLength(1);
    await site.raise("Duress");
    expect(site.mails).toHaveLength(2);
    expect(site.mails[1]?.subject).toMatch(/Duress/);
    site.isReachable = false;
    for (let number = 0; number < 40; number++)
      await site.raise("DoorForcedOpen", { vestibule: `v${number}`, door: "outer" });
    await site.raise("Duress", { vestibule: "v9", accessPoint: "outer-entry" });
    site.isReachable = true;
    await site.pass(1_000);
    await site.pass(0);
    const [subject, text] = [site.mails.at(-1)?.subject, site.mails.at(-1)?.text];
    expect(`${subject} ${text}`).toMatch(/Duress/);
    expect(site.mails.slice(2).flatMap((one) => one.text.match(/Duress/g) ?? [])).toHaveLength(1);
  });
});

describe("cameras", () => {
  test("recall what is configured, are filmed, and are marked for the CCTV system", async () => {
    const site = new AlarmSite({ DoorForcedOpen: cameras });
    await site.raise("DoorForcedOpen");
    expect(site.recalled).toEqual(["street door"]);
    expect(site.clips).toEqual([["street"]]);
    expect(site.topics()).toEqual(["cctv/street/bookmark"]);
    await site.raise("DoorForcedOpen", { vestibule: "v1", door: "inner" });
    // No preset is configured there: the camera is to be shown.
    expect(site.topics().slice(1)).toEqual(["cctv/hall/preset", "cctv/hall/bookmark"]);
    for (const { topic, body } of site.link.taken())
      (topic.endsWith("/preset") ? cctvPresetSchema : cctvBookmarkSchema).parse(body);
  });

  test.each(["unsupported", "failed"] as const)(
    "a preset that is %s is the CCTV system's to do",
    async (why) => {
      const site = new AlarmSite({ DoorForcedOpen: cameras });
      site.preset = { recalled: false, why, detail: "no PTZ" };
      await site.raise("DoorForcedOpen");
      const wanted = site.link.taken().find(({ topic }) => topic === "cctv/street/preset");
      expect(wanted).toMatchObject({
        retain: false,
        body: {
          preset: "door",
          why: "DoorForcedOpen",
          alarm: "v1.outer.DoorForcedOpen",
          priority: "critical",
        },
      });
      expect(site.records("AlarmActionFailed")).toHaveLength(why === "failed" ? 1 : 0);
    },
  );

  test("what the CCTV system was to be told outlives the broker and the controller, with its own time", async () => {
    const site = new AlarmSite({ DoorForcedOpen: cameras });
    site.preset = { recalled: false, why: "unsupported", detail: "no PTZ" };
    site.link.disconnect();
    const at = new Date(site.clock.wall()).toISOString();
    await site.raise("DoorForcedOpen");
    expect(site.topics()).toEqual([]);
    await site.pass(hour);
    site.end();
    site.begin();
    await site.pass(hour);
    site.link.reconnect();
    await site.settle();
    const told = site.link.taken().filter(({ topic }) => topic.startsWith("cctv/"));
    expect(told.map(({ topic }) => topic)).toEqual(["cctv/street/bookmark", "cctv/street/preset"]);
    expect(told.map(({ body }) => body?.["from"] ?? body?.["since"])).toEqual([at, at]);
    // What comes too late to be of use is not done.
    expect([site.recalled.length, site.clips.length]).toEqual([1, 1]);
  });
});

describe("an output", () => {
  const siren = (seconds: number | null): AlarmAction => ({ kind: "output", output: "siren", seconds });

  test("is driven for its time, whatever else happens, and goes on after a restart", async () => {
    const site = new AlarmSite({ DoorForcedOpen: [siren(30)] });
    await site.raise("DoorForcedOpen");
    expect(site.driven).toEqual(["siren"]);
    await site.acknowledge("v1.outer.DoorForcedOpen");
    await site.pass(20_000);
    expect(site.driven).toEqual(["siren"]);
    site.end();
    expect(site.driven).toEqual([]);
    site.begin();
    expect(site.driven).toEqual(["siren"]);
    await site.pass(9_999);
    expect(site.driven).toEqual(["siren"]);
    await site.pass(1);
    expect(site.driven).toEqual([]);
    expect(site.records("AlarmOutputEnded")).toMatchObject([{ output: "siren", because: "time" }]);
  });

  test("until somebody acknowledges, is driven as long as one alarm waits for that", async () => {
    const site = new AlarmSite({ DoorForcedOpen: [siren(null)] });
    await site.raise("DoorForcedOpen");
    await site.raise("DoorForcedOpen", { vestibule: "v1", door: "inner" });
    await site.pass(10 * hour);
    await site.acknowledge("v1.outer.DoorForcedOpen");
    expect(site.driven).toEqual(["siren"]);
    site.end();
    site.begin();
    expect(site.driven).toEqual(["siren"]);
    await site.acknowledge("v1.inner.DoorForcedOpen");
    expect(site.driven).toEqual([]);
    site.end();
    site.begin();
    expect(site.driven).toEqual([]);
  });

  test("of an alarm that is shelved is silent, and stays so over a restart, and off the shelf again", async () => {
    const site = new AlarmSite({ LockFault: [siren(null)] });
    await site.raise("LockFault");
    expect(site.driven).toEqual(["siren"]);
    site.shelve("v1.outer.LockFault", hour);
    expect(site.driven).toEqual([]);
    site.end();
    site.begin();
    expect(site.driven).toEqual([]);
    site.unshelve("v1.outer.LockFault");
    site.end();
    site.begin();
    expect(site.driven).toEqual([]);
    await site.acknowledge("v1.outer.LockFault");
    await site.raise("LockFault");
    expect(site.driven).toEqual(["siren"]);
  });
});

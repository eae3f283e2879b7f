import { describe, expect, test } from "vitest";
import { AskedSite } from "../../../test/support/asked-site.ts";
import { CentreForTests, lockdown } from "../../../test/support/centre.ts";
import { anna } from "../../../test/support/site-in-one-process.ts";
import type { JsonObject, JsonValue } from "../../ports/journal.ts";

const siteId = "s1";
const centre = new CentreForTests(siteId);
const lift: JsonObject = { action: "lift-lockdown", vestibule: "v1", reason: "over" };

const open = () => AskedSite.open(centre.rules);
const now = ({ site }: AskedSite): number => site.clock.wall();
const isLockedDown = ({ site }: AskedSite): boolean | undefined => site.vestibule().condition?.lockdown.order;
const refusals = ({ site }: AskedSite) =>
  site.records("CentreRequestRefused").map(({ payload }) => payload["why"]);

test("a signed lockdown is carried out, recorded with who asked and why, and answered", async () => {
  const asked = await open();
  const request = centre.body(lockdown, now(asked));
  const answer = await asked.ask("lockdown", centre.sign(request), { correlation: Buffer.from("1") });
  expect(answer).toEqual({
    ...{ schema: 1, action: "lockdown", nonce: request.nonce, accepted: true, outcome: "done" },
  });
  expect(isLockedDown(asked)).toBe(true);
  const { site } = asked;
  expect(site.records("CentreRequestAccepted")[0]?.payload).toMatchObject({
    ...{ action: "lockdown", vestibule: "v1", reason: "armed person", nonce: request.nonce },
    ...{ signedBy: ["li.1"], operators: ["li"] },
  });
  expect(site.records("LockdownOrdered")[0]?.payload).toMatchObject({ operator: "centre:li" });
  expect(site.records("CentreRequestCarriedOut")[0]?.payload).toMatchObject({ outcome: "done" });
  const types = site.types();
  expect(types.indexOf("CentreRequestAccepted")).toBeLessThan(types.indexOf("LockdownOrdered"));
  const answers = asked.link.taken().filter(({ topic }) => topic === "reply/tester");
  expect(answers.at(-1)).toMatchObject({ correlation: Buffer.from("1"), expiry: 300 });
});

describe("T10: no effect, recorded, told why:", () => {
  const cases: readonly [string, string, (at: number) => [string, JsonObject | string]][] = [
    ["unsigned", "malformed", (at) => ["lockdown", { request: { ...centre.body(lockdown, at) } }]],
    ["no JSON", "malformed", () => ["lockdown", "lock it down"]],
    [
      "signed by a stranger's key",
      "badSignature",
      (at) => {
        const stranger = new CentreForTests(siteId);
        return ["lockdown", stranger.sign(centre.body(lockdown, at))];
      },
    ],
    [
      "changed after it was signed",
      "badSignature",
      (at) => {
        const { signatures } = centre.sign(centre.body(lockdown, at));
        return [
          "lockdown",
          { request: { ...centre.body({ ...lockdown, vestibule: "v2" }, at) }, signatures } as JsonObject,
        ];
      },
    ],
    [
      "with a key nobody knows",
      "unknownKey",
      (at) => {
        const more = new CentreForTests(siteId, ["mallory.1"]);
        return ["lockdown", more.sign(more.body(lockdown, at, { keys: ["mallory.1"] }))];
      },
    ],
    [
      "for another site",
      "otherSite",
      (at) => ["lockdown", centre.sign(centre.body(lockdown, at, { site: "elsewhere" }))],
    ],
    ["on another action's topic", "otherAction", (at) => ["grant", centre.sign(centre.body(lockdown, at))]],
    ["expired", "expired", (at) => ["lockdown", centre.sign(centre.body(lockdown, at - 30_000))]],
    ["not made yet", "notYetIssued", (at) => ["lockdown", centre.sign(centre.body(lockdown, at + 6_000))]],
    [
      "good for a day",
      "tooLongValid",
      (at) => {
        const expiresAt = new Date(at + 86_400_000).toISOString();
        return ["lockdown", centre.sign(centre.body(lockdown, at, { expiresAt }))];
      },
    ],
    ["lifted by one alone", "secondSignature", (at) => ["lift-lockdown", centre.sign(centre.body(lift, at))]],
    [
      "lifted by one with two keys",
      "secondSignature",
      (at) => {
        const keys = ["li.1", "li.2"];
        return ["lift-lockdown", centre.sign(centre.body(lift, at, { keys }))];
      },
    ],
    [
      "signed once of two",
      "badSignature",
      (at) => {
        const keys = ["li.1", "wang.1"];
        return ["lift-lockdown", centre.sign(centre.body(lift, at, { keys }), ["li.1"])];
      },
    ],
    [
      "one signature given twice",
      "badSignature",
      (at) => {
        const keys = ["li.1", "wang.1"];
        return ["lift-lockdown", centre.sign(centre.body(lift, at, { keys }), ["li.1", "li.1"])];
      },
    ],
  ];
  test("every one of them", async () => {
    const asked = await open();
    for (const [what, why, make] of cases) {
      // Not so many in a minute that they are only counted.
      await asked.site.passes(10_000);
      const before = asked.site.types().length;
      const answer = await asked.ask(...make(now(asked)));
      expect(answer, what).toMatchObject({ accepted: false, why });
      expect(refusals(asked).at(-1), what).toBe(why);
      const effects = asked.site.types(before).filter((type) => /Lockdown|Accepted/.test(type));
      expect(effects, what).toEqual([]);
    }
    expect(isLockedDown(asked)).toBe(false);
  });
});

test("T11: a retained request is never carried out, not even a good one", async () => {
  const asked = await open();
  const request = centre.sign(centre.body(lockdown, now(asked)));
  expect(await asked.ask("lockdown", request, { retained: true })).toBeUndefined();
  expect(isLockedDown(asked)).toBe(false);
  expect(refusals(asked)).toEqual(["retained"]);
});

test("T10: a request counts once: not again, not after a restart, not with the clock set back", async () => {
  const asked = await open();
  const both = { keys: ["li.1", "wang.1"] };
  const request = centre.sign(centre.body(lockdown, now(asked)));
  const intercepted = centre.sign(centre.body(lockdown, now(asked)));
  await asked.ask("lockdown", request);
  expect(await asked.ask("lockdown", request)).toMatchObject({ accepted: false, why: "nonceUsed" });
  await asked.ask("lift-lockdown", centre.sign(centre.body(lift, now(asked), both)));
  expect(isLockedDown(asked)).toBe(false);
  await asked.restart();
  expect(await asked.ask("lockdown", request)).toMatchObject({ accepted: false, why: "nonceUsed" });
  await asked.site.passes(120_000);
  expect(await asked.ask("lockdown", intercepted)).toMatchObject({ accepted: false, why: "expired" });
  asked.site.clock.stepWall(-121_000);
  expect(await asked.ask("lockdown", intercepted)).toMatchObject({ accepted: false, why: "clockBehind" });
  expect(isLockedDown(asked)).toBe(false);
});

test("two people lift a lockdown; the record names both", async () => {
  const asked = await open();
  await asked.ask("lockdown", centre.sign(centre.body(lockdown, now(asked))));
  const request = centre.body(lift, now(asked), { keys: ["li.2", "wang.1"] });
  expect(await asked.ask("lift-lockdown", centre.sign(request))).toMatchObject({ outcome: "done" });
  expect(isLockedDown(asked)).toBe(false);
  const [ordered] = asked.site.records("LockdownLiftOrdered");
  expect(ordered?.payload).toMatchObject({ operator: "centre:li+centre:wang" });
});

test("without keys nothing is done, whoever has signed", async () => {
  const asked = await AskedSite.open();
  expect(await asked.ask("lockdown", centre.sign(centre.body(lockdown, now(asked))))).toMatchObject({
    ...{ accepted: false, why: "off" },
  });
  expect(isLockedDown(asked)).toBe(false);
});

test("a key opens nothing that it is not for", async () => {
  const [li, ...others] = centre.rules.keys;
  if (li === undefined) throw new Error("there is a key");
  const asked = await AskedSite.open({
    ...centre.rules,
    keys: [{ ...li, actions: ["acknowledge"] }, ...others],
  });
  const answer = await asked.ask("lockdown", centre.sign(centre.body(lockdown, now(asked))));
  expect(answer).toMatchObject({ accepted: false, why: "notAllowed" });
});

test("with a disk that fails a lockdown holds all the same, and nothing else is done", async () => {
  const asked = await open();
  asked.site.moveDoor("outer", "force");
  await asked.site.passes(500);
  asked.site.disk.setDiskFull(true);
  const acknowledge = { action: "acknowledge", alarm: "v1.outer.DoorForcedOpen", comment: "guard sent" };
  const signed = centre.sign(centre.body(acknowledge, now(asked)));
  expect(await asked.ask("acknowledge", signed)).toMatchObject({ accepted: false, why: "storageFault" });
  expect(asked.site.alarm("v1.outer.DoorForcedOpen")?.phase).toBe("active-unacknowledged");
  const answer = await asked.ask("lockdown", centre.sign(centre.body(lockdown, now(asked))));
  expect(answer).toMatchObject({ accepted: true, outcome: "done" });
});

test("an alarm is acknowledged with what was written; one that is not there is said so", async () => {
  const asked = await open();
  asked.site.moveDoor("outer", "force");
  await asked.site.passes(500);
  const of = (alarm: string) =>
    centre.sign(centre.body({ action: "acknowledge", alarm, comment: "guard sent" }, now(asked)));
  expect(await asked.ask("acknowledge", of("v1.outer.DoorForcedOpen"))).toMatchObject({ outcome: "done" });
  expect(asked.site.alarm("v1.outer.DoorForcedOpen")?.acknowledged).toMatchObject({
    ...{ by: "centre:li", comment: "guard sent" },
  });
  expect(await asked.ask("acknowledge", of("v1.outer.LockFault"))).toMatchObject({ outcome: "noSuchAlarm" });
  const grant = centre.body({ action: "grant", passage: "p1", reason: "known" }, now(asked));
  expect(await asked.ask("grant", centre.sign(grant))).toMatchObject({ outcome: "nobodyWaits" });
});

test("who waits for an operator is granted by the passage that the record names, and nobody else", async () => {
  const everywhere = { vestibules: "all", accessPoints: "all", schedule: "always" } as const;
  const levels = [{ name: "staff", ...everywhere, mode: "face+remote" as const }];
  const asked = await AskedSite.open(centre.rules, { policy: { levels } });
  await asked.site.present(anna.card);
  asked.site.vision.accept();
  await asked.site.settles();
  const waits = asked.site.records("RemoteGrantAsked")[0]?.payload["passage"] ?? "";
  const grant = (passage: JsonValue) =>
    asked.ask("grant", centre.sign(centre.body({ action: "grant", passage, reason: "known" }, now(asked))));
  expect(await grant("p99")).toMatchObject({ outcome: "nobodyWaits" });
  expect(asked.site.lock("outer")).toBe("secured");
  expect(await grant(waits)).toMatchObject({ outcome: "done" });
  expect(asked.site.lock("outer")).toBe("released");
  expect(asked.site.records("AccessGranted")).toMatchObject([{ payload: { operator: "centre:li" } }]);
});

test("somebody who keeps trying is an alarm, and cannot fill the record", async () => {
  const asked = await open();
  for (let n = 0; n < 2; n++) await asked.ask("lockdown", "x");
  expect(asked.site.alarm("site.CentreRequestsRefused")).toBeUndefined();
  await asked.ask("lockdown", "x");
  expect(asked.site.alarm("site.CentreRequestsRefused")).toMatchObject({
    ...{ priority: "high", detail: "3 within 10 minutes; last: malformed" },
  });
  for (let n = 0; n < 97; n++) asked.link.ask("lockdown", "x");
  await asked.site.passes(60_000);
  expect(refusals(asked)).toHaveLength(20);
  expect(asked.site.records("CentreRequestsSuppressed")[0]?.payload).toEqual({ count: 80 });
});

import { describe, expect, test } from "vitest";
import { againWhereHeldUp, watchMachine } from "./support/held-up.ts";
import {
  api,
  daemon,
  denied,
  granted,
  lockoutTime,
  people,
  picture,
  standing,
  start,
  useDoorPair,
} from "./support/quick-door-pair.ts";
import { instantOf } from "./support/recorded-instant.ts";
import { bothSecured } from "./support/site-api.ts";
import { seen } from "./support/until.ts";

watchMachine();
useDoorPair("cards-and-doors");

describe("cards", () => {
  async function newCard(of: string, number: string): Promise<void> {
    await api.ask("POST", `/cardholders/${people[of]}/cards`, { number, format: "raw" });
  }
  /** A number that no card had before, also not in an attempt before this one. */
  let numbers = 2_000;
  const fresh = (): string => String(numbers++);

  test("an unknown card: refused, with an alarm that shows who held it", againWhereHeldUp, async () => {
    await api.acknowledgeAll(); // of an attempt before
    await standing("outer-entry", "1003");
    expect(await denied("outer-entry", "4711")).toMatchObject({
      reason: "unknownCredential",
      cardholder: null,
    });
    expect((await api.alarm("UnknownCard", "returned-unacknowledged")).count).toBe(1);
    expect(await picture(await evidenceOf("UnknownCard"))).toMatchObject({ format: "jpeg" });
  });

  test(
    "A8: a card reported lost is refused at once, with an alarm; its replacement keeps the templates",
    againWhereHeldUp,
    async () => {
      const [lost, replacement] = [fresh(), fresh()];
      await newCard("1003", lost);
      await standing("inner-entry", "1003");
      await api.ask("POST", `/cards/${lost}/report-lost`);
      const refused = await denied("inner-entry", lost);
      expect(refused).toMatchObject({ reason: "lostCredential" });
      const reported = await api.recorded("CardReportedLost", start, { card: lost });
      expect(instantOf(daemon, refused) - instantOf(daemon, reported)).toBeLessThan(1_000);
      await api.alarm("LostCardUsed", "returned-unacknowledged");
      expect(await picture(await evidenceOf("LostCardUsed"))).toMatchObject({ format: "jpeg" });
      await api.ask("POST", `/cards/${lost}/replace`, { number: replacement });
      const grant = await granted("inner-entry", replacement);
      expect(grant).toMatchObject({ cardholder: people["1003"], card: replacement });
      await api.recorded("AccessNotTaken", start);
      expect((await denied("inner-entry", lost)).reason).toMatch(/^(lost|unknown)Credential$/);
    },
  );

  test("suspended, not yet valid, expired, without access level: each refused by its own name, before any face", async () => {
    const id = people["1002"];
    const change = (to: object) => api.ask("PATCH", `/cardholders/${id}`, to);
    const year = 365 * 86_400_000;
    const away = (time: number) => new Date(Date.now() + time).toISOString();
    await change({ status: "suspended" });
    expect(await denied("outer-entry", "1002")).toMatchObject({ reason: "suspendedCredential" });
    await change({ status: "active", validFrom: away(year) });
    await newCard("1002", "2102"); // the same card at once would be one presentation
    expect(await denied("outer-entry", "2102")).toMatchObject({ reason: "notYetValid" });
    await change({ validFrom: null, validUntil: away(-year) });
    expect(await denied("outer-entry", "1002")).toMatchObject({ reason: "expiredCredential" });
    await change({ validUntil: null, accessLevels: [] });
    expect(await denied("outer-entry", "2102")).toMatchObject({ reason: "noAccessLevel" });
    await change({ accessLevels: ["everywhere"] });
    expect(await api.events(start, "VerificationStarted")).toEqual([]);
  });

  test("A6: three refusals in a row lock the card, for lockoutTime", againWhereHeldUp, async () => {
    const card = fresh();
    await newCard("1002", card);
    await standing("outer-entry", "1001");
    for (let attempt = 1; attempt <= 3; attempt += 1) {
      const seq = await api.lastSeq();
      // The same card too soon after is no new attempt, and recorded as such.
      await seen(async () => {
        await api.present("outer-entry", card);
        return await api.recorded("AccessDenied", seq, { card }, 3_500).catch(() => undefined);
      }, "one more refusal");
    }
    const locked = await api.recorded("CardLockedOut", start, { card });
    expect(locked["failures"]).toBe(3);
    await api.alarm("RepeatedDenials", "returned-unacknowledged");
    await standing("outer-entry", "1002");
    expect(await denied("outer-entry", card)).toMatchObject({ reason: "lockedOut" });
    await api.recorded("CardLockoutEnded", start, {}, (lockoutTime + 5) * 1_000);
    await granted("outer-entry", card);
    await api.recorded("AccessNotTaken", start);
  });

  async function evidenceOf(alarm: string): Promise<string> {
    const look = async (): Promise<string | undefined> =>
      (await api.alarms()).find(({ type }) => type === alarm)?.evidence[0];
    return await seen(look, `a picture with ${alarm}`);
  }
});

describe("doors", againWhereHeldUp, () => {
  test("R6: held open: warned at the door first, then the alarm, over when it closes", async () => {
    await standing("outer-entry", "1001");
    await granted("outer-entry", "1001");
    await api.move("outer", "prop");
    const warning = await api.recorded("DoorHeldOpenWarning", start, { door: "outer" });
    const alarm = await api.recorded("DoorHeldOpen", start, { door: "outer" });
    expect(alarm.seq).toBeGreaterThan(warning.seq);
    await api.alarm("DoorHeldOpen", "active-unacknowledged");
    await api.move("outer", "close");
    await api.alarm("DoorHeldOpen", "returned-unacknowledged");
  });

  test("R7: forced: alarm, and the other door, released just then, is secured at once", async () => {
    await standing("outer-entry", "1001");
    const { passage } = await granted("outer-entry", "1001");
    await api.move("inner", "force");
    await api.recorded("DoorForcedOpen", start, { door: "inner" });
    const secured = await api.recorded("DoorSecured", start, { door: "outer" });
    expect(secured).toMatchObject({ cause: "otherNotSecure" });
    expect(await api.outputs()).toMatchObject(bothSecured);
    expect((await api.move("outer", "open")).body).toMatchObject({ reason: "locked" });
    await api.recorded("AccessNotTaken", start, { passage });
    await api.alarm("DoorForcedOpen", "returned-unacknowledged");
  });

  test("R17: both open, however that came: critical alarm, that only a comment ends", async () => {
    await api.move("outer", "force");
    await api.move("inner", "force");
    await api.recorded("InterlockViolated", start);
    await api.recorded("InterlockRestored", start);
    const { id } = await api.alarm("InterlockViolated", "returned-unacknowledged");
    expect((await api.send("POST", `/alarms/${id}/acknowledge`, { comment: " " })).status).toBe(422);
    await api.ask("POST", `/alarms/${id}/acknowledge`, { comment: "both doors were forced in a test" });
    expect((await api.alarms()).find((alarm) => alarm.id === id)).toBeUndefined();
  });

  test("T28: a contact stuck closed: no passage without a lock that follows, and the door is not believed", async () => {
    await api.hold("outer.contact", false);
    await standing("outer-entry", "1001");
    await granted("outer-entry", "1001");
    await api.move("outer", "prop");
    // The bolt cannot be thrown into a frame the leaf has left: that is what gives the contact away (R8).
    await api.alarm("LockFault", "active-unacknowledged");
    expect((await api.doors()).outer.secure).toBe(false);
    expect(await denied("inner-entry", "1002")).toMatchObject({ reason: "interlocked" });
    await api.move("outer", "close");
    await api.letGo("outer.contact");
    await api.alarm("LockFault", "returned-unacknowledged");
  });

  test("T30: a bolt that does not throw: alarm, and the other door stays shut until it does", async () => {
    await standing("inner-entry", "1002");
    await api.hold("outer.bolt", true);
    await api.alarm("LockFault", "active-unacknowledged");
    expect(await denied("inner-entry", "1003")).toMatchObject({ reason: "interlocked" });
    expect(await api.outputs()).toMatchObject(bothSecured);
    await api.letGo("outer.bolt");
    await api.alarm("LockFault", "returned-unacknowledged");
    await api.atRest();
    await granted("inner-entry", "1002");
    await api.recorded("AccessNotTaken", start);
  });

  test("an input that is let go of shows what is so again", async () => {
    await api.hold("inner.contact", true);
    await api.recorded("DoorForcedOpen", start, { door: "inner" });
    await api.letGo("inner.contact");
    await api.recorded("DoorClosed", start, { door: "inner" });
    await api.hold("inner.contact", true);
    await api.ask("PUT", "/simulator/inputs/inner.contact", { active: null });
    await api.atRest();
  });
});

describe("time", againWhereHeldUp, () => {
  test("T37: the wall clock jumps: recorded and alarmed, and a passage under way does not notice", async () => {
    await standing("outer-entry", "1001");
    await granted("outer-entry", "1001");
    await api.ask("POST", "/simulator/clock", { stepSeconds: 86_400 });
    await api.move("outer", "open");
    expect((await api.recorded("AccessTaken", start))["openFor"]).toBeLessThan(10_000);
    const stepped = await api.recorded("ClockStepped", start);
    expect(stepped["seconds"]).toBeCloseTo(86_400, 0);
    await api.alarm("ClockStepped", "returned-unacknowledged");
    await api.ask("POST", "/simulator/clock", { stepSeconds: -90_000 });
    await api.atRest();
    await granted("outer-entry", "1001");
    await api.ask("POST", "/simulator/clock", { stepSeconds: 3_600 });
    await api.recorded("AccessNotTaken", start);
  });
});

test("what all this has left in the journal is one unbroken chain", async () => {
  expect(await api.ask("GET", "/journal/verify")).toMatchObject({ intact: true });
});

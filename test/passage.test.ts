import sharp, { type Metadata } from "sharp";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { DemoDaemon, type SiteDraft } from "./support/demo-daemon.ts";
import { bothSecured, type Recorded, type SiteApi } from "./support/site-api.ts";
import { seen } from "./support/until.ts";

// One door pair of real processes; every test leaves it at rest. Times are the shortest the configuration allows.

const password = "two doors and one key";
const lockoutTime = 10;

let daemon: DemoDaemon;
let api: SiteApi;
/** Ids of the demo's people by card. */
let people: Readonly<Record<string, string>>;
let start: number;

function quick(site: SiteDraft): void {
  site.board.doorCloserTime = 1;
  site.access = { lockoutTime, verifyTimeout: 3 };
  for (const door of Object.values(site.vestibules[0]?.doors ?? {})) {
    Object.assign(door, { releaseTime: 2, heldOpenTime: 5, heldOpenWarning: 1 });
  }
}

beforeAll(async () => {
  daemon = await DemoDaemon.start({ name: "passage", password, site: quick });
  api = await daemon.logIn();
  people = await api.enrolled();
  await api.seeing();
});

afterAll(() => daemon?.[Symbol.asyncDispose]());

beforeEach(async () => {
  await api.atRest();
  start = await api.lastSeq();
});

/** Until whoever stands there now is all that a verification may still look at (frameMaxAge). */
async function standing(camera: string, ...cards: string[]): Promise<void> {
  await api.show(camera, ...cards);
  await inView();
}

async function inView(): Promise<void> {
  const from = (await api.state()).clock.monotonic;
  await seen(
    async () => ((await api.state()).clock.monotonic > from + 1_000 ? true : undefined),
    "fresh frames",
  );
}

async function denied(accessPoint: "outer-entry" | "inner-entry", card: string): Promise<Recorded> {
  const seq = await api.lastSeq();
  await api.present(accessPoint, card);
  return await api.recorded("AccessDenied", seq, { accessPoint, card });
}

async function granted(accessPoint: "outer-entry" | "inner-entry", card: string): Promise<Recorded> {
  const seq = await api.lastSeq();
  const outcome = await api.outcomeOf(accessPoint, card);
  expect(outcome, JSON.stringify(outcome)).toMatchObject({ type: "DoorReleased" });
  return await api.recorded("AccessGranted", seq);
}

async function picture(hash: unknown): Promise<Metadata> {
  const answer = await api.send("GET", `/evidence/${String(hash)}`);
  expect(answer.status).toBe(200);
  return await sharp(answer.bytes).metadata();
}

describe("a passage", () => {
  test("R4, R5: granted, recorded before the relay moves, pushed open, closed by itself, taken; R2: the other door refuses meanwhile", async () => {
    await standing("outer-entry", "1001");
    await api.show("inner-entry", "1002");
    const grant = await granted("outer-entry", "1001");
    const release = await api.recorded("DoorReleased", start, { door: "outer" });
    expect(release).toMatchObject({ passage: grant["passage"], grant: "access" });
    expect(release.seq).toBeGreaterThan(grant.seq);
    expect(grant).toMatchObject({ mode: "card+face", cardholder: people["1001"], card: "1001" });
    expect(await api.outputs()).toMatchObject({ "outer.lock": "released", "inner.lock": "secured" });

    const face = grant["face"] as Record<string, unknown>;
    expect(face["distance"]).toBeLessThan(face["threshold"] as number);
    expect(face["score"]).toBeCloseTo(1 - (face["distance"] as number));
    expect(face).toMatchObject({ framesUsed: 2, modelHash: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(face["frameTimes"]).toHaveLength(2);
    for (const step of ["detect", "embed"]) {
      expect((face["timings"] as Record<string, number>)[step], step).toBeGreaterThan(0);
    }
    expect(await picture(grant["evidence"])).toMatchObject({ format: "jpeg", width: 640, height: 360 });

    expect((await api.move("outer", "open")).status).toBe(200);
    await api.recorded("DoorOpened", start, { door: "outer", cause: "granted" });
    expect((await api.doors()).outer).toMatchObject({ contact: "open", secure: false });
    // Nobody leaves it at that, however quick: the other reader asks while the door stands open.
    const refused = await denied("inner-entry", "1002");
    expect(refused).toMatchObject({ reason: "interlocked" });
    expect(refused).not.toHaveProperty("face");
    expect((await api.move("inner", "open")).body).toMatchObject({ reason: "locked" });

    const taken = await api.recorded("AccessTaken", start);
    expect(taken).toMatchObject({ cardholder: people["1001"], passage: grant["passage"] });
    expect(taken["openFor"]).toBeGreaterThan(900);
    await api.atRest();
    expect(await api.outputs()).toMatchObject(bothSecured);
    const compared = (await api.events(start, "VerificationStarted")).map(({ accessPoint }) => accessPoint);
    expect(compared).toEqual(["outer-entry"]);
  });

  test("R4: a release nobody uses ends by itself and is recorded as not taken", async () => {
    await standing("outer-entry", "1001");
    const { passage } = await granted("outer-entry", "1001");
    await api.recorded("AccessNotTaken", start, { passage });
    expect(await api.recorded("DoorSecured", start, { door: "outer" })).toMatchObject({ cause: "timeUp" });
    expect(await api.outputs()).toMatchObject(bothSecured);
  });

  test("the same card twice within sameCardTime is one presentation", async () => {
    await standing("outer-entry", "1001");
    await api.present("outer-entry", "1001");
    await api.present("outer-entry", "1001");
    await api.recorded("AccessGranted", start);
    await api.recorded("CardRepeated", start, { card: "1001" });
    await api.recorded("AccessNotTaken", start);
    const presented = await api.events(start, "CardPresented");
    expect(presented).toHaveLength(1);
    expect(await api.events(start, "AccessGranted")).toHaveLength(1);
  });

  test("R11: the exit button releases its door, and not while the other one is open", async () => {
    await api.hold("inner.rex", true);
    await api.letGo("inner.rex");
    const egress = await api.recorded("Egress", start, { door: "inner" });
    const release = await api.recorded("DoorReleased", start, { door: "inner", grant: "egress" });
    expect(release.seq).toBeGreaterThan(egress.seq);
    await api.move("inner", "open");
    await api.recorded("DoorOpened", start, { door: "inner" });
    await api.hold("outer.rex", true);
    await api.letGo("outer.rex");
    await api.recorded("EgressDenied", start, { door: "outer", reason: "interlocked" });
    await api.recorded("DoorClosed", start, { door: "inner" });
  });
});

describe("whoever stands there", () => {
  test("another person than the card's: faceMismatch, with figures and a picture", async () => {
    await standing("outer-entry", "1002");
    const record = await denied("outer-entry", "1001");
    expect(record).toMatchObject({ reason: "faceMismatch" });
    const face = record["face"] as Record<string, number>;
    expect(face["distance"]).toBeGreaterThan(face["threshold"] ?? 1);
    expect(await picture(record["evidence"])).toMatchObject({ format: "jpeg" });
    expect(await api.outputs()).toMatchObject(bothSecured);
  });

  test("nobody: noFace", async () => {
    await standing("outer-entry");
    expect(await denied("outer-entry", "1002")).toMatchObject({ reason: "noFace" });
  });

  test("a picture of any size put before a camera is what it sees, and vision lives", async () => {
    const { restarts } = (await api.state()).processes.vision;
    for (const [width, height] of [
      [150, 150],
      [3000, 500],
      [720, 1280],
    ] as const) {
      const noise = { type: "gaussian", mean: 128, sigma: 30 } as const;
      const picture = sharp({ create: { width, height, channels: 3, background: "grey", noise } });
      await api.scene("outer-entry", await picture.jpeg().toBuffer());
      await inView();
    }
    expect(await denied("outer-entry", "1003")).toMatchObject({ reason: "noFace" });
    expect((await api.state()).processes.vision).toMatchObject({ state: "running", restarts });
  });

  test("T19: two people: multipleFaces, though one of them is the right one", async () => {
    await standing("outer-entry", "1001", "1002");
    expect(await denied("outer-entry", "1001")).toMatchObject({ reason: "multipleFaces" });
  });

  test("T18: a camera that is dark or covered is no witness: no passage, and an alarm", async () => {
    await api.ask("DELETE", "/simulator/cameras/outer-entry/scene");
    await inView();
    expect((await denied("outer-entry", "1002")).reason).toMatch(/^(cameraFault|poorQuality|noFace)$/);
    const alarm = await api.alarm("CameraCovered", "active-unacknowledged");
    expect(alarm.place).toEqual({ camera: "outer-entry" });
    expect(await denied("outer-entry", "1003")).toMatchObject({ reason: "cameraFault" });
    await api.show("outer-entry");
    await api.alarm("CameraCovered", "returned-unacknowledged");
  });

  test("T17: a picture that stands still is refused, and an alarm", async () => {
    await standing("inner-entry", "1001");
    await api.scene("inner-entry", { frozen: true });
    await inView();
    expect(await denied("inner-entry", "1001")).toMatchObject({ reason: "cameraFault" });
    const alarm = await api.alarm("CameraFrozen", "active-unacknowledged");
    expect(alarm.place).toEqual({ camera: "inner-entry" });
    await api.show("inner-entry", "1001");
    await api.alarm("CameraFrozen", "returned-unacknowledged");
    await granted("inner-entry", "1001");
    await api.recorded("AccessNotTaken", start);
  });
});

describe("cards", () => {
  async function newCard(of: string, number: string): Promise<void> {
    await api.ask("POST", `/cardholders/${people[of]}/cards`, { number, format: "raw" });
  }

  test("an unknown card: refused, with an alarm that shows who held it", async () => {
    await standing("outer-entry", "1003");
    expect(await denied("outer-entry", "4711")).toMatchObject({
      reason: "unknownCredential",
      cardholder: null,
    });
    expect((await api.alarm("UnknownCard", "returned-unacknowledged")).count).toBe(1);
    expect(await picture(await evidenceOf("UnknownCard"))).toMatchObject({ format: "jpeg" });
  });

  test("A8: a card reported lost is refused at once, with an alarm; its replacement keeps the templates", async () => {
    await newCard("1003", "2003");
    await standing("inner-entry", "1003");
    const reported = performance.now();
    await api.ask("POST", "/cards/2003/report-lost");
    expect(await denied("inner-entry", "2003")).toMatchObject({ reason: "lostCredential" });
    expect(performance.now() - reported).toBeLessThan(1_000);
    await api.alarm("LostCardUsed", "returned-unacknowledged");
    expect(await picture(await evidenceOf("LostCardUsed"))).toMatchObject({ format: "jpeg" });
    await api.ask("POST", "/cards/2003/replace", { number: "2004" });
    const grant = await granted("inner-entry", "2004");
    expect(grant).toMatchObject({ cardholder: people["1003"], card: "2004" });
    await api.recorded("AccessNotTaken", start);
    expect((await denied("inner-entry", "2003")).reason).toMatch(/^(lost|unknown)Credential$/);
  });

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

  test("A6: three refusals in a row lock the card, for lockoutTime", async () => {
    await newCard("1002", "2202");
    await standing("outer-entry", "1001");
    for (let attempt = 1; attempt <= 3; attempt += 1) {
      const seq = await api.lastSeq();
      // The same card too soon after is no new attempt, and recorded as such.
      await seen(async () => {
        await api.present("outer-entry", "2202");
        return await api.recorded("AccessDenied", seq, { card: "2202" }, 3_500).catch(() => undefined);
      }, "one more refusal");
    }
    const locked = await api.recorded("CardLockedOut", start, { card: "2202" });
    expect(locked["failures"]).toBe(3);
    await api.alarm("RepeatedDenials", "returned-unacknowledged");
    await standing("outer-entry", "1002");
    expect(await denied("outer-entry", "2202")).toMatchObject({ reason: "lockedOut" });
    await api.recorded("CardLockoutEnded", start, {}, (lockoutTime + 5) * 1_000);
    await granted("outer-entry", "2202");
    await api.recorded("AccessNotTaken", start);
  });

  async function evidenceOf(alarm: string): Promise<string> {
    const look = async (): Promise<string | undefined> =>
      (await api.alarms()).find(({ type }) => type === alarm)?.evidence[0];
    return await seen(look, `a picture with ${alarm}`);
  }
});

describe("doors", () => {
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

describe("time", () => {
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

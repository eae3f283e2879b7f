import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { anna, bo, porter, SiteInOneProcess } from "../../../test/support/site-in-one-process.ts";
import { accessPointNames } from "../../domain/names.ts";

test("a passage: card, face, grant, release, through the door, closed again; each step on record once", async () => {
  const site = await SiteInOneProcess.open();
  const before = site.disk.last();
  await site.goesThrough(anna);
  expect(site.types(before)).toEqual([
    "CardPresented",
    "VerificationStarted",
    "AccessGranted",
    "DoorReleased",
    "DoorBecameInsecure",
    "DoorOpened",
    "DoorSecured",
    "DoorClosed",
    "AccessTaken",
    "DoorBecameSecure",
  ]);
  const cardholder = site.cardholder(anna);
  expect(site.records("AccessTaken")).toEqual([
    expect.objectContaining({
      payload: expect.objectContaining({ passage: "p1", cardholder, accessPoint: "outer-entry" }),
    }),
  ]);
  expect(site.vestibule()).toMatchObject({ occupancy: 1, passage: null });
});

test("no door opens without a durable record of why: the grant is on disk before the lock moves", async () => {
  const site = await SiteInOneProcess.open();
  site.trace.length = 0;
  await site.goesThrough(anna);
  const granted = site.trace.indexOf("durable AccessGranted");
  expect(granted).toBeGreaterThan(-1);
  expect(site.trace.indexOf("outer released")).toBeGreaterThan(granted);
});

test("R11: a way out is on disk before the lock moves too", async () => {
  const site = await SiteInOneProcess.open();
  site.trace.length = 0;
  site.setInput("inner.rex", true);
  await site.passes(20); // a press is one once it has been steady
  expect(site.trace.indexOf("durable Egress")).toBeGreaterThan(-1);
  expect(site.trace.indexOf("inner released")).toBeGreaterThan(site.trace.indexOf("durable Egress"));
});

test("only the cardholder's own templates are compared, by the access point's own camera", async () => {
  const site = await SiteInOneProcess.open();
  await site.present(anna.card, "inner-entry");
  expect(site.vision.verifications()).toEqual([
    expect.objectContaining({
      camera: "inside",
      model: "test/model",
      templates: [Float32Array.of(1, 0, 0, 0)],
      presentedAt: site.clock.now(),
    }),
  ]);
});

test("R2: while the other door is not secure nothing is compared", async () => {
  const site = await SiteInOneProcess.open();
  site.moveDoor("inner", "force");
  await site.passes(100);
  await site.present(anna.card);
  expect(site.vision.verifications()).toEqual([]);
  expect(site.records("AccessDenied")[0]?.payload).toMatchObject({ reason: "interlocked", card: anna.card });
});

test("R3: a door that opens during the comparison refuses a face that matches", async () => {
  const site = await SiteInOneProcess.open();
  await site.present(anna.card);
  site.moveDoor("inner", "force");
  site.vision.accept();
  await site.passes(3_000);
  expect(site.records("AccessDenied")[0]?.payload).toMatchObject({ reason: "interlocked", passage: "p1" });
  expect(site.records("AccessGranted")).toEqual([]);
  expect(site.trace).not.toContain("outer released");
});

test("an interlock that is gone leaves no door secure: a card is refused without comparing", async () => {
  const site = await SiteInOneProcess.open();
  site.killInterlock();
  await site.present(anna.card);
  expect(site.records("AccessDenied")[0]?.payload).toMatchObject({ reason: "interlocked" });
  expect(site.vision.verifications()).toEqual([]);
});

test("an interlock lost while a door is released frees the access point for the next person", async () => {
  const site = await SiteInOneProcess.open();
  await site.present(anna.card);
  site.vision.accept();
  await site.passes(500);
  expect(site.vestibule().passage).toMatchObject({ step: "released" });
  site.killInterlock();
  expect(site.records("AccessNotTaken")[0]?.payload).toMatchObject({ passage: "p1" });
  expect(site.lock("outer")).toBe("secured");
  expect(site.vestibule()).toMatchObject({ passage: null, mode: "degraded" });
  await site.startInterlock();
  await site.passes(1_000);
  await site.present(bo.card);
  expect(site.vision.verifications().at(-1)?.passage).toBe("p2");
});

test("vision lost while a face is compared: refused as the camera's fault, and the next start works", async () => {
  const site = await SiteInOneProcess.open();
  await site.present(anna.card);
  site.killVision();
  expect(site.records("AccessDenied")[0]?.payload).toMatchObject({ reason: "cameraFault", passage: "p1" });
  site.startVision();
  await site.passes(1_000);
  await site.goesThrough(anna);
  expect(site.records("AccessTaken")).toHaveLength(1);
});

test("T33: vision lost while a door is released: secured at once, not taken, and the next passage works", async () => {
  const site = await SiteInOneProcess.open();
  await site.present(anna.card);
  site.vision.accept();
  await site.passes(500);
  expect(site.lock("outer")).toBe("released");
  site.killVision();
  await site.settles();
  expect(site.lock("outer")).toBe("secured");
  expect(site.records("DoorSecured").at(-1)?.payload).toMatchObject({ door: "outer", cause: "commanded" });
  await site.passes(1_000);
  expect(site.records("AccessNotTaken")[0]?.payload).toMatchObject({ passage: "p1" });
  site.startVision();
  await site.passes(1_000);
  await site.goesThrough(bo);
  expect(site.records("AccessTaken")).toHaveLength(1);
});

test("a verdict nobody waits for changes nothing, and no picture of it is kept", async () => {
  const site = await SiteInOneProcess.open();
  const before = site.disk.last();
  const picture = Uint8Array.of(0xff, 0xd8, 9);
  site.vision.accept("p99", picture);
  await site.present(anna.card);
  await site.passes(5_000); // too late: the passage has timed out
  site.vision.accept("p1", picture);
  await site.settles();
  expect(site.types(before)).toEqual(["CardPresented", "VerificationStarted", "AccessDenied"]);
  expect(site.trace).not.toContain("outer released");
  expect(site.evidence.get(hashOf(picture))).toBeUndefined();
});

test("a verdict said twice grants once, and keeps one picture", async () => {
  const site = await SiteInOneProcess.open();
  await site.present(anna.card);
  const [first, second] = [Uint8Array.of(0xff, 0xd8, 1), Uint8Array.of(0xff, 0xd8, 2)];
  site.vision.accept("p1", first);
  site.vision.accept("p1", second);
  await site.settles();
  expect(site.records("AccessGranted")).toHaveLength(1);
  expect(site.trace.filter((step) => step === "outer released")).toHaveLength(1);
  expect(site.evidence.get(hashOf(second))).toBeUndefined();
});

test("another card while one is compared: the first is cancelled, the second is judged on its own", async () => {
  const site = await SiteInOneProcess.open();
  await site.present(anna.card);
  await site.present(bo.card);
  expect(site.vision.asked.filter(({ type }) => type === "cancel")).toEqual([
    { type: "cancel", passage: "p1" },
  ]);
  site.vision.accept("p1");
  expect(site.records("AccessGranted")).toEqual([]);
  site.vision.accept("p2");
  expect(site.records("AccessGranted")[0]?.payload).toMatchObject({ cardholder: site.cardholder(bo) });
});

test("A8: a lost card is refused at once, with an alarm and a picture of who used it", async () => {
  const site = await SiteInOneProcess.open();
  await site.services.reportLost(anna.card, "admin");
  await site.present(anna.card);
  await site.settles();
  const picture = site.vision.picture ?? Uint8Array.of();
  expect(site.alarm("v1.outer-entry.LostCardUsed")).toMatchObject({ evidence: [hashOf(picture)], count: 1 });
  expect(site.records("EvidenceCaptured")[0]?.payload).toMatchObject({
    passage: "p1",
    evidence: hashOf(picture),
  });
  expect(site.vision.verifications()).toEqual([]);
});

test("a card where no reader is configured is on record, and nothing else happens", async () => {
  const site = await SiteInOneProcess.open();
  const before = site.disk.last();
  const at = site.clock.now();
  const nowhere = {
    vestibule: "v9",
    accessPoint: "outer-entry",
    number: anna.card,
    format: "raw",
    at,
  } as const;
  site.hub.stop("building");
  site.hub.start("building").send("controller", { type: "card", read: nowhere });
  expect(site.types(before)).toContain("CardReadAtUnknownPlace");
  expect(site.types(before)).not.toContain("CardPresented");
  expect(site.vision.verifications()).toEqual([]);
});

test("T24: a thousand reads in a second: all on record, the heart beats on, every door stays shut", async () => {
  const site = await SiteInOneProcess.open();
  site.vision.answersSnapshots = false;
  site.trace.length = 0;
  for (let read = 0; read < 1_000; read++) {
    await site.present(`9${read % 250}`, accessPointNames[read % 4]);
    site.clock.advance(1);
  }
  expect(site.trace.filter((step) => step === "durable AccessDenied")).toHaveLength(1_000);
  expect(site.trace.filter((step) => /released|ControllerLost/.test(step))).toEqual([]);
  // Each of those cards has failed three times and is locked out; nobody else is.
  await site.passes(3_000);
  await site.goesThrough(anna);
  expect(site.trace.filter((step) => step === "durable AccessTaken")).toHaveLength(1);
});

test("questions to a vision process that does not answer are bounded, and each has an end", async () => {
  const site = await SiteInOneProcess.open();
  site.vision.answersSnapshots = false;
  for (let card = 0; card < 100; card++) await site.present(`9${card}`);
  expect(site.vision.asked.filter(({ type }) => type === "snapshot")).toHaveLength(32);
  await site.passes(3_000);
  site.vision.answersSnapshots = true;
  expect(await site.services.snapshot("street")).toEqual(site.vision.picture);
});

test("an alarm keeps its newest sixteen pictures, the journal all of them", async () => {
  const site = await SiteInOneProcess.open();
  for (let card = 0; card < 20; card++) {
    site.vision.picture = Uint8Array.of(0xff, 0xd8, card);
    await site.present(`9${card}`);
    await site.passes(100);
  }
  expect(site.records("EvidenceCaptured")).toHaveLength(20);
  const { evidence, count } = site.alarm("v1.outer-entry.UnknownCard") ?? {};
  expect(count).toBe(20);
  expect(evidence).toHaveLength(16);
  expect(evidence?.at(-1)).toBe(hashOf(Uint8Array.of(0xff, 0xd8, 19)));
});

test("a card alone, where the access level says so, asks for no face", async () => {
  const site = await SiteInOneProcess.open();
  await site.present(porter.card);
  expect(site.vision.verifications()).toEqual([]);
  expect(site.lock("outer")).toBe("released");
});

test("what an interlock tells of a passage nobody knows is recorded as it is told", async () => {
  const site = await SiteInOneProcess.open();
  site.setInput("inner.rex", true);
  await site.passes(200);
  site.moveDoor("inner", "open");
  await site.passes(6_000);
  expect(site.records("AccessTaken")[0]?.payload).toMatchObject({ grant: "egress", door: "inner" });
});

const hashOf = (picture: Uint8Array): string => createHash("sha256").update(picture).digest("hex");

test("the end of a release nobody is known for is on record even if something else falls due that instant", async () => {
  const site = await SiteInOneProcess.open();
  site.setInput("inner.rex", true);
  await site.passes(20); // a press is one once it has been steady
  const releasedAt = site.clock.now();
  await site.passes(1_000);
  await site.present(anna.card, "inner-entry"); // not judged in time: ends when the release does
  await site.passes(3_999);
  await site.present("9999", "outer-exit"); // the controller's own timer is set last, and comes last
  await site.passes(1);
  expect(site.clock.now() - releasedAt).toBe(5_000);
  expect(site.records("AccessDenied").at(-1)?.payload).toMatchObject({ reason: "timeout", passage: "p2" });
  expect(site.records("AccessNotTaken").map(({ payload }) => payload.grant)).toEqual(["egress"]);
});

import { beforeEach, describe, expect, test } from "vitest";
import { anna, bo, porter, SiteInOneProcess } from "../../../test/support/site-in-one-process.ts";
import { StorageFault } from "../../ports/journal.ts";

const photo = Uint8Array.of(1, 2, 3);
let site: SiteInOneProcess;
let her: string;

beforeEach(async () => {
  site = await SiteInOneProcess.open();
  her = site.cardholder(anna);
});

type Change = readonly [type: string, change: () => Promise<unknown>];
const changes = (): readonly Change[] => {
  const { services } = site;
  return [
    [
      "CardholderAdded",
      () => services.addCardholder({ name: "Cy Vandernoot", groups: [], accessLevels: [] }, "admin"),
    ],
    [
      "CardholderChanged",
      () => services.changeCardholder(her, { name: "Anna Thistlewood", status: "suspended" }, "admin"),
    ],
    ["CardIssued", () => services.issueCard(her, "7001", "raw", "admin")],
    ["CardStatusChanged", () => services.people.setCardStatus(anna.card, "suspended", "admin")],
    ["PinSet", () => services.people.setPin(her, { pin: "4711", duressPin: "8053" }, "admin")],
    ["PinRemoved", () => services.people.removePin(her, "admin")],
    ["CardReportedLost", () => services.reportLost(bo.card, "admin")],
    ["CardReplaced", () => services.replaceCard(porter.card, "7002", "admin")],
    ["PhotoEnrolled", () => services.enrolPhoto(her, photo, "admin")],
    [
      "PhotoRemoved",
      () => services.removePhoto(her, site.directory.get(her)?.photos[0]?.id ?? "none", "admin"),
    ],
    ["CardholderRemoved", () => services.removeCardholder(her, "admin")],
  ];
};

test("each change is on record with who made it and whom it is about", async () => {
  for (const [type, change] of changes()) {
    await change();
    const record = site.records(type).at(-1);
    expect(record?.payload).toMatchObject({
      operator: "admin",
      cardholder: expect.stringMatching(/^person-/),
    });
  }
});

test("what cannot be recorded is not changed, and says so", async () => {
  const before = site.directory.list({ limit: 100 });
  site.disk.setDiskFull(true);
  for (const [, change] of changes()) await expect(change()).rejects.toThrow(StorageFault);
  expect(site.directory.list({ limit: 100 })).toEqual(before);
  site.disk.setDiskFull(false);
  await site.passes(2_000);
  for (const [type] of changes()) expect(site.records(type)).toEqual([]);
});

test("a change the directory refuses leaves no record", async () => {
  const before = site.disk.last();
  await expect(site.services.issueCard(her, bo.card, "raw", "admin")).rejects.toThrow("taken");
  await expect(site.services.removeCardholder("person-99", "admin")).rejects.toThrow("no cardholder");
  site.directory.failNextWrite();
  await expect(site.services.changeCardholder(her, { status: "suspended" }, "admin")).rejects.toThrow(
    StorageFault,
  );
  expect(site.types(before)).toEqual([]);
  expect(site.directory.get(her)?.status).toBe("active");
});

test("names, pictures and templates are nowhere in the journal, whatever happens to people", async () => {
  await site.goesThrough(anna);
  await site.goesThrough(porter, "inner-entry").catch(() => undefined);
  await site.present("9999");
  for (const [, change] of changes()) await change();
  const journal = JSON.stringify(site.disk.query({ limit: 1_000 }));
  for (const { name } of [anna, bo, porter, { name: "Cy Vandernoot" }, { name: "Anna Thistlewood" }]) {
    for (const word of name.split(" ").filter((part) => part.length > 3)) expect(journal).not.toContain(word);
  }
  expect(journal).not.toMatch(/descriptor|jpeg/i);
});

test("A8: a card reported lost is refused by the next presentation", async () => {
  await site.services.reportLost(anna.card, "admin");
  await site.present(anna.card);
  expect(site.records("AccessDenied")[0]?.payload.reason).toBe("lostCredential");
});

describe("a photo", () => {
  test("that is not good enough is refused and changes nothing", async () => {
    site.vision.photo = { usable: false, reason: "noFace", detail: "no face was found" };
    const before = site.directory.get(her);
    expect(await site.services.enrolPhoto(her, photo, "admin")).toMatchObject({
      usable: false,
      reason: "noFace",
    });
    expect(site.directory.get(her)).toEqual(before);
    expect(site.records("PhotoEnrolled")).toEqual([]);
  });

  test("that vision never describes ends in an answer", async () => {
    site.vision.photo = undefined;
    const outcome = site.services.enrolPhoto(her, photo, "admin");
    await site.passes(30_000);
    expect(await outcome).toMatchObject({ usable: false, reason: "engineFault" });
  });

  test("that vision dies over ends in an answer at once", async () => {
    site.vision.photo = undefined;
    const outcome = site.services.enrolPhoto(her, photo, "admin");
    site.killVision();
    expect(await outcome).toMatchObject({ usable: false, reason: "engineFault" });
  });
});

describe("an alarm", () => {
  beforeEach(async () => {
    site.moveDoor("outer", "force");
    await site.passes(200);
  });

  test("is acknowledged with who and what they wrote, on record", async () => {
    const alarm = await site.services.acknowledge("v1.outer.DoorForcedOpen", "admin", "guard is there");
    expect(alarm).toMatchObject({
      phase: "active-acknowledged",
      acknowledged: { by: "admin", comment: "guard is there" },
    });
    expect(site.records("AlarmAcknowledged")[0]?.payload).toMatchObject({
      id: "v1.outer.DoorForcedOpen",
      by: "admin",
      comment: "guard is there",
    });
  });

  test("that returned before is over with the acknowledgement", async () => {
    await site.passes(6_000);
    const alarm = await site.services.acknowledge("v1.outer.DoorForcedOpen", "admin", "");
    expect(alarm?.phase).toBe("normal");
    expect(site.alarm("v1.outer.DoorForcedOpen")).toBeUndefined();
  });

  test("stays as it is where the acknowledgement cannot be recorded", async () => {
    site.disk.setDiskFull(true);
    await expect(site.services.acknowledge("v1.outer.DoorForcedOpen", "admin", "")).rejects.toThrow(
      StorageFault,
    );
    expect(site.alarm("v1.outer.DoorForcedOpen")).toMatchObject({
      phase: "active-unacknowledged",
      acknowledged: null,
    });
  });

  test("nobody knows is undefined", async () => {
    expect(await site.services.acknowledge("v1.inner.DoorForcedOpen", "admin", "")).toBeUndefined();
  });

  test("R17: of both doors open needs a comment", async () => {
    site.moveDoor("inner", "force");
    await site.passes(200);
    await site.services.acknowledge("v1.InterlockViolated", "admin", "  ");
    expect(site.alarm("v1.InterlockViolated")?.acknowledged).toBeNull();
    await site.services.acknowledge("v1.InterlockViolated", "admin", "fire drill");
    expect(site.alarm("v1.InterlockViolated")?.acknowledged?.comment).toBe("fire drill");
  });
});

test("who looked at a picture is on record; what cannot be recorded is not shown", async () => {
  const hash = site.evidence.add(photo);
  const shown = await site.services.evidence.open(hash, "admin");
  expect(shown.is === "kept" && (await shown.evidence.read(0, photo.length))).toEqual(photo);
  expect(site.records("EvidenceViewed")[0]?.payload).toEqual({ operator: "admin", evidence: hash });
  site.disk.setDiskFull(true);
  await expect(site.services.evidence.open(hash, "admin")).rejects.toThrow(StorageFault);
});

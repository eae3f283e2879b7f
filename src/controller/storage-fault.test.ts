import { describe, expect, test } from "vitest";
import { anna, bo, SiteInOneProcess } from "../../test/support/site-in-one-process.ts";
import type { JournalEntry } from "../ports/journal.ts";

const contains = (type: string) => (entries: readonly JournalEntry[]) =>
  entries.some((entry) => entry.type === type);

test("T35: the disk fails exactly at the grant: denied, nothing is ever released, alarm, doors secured", async () => {
  const site = await SiteInOneProcess.open();
  site.trace.length = 0;
  site.journal.refuses = contains("AccessGranted");
  await site.present(anna.card);
  site.vision.accept();
  await site.settles();
  expect(site.alarm("site.StorageFault")).toMatchObject({ priority: "critical" });
  await site.passes(10_000);
  expect(site.trace).not.toContain("outer released");
  expect(site.records("AccessGranted")).toEqual([]);
  expect(site.records("AccessDenied")).toEqual([
    expect.objectContaining({ payload: expect.objectContaining({ reason: "storageFault", passage: "p1" }) }),
  ]);
});

test("R11: the disk fails exactly at the way out: not released, on record later", async () => {
  const site = await SiteInOneProcess.open();
  site.journal.refuses = contains("Egress");
  site.setInput("inner.rex", true);
  await site.passes(3_000);
  expect(site.trace).not.toContain("inner released");
  expect(site.records("EgressDenied")[0]?.payload).toMatchObject({ reason: "storageFault" });
});

test("a disk that fails secures a door that is released", async () => {
  const site = await SiteInOneProcess.open();
  await site.present(anna.card);
  site.vision.accept();
  await site.passes(300);
  expect(site.lock("outer")).toBe("released");
  site.disk.setDiskFull(true);
  await site.present("unknown", "outer-exit");
  await site.settles();
  expect(site.lock("outer")).toBe("secured");
  expect(site.vestibule().mode).toBe("degraded");
});

test("what happens while the disk refuses is refused, shown, and written in order, once, when it works again", async () => {
  const site = await SiteInOneProcess.open();
  const before = site.disk.last();
  site.disk.setDiskFull(true);
  await site.present(anna.card);
  await site.passes(500);
  site.moveDoor("outer", "force");
  await site.passes(6_000);
  await site.present(bo.card, "inner-entry");
  await site.settles();
  expect(site.disk.last()).toBe(before);
  expect(site.services.state().journal.storage).toBe("failed");
  expect(site.alarm("v1.outer.DoorForcedOpen")).toMatchObject({ phase: "returned-unacknowledged" });
  site.disk.setDiskFull(false);
  await site.passes(2_000);
  const facts = site.types(before).filter((type) => !type.startsWith("Alarm"));
  expect(facts).toEqual([
    "StorageTried",
    "CardPresented",
    "VerificationStarted",
    "DoorBecameInsecure",
    "DoorOpened",
    "DoorForcedOpen",
    "AccessDenied",
    "DoorClosed",
    "DoorBecameSecure",
    "CardPresented",
    "AccessDenied",
    "StorageRestored",
  ]);
  expect(site.alarm("site.StorageFault")?.phase).toBe("returned-unacknowledged");
  expect(site.vestibule().mode).toBe("normal");
  await site.goesThrough(anna);
  expect(site.records("AccessTaken")).toHaveLength(1);
});

test("an interlock's events are not acknowledged before they are durable", async () => {
  const site = await SiteInOneProcess.open();
  site.disk.setDiskFull(true);
  site.setInput("outer.rex", true);
  await site.passes(3_000);
  // The interlock still has it all: a controller that starts anew is told again.
  site.killController();
  const before = site.disk.last();
  site.disk.setDiskFull(false);
  await site.startController();
  await site.passes(1_000);
  expect(site.types(before).filter((type) => type === "ExitRequested")).toHaveLength(1);
});

describe("a fault in the middle of catching up", () => {
  test("acknowledges nothing that is still only in memory", async () => {
    const site = await SiteInOneProcess.open();
    site.disk.setDiskFull(true);
    // More than one batch of what came first, then something of the interlock's.
    for (let read = 0; read < 400; read++) await site.present(`9${read}`);
    site.setInput("outer.rex", true);
    await site.passes(100);
    const before = site.disk.last();
    site.disk.setDiskFull(false);
    // The probe and the first batch are taken, the second batch is not, and then the controller is killed.
    let writes = 0;
    site.journal.refuses = () => ++writes > 2;
    await site.passes(1_000);
    expect(writes).toBeGreaterThan(2);
    expect(site.types(before)).toContain("AccessDenied");
    expect(site.types(before)).not.toContain("ExitRequested");
    site.killController();
    site.journal.refuses = () => false;
    await site.startController();
    await site.passes(1_000);
    expect(site.disk.query({ type: "ExitRequested", limit: 10 })).toHaveLength(1);
  });

  test("writes nothing twice and nothing out of order", async () => {
    const site = await SiteInOneProcess.open();
    const before = site.disk.last();
    site.disk.setDiskFull(true);
    for (let read = 0; read < 400; read++) await site.present(`9${read}`);
    site.disk.setDiskFull(false);
    let writes = 0;
    site.journal.refuses = () => ++writes === 3;
    await site.passes(5_000);
    const cards = [...recordsAfter(site, before)]
      .filter(({ type }) => type === "AccessDenied")
      .map(({ payload }) => payload.card);
    expect(cards).toEqual(Array.from({ length: 400 }, (_, read) => `9${read}`));
  });
});

test("T36: a write that was refused and turns up on the disk all the same is not written again", async () => {
  const site = await SiteInOneProcess.open();
  const before = site.disk.last();
  site.disk.failNextAppend("kept");
  await site.present("9999");
  await site.passes(5_000);
  const types = site.types(before);
  expect(types.filter((type) => type === "CardPresented")).toHaveLength(1);
  expect(types.filter((type) => type === "AccessDenied")).toHaveLength(1);
  expect(site.alarm("v1.outer-entry.UnknownCard")).toMatchObject({ count: 1 });
});

function* recordsAfter(site: SiteInOneProcess, before: number) {
  for (let after = before; ; ) {
    const page = site.disk.query({ after, limit: 1_000 });
    yield* page;
    const last = page.at(-1);
    if (last === undefined) return;
    after = last.seq;
  }
}

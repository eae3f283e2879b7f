import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { day, EvidenceSite } from "../../../test/support/evidence-site.ts";

let site: EvidenceSite;
beforeEach(() => {
  site = new EvidenceSite({ mostFiles: 3 });
});
afterEach(() => site[Symbol.dispose]());

const picture = (n: number): Uint8Array => Uint8Array.of(0xff, n >> 8, n & 255);
const minutes = (count: number): number => count * 60_000;
const forced = { alarm: "DoorForcedOpen", place: { vestibule: "v1", door: "outer" } } as const;
const id = "v1.outer.DoorForcedOpen";

/** Named by an alarm that is open. */
function alarming(n: number): string {
  const evidence = site.store.add(picture(n));
  site.chronicle.keep([], [{ is: "seen", ...forced, detail: null, evidence: [evidence] }]);
  return evidence;
}

function endAlarm(): void {
  site.chronicle.keep([], [{ is: "gone", ...forced, detail: null }]);
  site.alarms.apply(
    site.alarms.decide({
      ...{ type: "Acknowledged", at: site.clock.now(), wall: site.clock.wall() },
      ...{ id, by: "admin", comment: "seen" },
    }),
  );
}

async function nextRound(): Promise<void> {
  await site.passes(day, 3_600_000);
  await site.passes(minutes(1), 1_000);
}

describe("keeping", () => {
  test("the oldest goes first, an alarm's never; the journal names each, and why", async () => {
    site.start();
    const theirs = alarming(1);
    const others = [2, 3, 4, 5].map((n) => site.capture(picture(n)));
    await site.passes(minutes(11), 10_000);
    expect(others.map((hash) => site.store.has(hash))).toEqual([false, false, true, true]);
    expect(site.store.has(theirs)).toBe(true);
    expect(site.records("EvidencePruned").map(({ payload }) => payload)).toMatchObject([
      { why: "space", files: 2, hashes: others.slice(0, 2) },
    ]);
    // Of a process that knows nothing but the journal, the same.
    site.restart();
    for (const n of [6, 7, 8]) site.capture(picture(n));
    await site.passes(minutes(11), 10_000);
    expect(site.store.has(theirs)).toBe(true);
    expect(site.store.list()).toHaveLength(3);
  });

  test("nothing is deleted before all of the journal that matters has been read", async () => {
    const theirs = alarming(1);
    for (let n = 0; n < 500; n++)
      site.chronicle.keep([], [{ is: "pulsed", alarm: "UnknownCard", place: {}, detail: null }]);
    for (const n of [2, 3, 4]) site.capture(picture(n));
    site.restart();
    site.upkeep.keeping.prune();
    await site.passes(60, 20);
    expect(site.store.list()).toHaveLength(4);
    await site.passes(minutes(1));
    expect(site.store.list()).toHaveLength(3);
    expect(site.store.has(theirs)).toBe(true);
  });

  test("alarms' evidence beyond the limit stays, is said, and refuses clips; it is over once room was made", async () => {
    site.start();
    const theirs = [1, 2, 3, 4].map(alarming);
    await site.passes(minutes(11), 10_000);
    expect(theirs.every((hash) => site.store.has(hash))).toBe(true);
    expect(site.alarms.find("site.DiskNearlyFull")).toMatchObject({
      detail: expect.stringMatching(
        /may not be deleted yet, is 1 files over the limit: raise data\.evidenceLimit/,
      ),
    });
    expect(await site.clips.of(forced, ["street"])).toMatchObject([{ kept: false }]);
    site.restart();
    await site.passes(minutes(1));
    expect(site.alarms.find("site.DiskNearlyFull")?.phase).toMatch(/^active/);
    endAlarm();
    await site.passes(19 * day, 3_600_000);
    expect(site.store.list()).toEqual([]);
    expect(site.alarms.find("site.DiskNearlyFull")?.phase).toBe("returned-unacknowledged");
  });

  test("each in its time: ordinary evidence, an alarm's, an open alarm's", async () => {
    site.start();
    const [ordinary, theirs] = [site.capture(picture(1)), alarming(2)];
    await site.passes(10 * day, 3_600_000);
    expect([ordinary, theirs].map((hash) => site.store.has(hash))).toEqual([false, true]);
    await site.passes(12 * day, 3_600_000);
    expect(site.store.has(theirs)).toBe(true);
    endAlarm();
    await site.passes(day, 3_600_000);
    expect(site.store.has(theirs)).toBe(false);
  });

  test("A9: a clock that jumped makes nothing old until somebody has looked at it", async () => {
    site.start();
    const hash = site.capture(picture(1));
    site.chronicle.keep([], [{ is: "pulsed", alarm: "ClockStepped", place: {}, detail: null }]);
    site.clock.stepWall(400 * day);
    await site.passes(minutes(30), 10_000);
    expect(site.store.has(hash)).toBe(true);
  });

  test("T35: on a full disk room is made before the record of it can be written, which follows", async () => {
    site.start();
    await site.passes(minutes(1));
    for (const n of [1, 2, 3, 4]) site.capture(picture(n));
    site.journal.setDiskFull(true);
    await site.passes(minutes(11), 10_000);
    expect(site.store.list()).toHaveLength(3);
    site.journal.setDiskFull(false);
    await site.passes(minutes(1));
    expect(site.records("EvidencePruned")).toHaveLength(1);
  });
});

test("T35: no clips while the disk is nearly full: the room is the journal's", async () => {
  site.start();
  const low = { alarm: "DiskNearlyFull", place: {}, detail: "12 MB free" } as const;
  site.chronicle.keep([], [{ is: "seen", ...low }]);
  expect(await site.clips.of(forced, ["street"])).toMatchObject([{ detail: "the disk is nearly full" }]);
  site.chronicle.keep([], [{ is: "gone", ...low, detail: null }]);
  void site.clips.of(forced, ["street"]);
  expect(site.asked).toHaveLength(1);
});

describe("looking at all of it", () => {
  test("a file that is taken away, or altered, is found, told once, and is an alarm; what was deleted in its time is not", async () => {
    site.start();
    const hashes = [1, 2, 3, 4].map((n) => site.capture(picture(n), "AccessDenied"));
    const [pruned = "", gone = "", altered = ""] = hashes;
    await site.passes(minutes(9), 10_000);
    site.upkeep.keeping.prune();
    await site.passes(1_000, 20);
    expect(site.store.has(pruned)).toBe(false);
    site.store.remove([gone]);
    site.store.alter(altered);
    await site.passes(minutes(3), 200);
    expect(site.records("EvidenceMissing").map(({ payload }) => payload)).toEqual([
      { evidence: gone, record: 3, names: "AccessDenied" },
    ]);
    expect(site.records("EvidenceAltered").map(({ payload }) => payload)).toEqual([
      { evidence: altered, record: 4, names: "AccessDenied" },
    ]);
    expect(site.alarms.find("site.AuditBroken")).toMatchObject({ count: 2 });
    expect(site.records("EvidenceAudited")[0]?.payload).toMatchObject({ files: 2, found: 2 });
    site.restart();
    await nextRound();
    expect(site.records("EvidenceAudited").length).toBeGreaterThan(1);
    expect(site.alarms.find("site.AuditBroken")).toMatchObject({ count: 2 });
  });

  test("it goes on after a restart where it was", async () => {
    site = new EvidenceSite();
    site.start();
    for (let n = 0; n < 40; n++) site.capture(picture(n));
    await site.passes(minutes(10) + 4_000, 200);
    const place = site.store.bookmark.get() ?? "";
    expect(JSON.parse(place)).toMatchObject({ phase: "files" });
    const { files } = JSON.parse(place) as { files: number };
    expect(files).toBeGreaterThan(5);
    site.restart();
    await site.passes(minutes(11), 200);
    expect(site.records("EvidenceAudited")[0]?.payload).toMatchObject({ files: 40, found: 0 });
  });

  test("T34: a picture that a power cut kept from the disk is no theft", async () => {
    site.start();
    const hash = "ab".repeat(32);
    await site.passes(minutes(1));
    site.chronicle.note("AccessGranted", { evidence: hash });
    site.restart();
    await site.passes(minutes(30), 1_000);
    expect(site.records("EvidenceNotKept")[0]?.payload).toMatchObject({ evidence: [hash] });
    expect(site.records("EvidenceMissing")).toEqual([]);
  });

  test("but one that was missing before it ended in order is", async () => {
    site.start();
    const hash = site.capture(picture(1));
    site.chronicle.note("ControllerStopped", {});
    site.store.remove([hash]);
    site.restart();
    await site.passes(minutes(30), 1_000);
    expect(site.records("EvidenceMissing")[0]?.payload).toMatchObject({ evidence: hash });
  });

  test("of a site from before, what had been deleted until then is noted and is no alarm", async () => {
    site.chronicle.note("ControllerStarted", {});
    const [gone, there] = [1, 2].map((n) => site.capture(picture(n)));
    site.store.remove([gone ?? ""]);
    await site.passes(minutes(1));
    site.chronicle.note("ControllerStopped", {});
    site.restart();
    await site.passes(minutes(30), 1_000);
    expect(site.records("EvidenceNotKept")[0]?.payload).toMatchObject({ evidence: [gone] });
    expect(site.alarms.find("site.AuditBroken")).toBeUndefined();
    site.store.remove([there ?? ""]);
    await nextRound();
    expect(site.records("EvidenceMissing")[0]?.payload).toMatchObject({ evidence: there });
  });
});

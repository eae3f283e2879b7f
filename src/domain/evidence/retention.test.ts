import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type WallTime, wallTime } from "../time.ts";
import { evidenceNamedBy } from "./named-evidence.ts";
import { type Belonging, type KeptFile, pruning } from "./retention.ts";

const day = 86_400_000;
const now = wallTime(1_000 * day);
const rules = { mostFiles: 4, mostBytes: 400, usual: 90 * day, ofAlarms: 180 * day };
const file = (hash: string, age: number, bytes = 100): KeptFile => ({
  ...{ hash, bytes },
  keptAt: wallTime(now - age * day),
});
const nobodys = (): Belonging => undefined;
const hashes = (files: readonly KeptFile[]) => files.map(({ hash }) => hash);

describe("what goes", () => {
  test("after its retention, and beyond the limits oldest first", () => {
    const files = [file("a", 91), ...["b", "c", "d", "e", "f"].map((name, n) => file(name, 9 - n))];
    const { tooOld, tooMuch, excess } = pruning(files, nobodys, rules, now);
    expect(hashes(tooOld)).toEqual(["a"]);
    expect(hashes(tooMuch)).toEqual(["b"]);
    expect(excess).toBeUndefined();
  });

  test("an alarm's, not before its own retention; an open alarm's never", () => {
    const files = [file("open", 900), file("over", 300), file("old", 300), file("named again", 300)];
    const whose: Record<string, Belonging> = {
      open: "openAlarm",
      over: { alarmAt: wallTime(now - 180 * day) },
      old: { alarmAt: wallTime(now - 179 * day) },
      "named again": { alarmAt: now },
    };
    const { tooOld, tooMuch } = pruning(files, (hash) => whose[hash], { ...rules, mostFiles: 1 }, now);
    expect(hashes(tooOld)).toEqual(["over"]);
    expect(tooMuch).toEqual([]);
  });

  test("a clock that cannot be believed makes nothing old", () => {
    expect(pruning([file("a", 900)], nobodys, rules, now, false).tooOld).toEqual([]);
  });

  test("whatever alarms own stays, what else there is goes oldest first, and what is over then is said", () => {
    const anyFile = fc.record({
      age: fc.integer({ min: 0, max: 89 }),
      bytes: fc.integer({ min: 1, max: 200 }),
    });
    const all = fc.array(fc.record({ file: anyFile, isAlarms: fc.boolean() }), { maxLength: 20 });
    fc.assert(
      fc.property(all, (kept) => {
        const files = kept
          .map(({ file: { age, bytes }, isAlarms }, n) =>
            file(`${isAlarms ? "alarm" : "other"}${n}`, age, bytes),
          )
          .toSorted((a, b) => a.keptAt - b.keptAt);
        const belonging = (hash: string): Belonging => (hash.startsWith("alarm") ? "openAlarm" : undefined);
        const { tooOld, tooMuch, excess } = pruning(files, belonging, rules, now);
        const gone = new Set(hashes(tooMuch));
        expect(tooOld).toEqual([]);
        expect([...gone].every((hash) => hash.startsWith("other"))).toBe(true);
        const left = files.filter(({ hash }) => !gone.has(hash));
        const others = left.filter(({ hash }) => hash.startsWith("other"));
        const bytes = left.reduce((sum, one) => sum + one.bytes, 0);
        const isOver = left.length > rules.mostFiles || bytes > rules.mostBytes;
        expect(isOver).toBe(excess !== undefined);
        if (isOver) expect(others).toEqual([]);
        // Nothing that stays is older than something that goes, but an alarm's.
        const youngestGone = Math.max(...tooMuch.map(({ keptAt }) => keptAt as WallTime));
        expect(others.every(({ keptAt }) => keptAt >= youngestGone)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});

test("what a record names is its evidence, in whatever form it stands there; what tells of evidence names none", () => {
  const [a, b, c] = ["aa", "bb", "cc"].map((two) => two.repeat(32)) as [string, string, string];
  expect(evidenceNamedBy("AccessDenied", { evidence: a, face: { attackFrames: [a, b] } })).toEqual([a, b]);
  expect(evidenceNamedBy("AlarmRaised", { evidence: [a, c] })).toEqual([a, c]);
  expect(evidenceNamedBy("AccessGranted", { evidence: null, face: null, hash: b })).toEqual([]);
  expect(evidenceNamedBy("TailgatingFound", { evidence: "../../etc" })).toEqual([]);
  for (const type of [
    "EvidencePruned",
    "EvidenceNotKept",
    "EvidenceMissing",
    "EvidenceAltered",
    "EvidenceViewed",
  ])
    expect(evidenceNamedBy(type, { evidence: a, hashes: [b] })).toEqual([]);
});

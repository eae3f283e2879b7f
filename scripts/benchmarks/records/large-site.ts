import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { openSiteStorage } from "../../../src/composition/open-site-storage.ts";
import type { AccessPointName } from "../../../src/domain/names.ts";
import { type Instant, instant, wallTime } from "../../../src/domain/time.ts";
import type { JournalEntry, JsonObject } from "../../../src/ports/journal.ts";

export const people = 100_000;
export const records = 1_000_000;
/** The year that the journal tells of. */
export const began = Date.UTC(2025, 0, 1);
export const ended = Date.UTC(2026, 0, 1);

const day = 86_400_000;
/** About 2,740 records a day make a million in a year. */
const visitsADay = 64;
/** Most passages are of few people; the others come once in a while. */
const regulars = 500;

/** The data directory of a branch after a year; built once. A few minutes. */
export function largeSite(cache: string): string {
  const finished = join(cache, "year");
  if (existsSync(finished)) return finished;
  const building = join(cache, "year-under-way");
  rmSync(building, { recursive: true, force: true });
  mkdirSync(building, { recursive: true });
  let wall = began;
  const clock = { now: () => instant(wall - began), wall: () => wallTime(wall) };
  using storage = openSiteStorage({ directory: building, clock, env: {} });
  const ids: string[] = [];
  while (ids.length < people) {
    storage.directory.transact(() => {
      for (let n = 0; n < 5_000; n++) {
        const name = ids.length % 3 === 0 ? `王小明${ids.length}` : `Person ${ids.length}`;
        const { id } = storage.directory.add({ name, groups: ["staff"], accessLevels: ["everywhere"] });
        storage.directory.issueCard(id, cardOf(ids.length), "raw");
        ids.push(id);
      }
    });
    process.stderr.write(`\r${ids.length} of ${people} cardholders`);
  }
  for (const { at, entries } of aYear(ids)) {
    wall = at;
    storage.journal.append(entries);
    if (storage.journal.last() % 10_000 < 10)
      process.stderr.write(`\r${storage.journal.last()} of ${records} records `);
    if (storage.journal.last() >= records) break;
  }
  process.stderr.write("\n");
  // As at a site whose broker is there: nothing of the year still has to be delivered.
  storage.cursor("mqtt").advance(storage.journal.last());
  storage[Symbol.dispose]();
  renameSync(building, finished);
  return finished;
}

export const cardOf = (n: number): string => String(1_000_000 + n);

interface Batch {
  readonly at: number;
  readonly entries: readonly JournalEntry[];
}

export function* aYear(ids: readonly string[], seed = 1): Generator<Batch> {
  const draw = drawing(seed);
  for (let number = 0; ; number++) {
    const midnight = began + (number % 365) * day;
    const happenings: { readonly at: number; readonly entries: (at: Instant) => readonly JournalEntry[] }[] =
      [];
    for (let visit = 0; visit < visitsADay; visit++) {
      const person = draw(10) < 6 ? draw(regulars) : draw(ids.length);
      const arrives = midnight + 7 * 3_600_000 + draw(4 * 3_600_000);
      const leaves = arrives + 3_600_000 + draw(8 * 3_600_000);
      const who = { cardholder: ids[person] ?? "", card: cardOf(person) };
      const way: readonly [AccessPointName, number][] = [
        ["outer-entry", arrives],
        ["inner-entry", arrives + 12_000],
        ["inner-exit", leaves],
        ["outer-exit", leaves + 12_000],
      ];
      for (const [accessPoint, at] of way) {
        happenings.push({ at, entries: (now) => passage(draw, now, accessPoint, who) });
      }
    }
    for (let n = 0; n < 15; n++) {
      const at = midnight + draw(day);
      happenings.push({ at, entries: (now) => [operatorAction(draw, now, ids)] });
    }
    for (const { at, entries } of happenings.toSorted((a, b) => a.at - b.at)) {
      yield { at, entries: entries(instant(at - began)) };
    }
  }
}

type Draw = (below: number) => number;

const denials = [
  "faceMismatch",
  "noFace",
  "poorQuality",
  "outOfSchedule",
  "noAccessLevel",
  "interlocked",
  "wrongPin",
  "timeout",
];

function passage(
  draw: Draw,
  at: Instant,
  accessPoint: AccessPointName,
  who: JsonObject,
): readonly JournalEntry[] {
  const id = `passage-${draw(2 ** 31)}-${draw(2 ** 31)}`;
  const facts = { vestibule: "v1", accessPoint, passage: id, ...who };
  const door = { vestibule: "v1", door: accessPoint.startsWith("outer") ? "outer" : "inner", passage: id };
  const entry = (type: string, payload: JsonObject): JournalEntry => ({ type, at, payload });
  const presented = entry("CardPresented", { ...facts, format: "raw" });
  const started = entry("VerificationStarted", {
    ...facts,
    mode: "card+face",
    liveness: "passive",
    until: at + 8_000,
  });
  if (draw(20) === 0) {
    const reason = denials[draw(denials.length)] ?? "noFace";
    return [presented, started, entry("AccessDenied", { ...facts, reason, detail: null, face: face(draw) })];
  }
  return [
    presented,
    started,
    entry("AccessGranted", {
      ...facts,
      mode: "card+face",
      presentedAt: at,
      face: face(draw),
      lead: id,
      people: 1,
      operator: null,
    }),
    entry("DoorReleased", { ...door, grant: "access", enters: true, until: at + 5_000 }),
    entry("DoorBecameInsecure", door),
    entry("DoorOpened", door),
    entry("DoorSecured", { ...door, cause: "opened" }),
    entry("DoorClosed", door),
    entry("AccessTaken", { ...facts, openFor: 2_000 + draw(3_000), lead: id, groups: ["staff"] }),
    entry("DoorBecameSecure", door),
  ];
}

/** About as much as a real decision carries. */
function face(draw: Draw): JsonObject {
  return {
    score: 0.95 + draw(400) / 10_000,
    distance: draw(500) / 10_000,
    threshold: 0.058,
    margin: 0.02,
    liveness: {
      level: "passive",
      score: draw(1000) / 1000,
      cues: [{ cue: "depth", weight: 1, score: draw(1000) / 1000 }],
    },
    model: "face-api-1.7.15/dlib-resnet/2pass-2cuts-mirror",
    modelHash: "0".repeat(64),
    framesUsed: 3,
    framesSeen: 8,
    frameTimes: Array.from({ length: 8 }, (_, frame) => frame * 66.7),
    quality: { eyeDistance: 71.2, sharpness: 312.5, brightness: 118.3, contrast: 48.1, yaw: 3.2, roll: -1.1 },
    timings: { card: 0.4, frames: 131.2, detect: 22.7, landmarks: 19.3, embed: 52.9, decide: 0.1 },
    evidence: "1".repeat(64),
    attackFrames: [],
  };
}

function operatorAction(draw: Draw, at: Instant, ids: readonly string[]): JournalEntry {
  const operator = ["anna", "ben", "chen"][draw(3)] ?? "anna";
  const person = draw(ids.length);
  const about = { operator, cardholder: ids[person] ?? "" };
  switch (draw(4)) {
    case 0:
      return { type: "OperatorLoggedIn", at, payload: { operator, address: "10.0.0.7" } };
    case 1:
      return { type: "CardReportedLost", at, payload: { ...about, card: cardOf(person) } };
    case 2:
      return { type: "CardholderChanged", at, payload: { ...about, groups: ["staff"] } };
    default:
      return { type: "EvidenceViewed", at, payload: { operator, evidence: "1".repeat(64) } };
  }
}

/** Mulberry32: the same year at each run. */
export function drawing(seed: number): Draw {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

import { describe, expect, test } from "vitest";
import { instant, wallTime } from "../../domain/time.ts";
import type { Journal, JournalEntry, JournalQuery, JournalRecord, JsonObject } from "../journal.ts";
import { areFactsAskedFor, factsOf } from "../journal-facts.ts";
import { hostileTexts } from "./hostile-texts.ts";
import type { JournalUnderTest } from "./journal.contract.ts";

export function journalSearchContract(name: string, make: () => JournalUnderTest): void {
  describe(`Journal search contract: ${name}`, () => {
    test("finds by card, door, access point, vestibule, reason and operator", () => {
      using subject = make();
      const { journal } = subject;
      journal.append([
        entry("AccessDenied", {
          vestibule: "v1",
          accessPoint: "outer-entry",
          card: "1001",
          reason: "noFace",
        }),
        entry("AccessGranted", {
          vestibule: "v2",
          accessPoint: "inner-exit",
          card: "1002",
          cardholder: "p2",
        }),
        entry("DoorOpened", { vestibule: "v1", door: "inner" }),
        entry("LockdownOrdered", { vestibule: "v1", operator: "anna", reason: "suspicious parcel" }),
        entry("CardReplaced", { operator: "anna", cardholder: "p2", card: "1002", replacement: "1003" }),
        entry("AccessGranted", {
          vestibule: "v1",
          cardholder: "visitor",
          host: "p2",
          cardholders: ["p3", 7],
        }),
      ]);
      const found = (query: Partial<JournalQuery>) => seqs(journal, query);
      expect(found({ card: "1001" })).toEqual([1]);
      expect(found({ card: "1003" })).toEqual([5]);
      expect(found({ card: "1002", newestFirst: true })).toEqual([5, 2]);
      expect(found({ door: "inner" })).toEqual([2, 3]);
      expect(found({ accessPoint: "outer-entry" })).toEqual([1]);
      expect(found({ vestibule: "v1", newestFirst: true })).toEqual([6, 4, 3, 1]);
      expect(found({ reason: "noFace" })).toEqual([1]);
      expect(found({ reason: "suspicious parcel" })).toEqual([]);
      expect(found({ operator: "anna" })).toEqual([4, 5]);
      expect(found({ types: ["DoorOpened", "CardReplaced"] })).toEqual([3, 5]);
      expect(found({ types: [] })).toEqual([]);
      expect(found({ operator: "anna", vestibule: "v1" })).toEqual([4]);
      expect(found({ cardholder: "p2" })).toEqual([2, 5, 6]);
      expect(found({ cardholder: "p3" })).toEqual([6]);
      expect(found({ cardholder: "p2", card: "1002", type: "CardReplaced" })).toEqual([5]);
      expect(found({ cardholder: "visitor", card: "1002" })).toEqual([]);
    });

    test("T8: hostile text in what is searched by finds what it stands in and nothing else", () => {
      using subject = make();
      const { journal } = subject;
      for (const text of hostileTexts) {
        journal.append([
          entry("CardPresented", { card: text, operator: text, vestibule: text, reason: text }),
        ]);
      }
      for (const [at, text] of hostileTexts.entries()) {
        for (const field of ["card", "operator", "vestibule"] as const) {
          expect(seqs(journal, { [field]: text })).toEqual([at + 1]);
        }
      }
    });

    test("any combination, in either direction and from any place, finds what reading everything would", () => {
      using subject = make();
      const { journal } = subject;
      const draw = drawing(20_261_122);
      for (let n = 0; n < 400; n += 5) {
        // Every now and then the wall clock goes back.
        subject.setWall(wallTime(100_000 + n * 10 - (draw(10) === 0 ? 700 : 0)));
        journal.append(Array.from({ length: 5 }, () => drawnEntry(draw)));
      }
      const all = journal.query({ limit: 1_000 });
      expect(all).toHaveLength(400);
      let nonEmpty = 0;
      for (let n = 0; n < 600; n++) {
        const query = drawnQuery(draw);
        const found = journal.query(query).map(({ seq }) => seq);
        expect(found, JSON.stringify(query)).toEqual(readingEverything(all, query));
        if (found.length > 0) nonEmpty++;
      }
      expect(nonEmpty).toBeGreaterThan(200);
    });
  });
}

const entry = (type: string, payload: JsonObject): JournalEntry => ({ type, at: instant(1), payload });

const seqs = (journal: Journal, query: Partial<JournalQuery>): readonly number[] =>
  journal.query({ limit: 100, ...query }).map(({ seq }) => seq);

type Draw = (below: number) => number;

/** Mulberry32: the same draws at each run. */
function drawing(seed: number): Draw {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const values = {
  type: ["AccessGranted", "AccessDenied", "DoorOpened"],
  vestibule: ["v1", "v2"],
  accessPoint: ["outer-entry", "inner-entry", "inner-exit", "outer-exit"],
  door: ["outer", "inner"],
  reason: ["noFace", "wrongPin", "in words"],
  operator: ["anna", "ben"],
  cardholder: ["p1", "p2", "p3"],
  card: ["1001", "1002", "1003"],
} as const;

function drawnEntry(draw: Draw): JournalEntry {
  const payload: Record<string, string> = {};
  for (const [field, ofField] of Object.entries(values)) {
    if (field !== "type" && draw(3) > 0) payload[field] = ofField[draw(ofField.length)] ?? "";
  }
  return entry(values.type[draw(3)] ?? "AccessGranted", payload);
}

function drawnQuery(draw: Draw): JournalQuery {
  const query: Record<string, unknown> = { limit: 1 + draw(60) };
  for (const [field, ofField] of Object.entries(values)) {
    if (draw(5) === 0) query[field] = ofField[draw(ofField.length)] ?? "";
  }
  if (draw(4) === 0) query["types"] = values.type.slice(draw(3));
  if (draw(3) === 0) query["from"] = 99_500 + draw(4_500);
  if (draw(3) === 0) query["to"] = 99_500 + draw(4_500);
  if (draw(3) === 0) query["after"] = draw(420);
  if (draw(2) === 0) query["newestFirst"] = true;
  // Put together by name; each field has a value of its own type.
  return query as unknown as JournalQuery;
}

function readingEverything(all: readonly JournalRecord[], query: JournalQuery): readonly number[] {
  const { after, from, to, newestFirst } = query;
  const found = all.filter(({ seq, wall, type, payload }) => {
    if (after !== undefined && (newestFirst ? seq >= after : seq <= after)) return false;
    if ((from !== undefined && wall < from) || (to !== undefined && wall > to)) return false;
    return areFactsAskedFor(factsOf(type, payload), query);
  });
  return (newestFirst ? found.toReversed() : found).slice(0, query.limit).map(({ seq }) => seq);
}

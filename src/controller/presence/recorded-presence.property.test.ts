import fc from "fast-check";
import { expect, test } from "vitest";
import { accessPointNames } from "../../domain/names.ts";
import { type JsonObject, StorageFault } from "../../ports/journal.ts";
import type { PresenceStore } from "../../ports/presence-store.ts";
import { MemoryPresence } from "../../simulation/memory-presence.ts";
import { JournalForTests } from "./journal-for-tests.ts";
import { summaryOf } from "./presence-summary.ts";
import { RecordedPresence, rebuiltFrom } from "./recorded-presence.ts";
import type { Whereabouts } from "./whereabouts.ts";

const person = fc.constantFrom("anna", "bo", "cy", "di", "ed");
const vestibule = fc.constantFrom("v1", "v2");
const passage = fc.constantFrom("p1", "p2", "p3");
const accessPoint = fc.constantFrom(...accessPointNames);
const record: fc.Arbitrary<readonly [string, JsonObject]> = fc.oneof(
  {
    weight: 6,
    arbitrary: ofType("AccessTaken", {
      vestibule,
      accessPoint,
      cardholder: person,
      passage,
      groups: fc.subarray(["guards", "managers"]),
    }),
  },
  ofType("AccessGranted", { vestibule, accessPoint, cardholder: person, passage, lead: passage }),
  ofType("AccessTaken", {
    vestibule,
    door: fc.constantFrom("outer", "inner"),
    enters: fc.boolean(),
    passage,
    people: fc.integer({ min: 1, max: 4 }),
  }),
  ofType("DoorOpened", {
    vestibule,
    cause: fc.constantFrom("granted", "granted", "forced", "emergency", "override"),
  }),
  ofType("CardholderRemoved", { cardholder: person }),
  ofType("AreaReset", {
    cardholder: fc.option(person),
    vestibule: fc.option(vestibule),
    area: fc.constantFrom("outside", "vestibule", "secure", null),
  }),
  ofType("AlarmRaised", { vestibule }),
);

function ofType(
  type: string,
  payload: { readonly [key: string]: fc.Arbitrary<JsonObject[string]> },
): fc.Arbitrary<readonly [string, JsonObject]> {
  return fc.record(payload).map((made) => [type, made] as const);
}

type Step = readonly [string, JsonObject] | "saves" | "crashes" | "ends" | "diskFails";
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: record },
  fc.constantFrom("saves", "crashes", "ends", "diskFails"),
);

/** Everything that can be asked, and everything that is kept. */
function said(whereabouts: Whereabouts) {
  const people = ["anna", "bo", "cy", "di", "ed", "never seen"];
  return {
    areas: people.map((who) => whereabouts.areaOf(who)),
    occupancy: ["v1", "v2"].map((where) => whereabouts.occupancy(where)),
    known: ["v1", "v2"].map((where) => ({
      vestibule: 0,
      secure: 0,
      ...whereabouts.behind.get(where)?.count.known,
    })),
    inside: whereabouts
      .inside()
      .map(({ cardholder }) => cardholder)
      .toSorted(),
    entries: [...whereabouts.entries],
  };
}

class FailingPresence extends MemoryPresence {
  fails = false;
  override save(change: Parameters<PresenceStore["save"]>[0]): void {
    if (this.fails) throw new StorageFault("no room");
    super.save(change);
  }
}

test("what is kept in step, over restarts at any point, is what the whole journal says", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const journal = new JournalForTests();
      const store = new FailingPresence();
      let running = RecordedPresence.read(journal, store);
      for (const one of steps) {
        if (one === "diskFails") store.fails = !store.fails;
        else if (one === "saves") running.save();
        else if (one === "ends" || one === "crashes") {
          if (one === "ends") running.save();
          running = RecordedPresence.read(journal, store);
        } else {
          journal.wall += 1_000;
          running.onRecord(journal.add(...one));
        }
        expect(said(running.whereabouts)).toEqual(said(rebuiltFrom(journal)));
      }
      expect(summaryOf(running.whereabouts)).toEqual(summaryOf(rebuiltFrom(journal)));
    }),
    { numRuns: 300 },
  );
});

test("the counts are how many there are: known people, and never fewer than none", () => {
  fc.assert(
    fc.property(fc.array(record, { maxLength: 60 }), (records) => {
      const journal = new JournalForTests();
      for (const one of records) journal.add(...one);
      const whereabouts = rebuiltFrom(journal);
      for (const where of ["v1", "v2"])
        for (const area of ["vestibule", "secure"] as const) {
          const there = whereabouts.inside().filter((one) => one.vestibule === where && one.area === area);
          const { known, unknown } = whereabouts.behind.get(where)?.count ?? {
            known: { vestibule: 0, secure: 0 },
            unknown: { vestibule: 0, secure: 0 },
          };
          expect(known[area]).toBe(there.length);
          expect(known[area] + unknown[area]).toBeGreaterThanOrEqual(0);
          expect(whereabouts.occupancy(where)[area]).toBe(known[area] + unknown[area]);
        }
    }),
    { numRuns: 300 },
  );
});

test("a journal put back from a backup is another one: it is read anew, and what was saved goes", () => {
  const taken = (cardholder: string) =>
    ["AccessTaken", { vestibule: "v1", accessPoint: "inner-entry", cardholder }] as const;
  const [first, second, store] = [new JournalForTests(), new JournalForTests(), new MemoryPresence()];
  for (const who of ["anna", "bo", "cy"]) first.add(...taken(who));
  RecordedPresence.read(first, store).save();
  second.add(...taken("di"));
  // Shorter, and then as long with other records.
  expect(RecordedPresence.read(second, store).whereabouts.occupancy("v1").secure).toBe(1);
  second.add("AlarmRaised", {});
  second.add(...taken("ed"));
  const running = RecordedPresence.read(second, store);
  expect(running.whereabouts.inside().map(({ cardholder }) => cardholder)).toEqual(["di", "ed"]);
  running.save();
  expect(store.load()?.places.map(({ cardholder }) => cardholder)).toEqual(["di", "ed"]);
});

test("whoever is said to be inside, and not behind which doors, is inside none: before a restart and after it", () => {
  const journal = new JournalForTests();
  const store = new MemoryPresence();
  journal.add("AreaReset", { cardholder: "anna", vestibule: null, area: "secure" });
  const before = RecordedPresence.read(journal, store);
  expect(said(before.whereabouts)).toMatchObject({ inside: [], occupancy: [{ secure: 0 }, { secure: 0 }] });
  before.save();
  expect(said(RecordedPresence.read(journal, store).whereabouts)).toEqual(said(before.whereabouts));
});

test("a start reads what was not saved yet, and not what was", () => {
  const journal = new JournalForTests();
  const store = new MemoryPresence();
  for (let count = 0; count < 20_000; count++)
    journal.add("AccessTaken", {
      vestibule: "v1",
      accessPoint: "inner-entry",
      cardholder: `c${count % 100}`,
    });
  RecordedPresence.read(journal, store).save();
  journal.add("AccessTaken", { vestibule: "v1", accessPoint: "inner-exit", cardholder: "c1" });
  journal.queries = 0;
  expect(RecordedPresence.read(journal, store).whereabouts.areaOf("c1")).toBe("vestibule");
  expect(journal.queries).toBeLessThan(10);
});

test("what a start had read before it was ended is not read again, however often it is", () => {
  const journal = new JournalForTests();
  const store = new MemoryPresence();
  const passage = { vestibule: "v1", accessPoint: "inner-entry" };
  for (let count = 0; count < 3_000; count++)
    journal.add("AccessTaken", { ...passage, cardholder: `c${count % 90}` });
  const ended = { last: () => journal.last(), query: journal.query.bind(journal) };
  // The process is ended when it has read two thirds.
  ended.query = (query) => {
    const records = journal.query(query);
    if ((records[0]?.seq ?? 0) > 2_000) throw new Error("ended");
    return records;
  };
  expect(() => RecordedPresence.read(ended, store, 500)).toThrow("ended");
  expect(store.load()?.seq).toBeGreaterThanOrEqual(1_500);
  const after = RecordedPresence.read(journal, store, 500);
  expect(said(after.whereabouts)).toEqual(said(rebuiltFrom(journal)));
});

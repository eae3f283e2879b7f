import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { instant, wallTime } from "../time.ts";
import type { AlarmPlace, AlarmType } from "./alarm.ts";
import { needsComment } from "./kinds.ts";
import {
  type AlarmEvent,
  type AlarmInput,
  type AlarmState,
  alarmIdOf,
  deadline,
  decide,
  evolve,
  isRecorded,
  noAlarms,
  recordOf,
  resumed,
} from "./life-cycle.ts";
import { tellingWindow } from "./telling.ts";

const place: AlarmPlace = { vestibule: "v1", door: "outer" };
const at = (n: number) => ({ at: instant(n), wall: wallTime(1_793_000_000_000 + n) });
type Kind = "ConditionSeen" | "ConditionPulsed" | "ConditionGone";

/** Something that is on record by itself, and so may be counted instead of told. */
const sign = (type: Kind, n: number, alarm: AlarmType = "DoorForcedOpen"): AlarmInput =>
  ({ type, alarm, place, detail: null, evidence: [], recorded: true, ...at(n) }) as AlarmInput; // one of three that differ in little
const acknowledged = (n: number, alarm: AlarmType, comment: string): AlarmInput => ({
  ...{ type: "Acknowledged", id: alarmIdOf(alarm, place), by: "olga", comment },
  ...at(n),
});
const other = {
  Shelved: (n: number, alarm: AlarmType): AlarmInput => ({
    ...{ type: "Shelved", id: alarmIdOf(alarm, place), by: "olga", reason: "fitter" },
    ...{ until: wallTime(at(n).wall + 60_000), ...at(n) },
  }),
  Unshelved: (n: number, alarm: AlarmType): AlarmInput => ({
    ...{ type: "Unshelved", id: alarmIdOf(alarm, place), by: "olga", ...at(n) },
  }),
  Commented: (n: number, alarm: AlarmType): AlarmInput => ({
    ...{ type: "Commented", id: alarmIdOf(alarm, place), by: "olga", text: "hm", ...at(n) },
  }),
};

/** What happened, with the wakes in between that the deadline asks for. */
function run(inputs: readonly AlarmInput[], until = 0) {
  let state = noAlarms;
  const events: AlarmEvent[] = [];
  const take = (input: AlarmInput): void => {
    const made = decide(state, input);
    events.push(...made.filter(isRecorded));
    state = made.reduce(evolve, state);
  };
  const wakeUntil = (time: number): void => {
    for (let due = deadline(state); due !== undefined && due <= time; due = deadline(state))
      take({ type: "TimePassed", ...at(due) });
  };
  for (const input of inputs) {
    wakeUntil(input.at);
    take(input);
  }
  wakeUntil(until);
  return { state, events };
}

/** A contact that chatters: seen, and gone again, so many times in a minute. */
const chatter = (times: number, alarm?: AlarmType): readonly AlarmInput[] =>
  Array.from({ length: times }, (_, n) => n * (60_000 / times)).flatMap((n) => [
    sign("ConditionSeen", n, alarm),
    sign("ConditionGone", n + 10, alarm),
  ]);
const id = "v1.outer.DoorForcedOpen";

describe("a condition seen a thousand times in a minute", () => {
  const { state, events } = run(chatter(1_000), 80_000);

  test("gives few records", () => {
    expect(events.length).toBeLessThanOrEqual(26);
    expect(events.slice(0, 5).map(({ type }) => type)).toEqual([
      ...["AlarmRaised", "AlarmReturned", "AlarmRaised", "AlarmReturned", "AlarmRaised"],
    ]);
  });

  test("loses none of its count: what is told adds up", () => {
    expect(state[id]).toMatchObject({ count: 1_000, phase: "returned-unacknowledged" });
    const told = events.map((event) =>
      event.type === "AlarmRaised" ? 1 : "times" in event ? event.times : 0,
    );
    expect(told.reduce((sum, times) => sum + times, 0)).toBe(1_000);
    expect(events.findLast((event) => "count" in event)).toMatchObject({ count: 1_000 });
  });

  test("whoever follows the records knows the same in the end", () => {
    const told = events.reduce(evolve, noAlarms)[id];
    expect(told && recordOf(told)).toEqual(state[id] && recordOf(state[id]));
  });

  test("that it begins again is told at once, however often it has been told before", () => {
    let active = false;
    for (const event of events) {
      if (event.type === "AlarmRaised") active = true;
      if (event.type === "AlarmReturned") active = false;
      if (event.type === "AlarmRepeated") expect(active).toBe(true);
    }
  });

  test("pulses are counted just so", () => {
    const pulses = Array.from({ length: 1_000 }, (_, n) => sign("ConditionPulsed", n * 60, "UnknownCard"));
    const cards = run(pulses, 80_000);
    expect(cards.events.length).toBeLessThanOrEqual(30);
    expect(cards.state["v1.outer.UnknownCard"]).toMatchObject({
      count: 1_000,
      phase: "returned-unacknowledged",
    });
  });
});

describe("a flood holds nothing up", () => {
  test("another alarm in its midst is told at once", () => {
    const flooded = run(chatter(1_000)).state;
    expect(decide(flooded, sign("ConditionSeen", 60_001, "InterlockViolated"))).toMatchObject([
      { type: "AlarmRaised", alarm: "InterlockViolated", count: 1 },
    ]);
  });

  test.each(["Duress", "EmergencyRelease", "EmergencyOverride", "PersonDetained"] as const)(
    "%s is told each time, however often",
    (alarm) => {
      const { events } = run(Array.from({ length: 50 }, (_, n) => sign("ConditionSeen", n * 100, alarm)));
      expect(events.map(({ type }) => type)).toEqual(Array.from({ length: 50 }, () => "AlarmRaised"));
    },
  );

  test("one that somebody has acknowledged and that comes again is news at once", () => {
    const flooded = run(chatter(1_000).slice(0, 801)).state;
    const quiet = decide(flooded, acknowledged(30_000, "DoorForcedOpen", "patrol")).reduce(evolve, flooded);
    const [again] = decide(quiet, sign("ConditionSeen", 30_100));
    expect(again).toMatchObject({ type: "AlarmRaised" });
  });

  test("whoever acknowledges has been told the whole count", () => {
    const flooded = run(chatter(1_000).slice(0, 801)).state;
    expect(flooded[id]).toMatchObject({ count: 401, phase: "active-unacknowledged" });
    expect(decide(flooded, acknowledged(24_010, "DoorForcedOpen", "patrol"))).toMatchObject([
      { type: "AlarmRepeated", count: 401 },
      { type: "AlarmAcknowledged" },
    ]);
  });

  test("after quiet each time is told again", () => {
    const { state } = run(chatter(100), 120_000);
    expect(decide(state, sign("ConditionSeen", 120_001))).toMatchObject([
      { type: "AlarmRaised", count: 101 },
    ]);
  });

  test("what has no record of its own is never held back: it could not be counted again", () => {
    const seen = Array.from({ length: 50 }, (_, n) => ({
      ...sign("ConditionSeen", n * 100),
      recorded: false,
    }));
    expect(run(seen).events).toHaveLength(50);
  });

  test("a controller that ends tells what it has held back", () => {
    const flooded = run(chatter(1_000).slice(0, 800)).state;
    const events = decide(flooded, { type: "Closing", ...at(24_000) });
    expect(events).toMatchObject([{ type: "AlarmRepeated", count: 400 }, { type: "AlarmReturned" }]);
    expect(deadline(events.reduce(evolve, flooded))).toBeUndefined();
  });
});

const alarms = ["DoorForcedOpen", "InterlockViolated", "Duress", "ContactFault"] as const;
const anInput = fc.record({
  alarm: fc.constantFrom(...alarms),
  wait: fc.integer({ min: 0, max: 3_000 }),
  what: fc.constantFrom(
    ...(["ConditionSeen", "ConditionSeen", "ConditionPulsed", "ConditionGone"] as const),
    ...(["empty", "words", "Shelved", "Unshelved", "Commented", "restart"] as const),
  ),
});

test("whatever happens: no alarm is lost, no count decreases or goes untold, and nothing but a comment clears those four", () => {
  fc.assert(
    fc.property(fc.array(anInput, { maxLength: 80 }), (steps) => {
      let state: AlarmState = noAlarms;
      /** As somebody has it who knows the records only. */
      let told: AlarmState = noAlarms;
      let now = 0;
      const take = (input: AlarmInput): void => {
        const events = decide(state, input);
        state = events.reduce(evolve, state);
        told = events.filter(isRecorded).reduce(evolve, told);
      };
      for (const { alarm, wait, what } of steps) {
        now += wait;
        for (let due = deadline(state); due !== undefined && due <= now; due = deadline(state))
          take({ type: "TimePassed", ...at(due) });
        const which = alarmIdOf(alarm, place);
        const before = state[which];
        if (what === "restart") state = resumed(state, at(now));
        else if (what === "empty") take(acknowledged(now, alarm, " "));
        else if (what === "words") take(acknowledged(now, alarm, "seen to"));
        else if (what === "Shelved" || what === "Unshelved" || what === "Commented")
          take(other[what](now, alarm));
        else take(sign(what, now, alarm));
        const open = state[which];
        const isSeen = what === "ConditionSeen" || what === "ConditionPulsed";
        if (isSeen) expect(open?.count).toBe((before?.count ?? 0) + 1);
        if (what === "ConditionSeen") expect(open?.phase).toBe("active-unacknowledged");
        // Everybody knows at once that it is there and that nobody has seen to it.
        if (isSeen) expect(told[which]?.phase.endsWith("-unacknowledged")).toBe(true);
        if (what === "ConditionSeen") expect(told[which]?.phase).toBe("active-unacknowledged");
        if (before !== undefined && open !== undefined)
          expect(open.count).toBeGreaterThanOrEqual(before.count);
        if (before !== undefined && open === undefined) {
          expect(["words", "empty", "ConditionGone", "Unshelved"]).toContain(what);
          if (needsComment(alarm) && before.phase.endsWith("-unacknowledged")) expect(what).toBe("words");
        }
        if (needsComment(alarm) && what !== "words" && before?.phase === "returned-unacknowledged" && !isSeen)
          expect(open?.phase).toBe("returned-unacknowledged");
        if (alarm !== "ContactFault") expect(open?.shelved ?? null).toBeNull();
      }
      // In the end nobody who followed is behind.
      now += 2 * tellingWindow + 120_000;
      for (let due = deadline(state); due !== undefined && due <= now; due = deadline(state))
        take({ type: "TimePassed", ...at(due) });
      for (const [which, open] of Object.entries(state))
        expect(told[which]).toMatchObject({ count: open.count, phase: open.phase, shelved: null });
      expect(Object.keys(told).toSorted()).toEqual(Object.keys(state).toSorted());
    }),
  );
});

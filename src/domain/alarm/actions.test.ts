import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { wallTime } from "../time.ts";
import {
  type AlarmHappening,
  decideFiring,
  evolveFiring,
  type Firing,
  nothingFired,
  quietTime,
} from "./actions.ts";

const start = 1_793_000_000_000;
const id = "v1.outer.DoorForcedOpen";

const raised = (second: number, of = id): AlarmHappening => ({
  type: "AlarmRaised",
  id: of,
  wall: wallTime(start + second * 1_000),
  alarm: "DoorForcedOpen",
  priority: "critical",
  place: { vestibule: "v1", door: "outer" },
  count: 1,
  detail: null,
  evidence: [],
});
const happened = (
  type: Exclude<AlarmHappening["type"], "AlarmRaised" | "AlarmUnshelved">,
  of = id,
): AlarmHappening => ({ type, id: of });
const off = (because: "operator" | "time", second: number, of = id): AlarmHappening => ({
  ...{ type: "AlarmUnshelved", id: of, because },
  wall: wallTime(start + second * 1_000),
});
const [returned, acknowledged] = [happened("AlarmReturned"), happened("AlarmAcknowledged")];
const [shelved, unshelved] = [happened("AlarmShelved"), off("operator", 1)];

/** Of each event whether it fired. */
function fires(events: readonly AlarmHappening[]): readonly (Firing | undefined)[] {
  let state = nothingFired;
  return events.map((event) => {
    const firing = decideFiring(state, event);
    state = evolveFiring(state, event);
    return firing;
  });
}
const firedAt = (...events: readonly AlarmHappening[]): readonly number[] =>
  fires(events).flatMap((firing) => (firing === undefined ? [] : [(firing.wall - start) / 1_000]));

describe("an alarm's actions", () => {
  test.each<{ is: string; events: readonly AlarmHappening[]; at: readonly number[] }>([
    { is: "fire when it is raised first", events: [raised(0)], at: [0] },
    { is: "not for a repeat, however late", events: [raised(0), raised(1), raised(500)], at: [0] },
    { is: "again after an acknowledgement", events: [raised(0), acknowledged, raised(1)], at: [0, 1] },
    { is: "again a while after its return", events: [raised(0), returned, raised(61)], at: [0, 61] },
    { is: "not when it flaps", events: [raised(0), returned, raised(5), returned, raised(10)], at: [0] },
    {
      is: "at most once in the quiet time while it flaps on",
      events: [raised(0), returned, raised(59), returned, raised(60), returned, raised(61)],
      at: [0, 60],
    },
    { is: "anew once it was normal", events: [raised(0), returned, acknowledged, raised(1)], at: [0, 1] },
    { is: "the order of the two aside", events: [raised(0), acknowledged, returned, raised(1)], at: [0, 1] },
    {
      is: "at the end of its time on the shelf, where it was raised there and goes on",
      events: [raised(0), shelved, returned, raised(10), off("time", 60)],
      at: [0, 60],
    },
    {
      is: "not for what nobody has to be told of then: over, seen to, taken down by somebody, or told before",
      events: [
        ...[raised(0), shelved, raised(10), returned, off("time", 60)],
        ...[shelved, raised(70), acknowledged, off("time", 80)],
        ...[shelved, returned, raised(90), off("operator", 95), shelved, off("time", 100)],
      ],
      at: [0],
    },
    { is: "not while it is shelved", events: [raised(0), shelved, acknowledged, raised(1)], at: [0] },
    { is: "not where it was shelved before", events: [shelved, raised(0), raised(5)], at: [] },
    { is: "of what is raised after the shelf", events: [shelved, raised(0), unshelved, raised(5)], at: [5] },
    { is: "although the clock was put back", events: [raised(0), returned, raised(-3600)], at: [0, -3600] },
    { is: "of another alarm as if it were alone", events: [raised(0), raised(1, "x.Duress")], at: [0, 1] },
  ])("$is", ({ events, at }) => expect(firedAt(...events)).toEqual(at));
});

const ids = [id, "v1.inner.DoorForcedOpen", "v1.outer-entry.Duress"] as const;
const anyEvents = fc
  .array(
    fc.record({
      of: fc.constantFrom(...ids),
      type: fc.constantFrom(
        ...(["AlarmRaised", "AlarmRaised", "AlarmReturned", "AlarmAcknowledged"] as const),
        ...(["AlarmShelved", "AlarmUnshelved"] as const),
      ),
      later: fc.integer({ min: 0, max: 40 }),
    }),
    { maxLength: 60 },
  )
  .map((steps) => {
    let now = 0;
    return steps.map(({ of, type, later }): AlarmHappening => {
      now += later;
      if (type === "AlarmUnshelved") return off(now % 2 === 0 ? "time" : "operator", now, of);
      return type === "AlarmRaised" ? raised(now, of) : happened(type, of);
    });
  });

describe("whatever happens to alarms", () => {
  test("between two firings of one alarm somebody acknowledged it, or it returned and was quiet, or its shelf's time was over", () =>
    fc.assert(
      fc.property(anyEvents, (events) => {
        const fired = fires(events);
        for (const of of ids) {
          let before: number | undefined;
          fired.forEach((firing, index) => {
            if (firing?.id !== of) return;
            if (before !== undefined) {
              const between = events.slice(before + 1, index).filter((event) => event.id === of);
              const has = (type: AlarmHappening["type"]) => between.some((event) => event.type === type);
              const passed = firing.wall - (fired[before]?.wall ?? 0);
              if (events[index]?.type === "AlarmUnshelved") expect(has("AlarmShelved")).toBe(true);
              else
                expect(
                  has("AlarmAcknowledged") || (has("AlarmReturned") && passed >= quietTime),
                  `${before} and ${index} of ${JSON.stringify(events)}`,
                ).toBe(true);
            }
            before = index;
          });
        }
      }),
    ));

  test("a flood of others takes nothing from an alarm: a duress is heard as if it were alone", () =>
    fc.assert(
      fc.property(anyEvents, (events) => {
        const together = fires(events).filter((firing) => firing?.id === ids[2]);
        const alone = fires(events.filter((event) => event.id === ids[2])).filter((firing) => firing);
        expect(together).toEqual(alone);
      }),
    ));

  test("the first raise of an alarm that is not shelved always fires, and a shelved one never", () =>
    fc.assert(
      fc.property(anyEvents, (events) => {
        const fired = fires(events);
        const shelf = new Set<string>();
        const known = new Set<string>();
        events.forEach((event, index) => {
          if (event.type === "AlarmShelved") shelf.add(event.id);
          if (event.type === "AlarmUnshelved") {
            shelf.delete(event.id);
            if (fired[index] !== undefined) known.add(event.id);
          }
          if (event.type !== "AlarmRaised") return;
          if (shelf.has(event.id)) expect(fired[index]).toBeUndefined();
          else {
            if (!known.has(event.id)) expect(fired[index]).toBeDefined();
            known.add(event.id);
          }
        });
      }),
    ));

  test("what is remembered is bounded by the alarms that are not normal", () =>
    fc.assert(
      fc.property(anyEvents, (events) => {
        const state = events.reduce(evolveFiring, nothingFired);
        for (const one of Object.values(state))
          expect(one.returned && one.acknowledged && !one.shelved).toBe(false);
      }),
    ));
});

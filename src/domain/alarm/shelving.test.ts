import { describe, expect, test } from "vitest";
import { instant, type Milliseconds, wallTime } from "../time.ts";
import type { AlarmPlace, AlarmPriority, AlarmType } from "./alarm.ts";
import { isShelvable, mostComments, priorityOf } from "./kinds.ts";
import {
  type AlarmEvent,
  type AlarmInput,
  type AlarmState,
  alarmIdOf,
  deadline,
  decide,
  evolve,
  noAlarms,
  resumed,
} from "./life-cycle.ts";

const hour: Milliseconds = 3_600_000;
const place: AlarmPlace = { vestibule: "v1", door: "outer" };
const at = (n: Milliseconds) => ({ at: instant(n), wall: wallTime(1_793_000_000_000 + n) });
const seen = (alarm: AlarmType, n = 0): AlarmInput => ({
  ...{ type: "ConditionSeen", alarm, place, detail: null, evidence: [] },
  ...at(n),
});
const gone = (alarm: AlarmType, n: number): AlarmInput => ({ type: "ConditionGone", alarm, place, ...at(n) });
const order = (alarm: AlarmType, n: number) => ({ id: alarmIdOf(alarm, place), by: "olga", ...at(n) });
const shelve = (alarm: AlarmType, n: number, length: Milliseconds = hour, reason = "fitter"): AlarmInput => ({
  ...{ type: "Shelved", reason, until: wallTime(at(n).wall + length) },
  ...order(alarm, n),
});
const unshelve = (alarm: AlarmType, n: number): AlarmInput => ({ type: "Unshelved", ...order(alarm, n) });
const acknowledge = (alarm: AlarmType, n: number): AlarmInput => ({
  ...{ type: "Acknowledged", comment: "seen" },
  ...order(alarm, n),
});
const comment = (alarm: AlarmType, n: number, text: string): AlarmInput => ({
  ...{ type: "Commented", text },
  ...order(alarm, n),
});
const passed = (n: number): AlarmInput => ({ type: "TimePassed", ...at(n) });

function after(...inputs: readonly AlarmInput[]): AlarmState {
  return inputs.reduce<AlarmState>((state, input) => decide(state, input).reduce(evolve, state), noAlarms);
}
const types = (events: readonly AlarmEvent[]): readonly string[] => events.map(({ type }) => type);
const held = "DoorHeldOpen";
const id = alarmIdOf(held, place);

describe("shelving", () => {
  test("is on record with who, until when and why, and leaves the rest as it is", () => {
    const [event] = decide(after(seen(held)), shelve(held, 5));
    expect(event).toMatchObject({ type: "AlarmShelved", by: "olga", reason: "fitter", alarm: held, place });
    expect(after(seen(held), shelve(held, 5))[id]).toMatchObject({
      phase: "active-unacknowledged",
      shelved: { by: "olga", at: at(5).wall, until: at(5 + hour).wall, reason: "fitter" },
    });
  });

  test.each([
    ["without a reason", shelve(held, 5, hour, "  ")],
    ["for longer than the limit", shelve(held, 5, 8 * hour + 1)],
    ["until a time that has passed", shelve(held, 5, 0)],
    ["where none is open", shelve("LockFault", 5)],
  ])("is refused %s", (_, input) => {
    expect(decide(after(seen(held)), input)).toEqual([]);
  });

  test("the limit is the site's", () => {
    const policy = { longestShelving: hour };
    expect(types(decide(after(seen(held)), shelve(held, 5, hour), policy))).toEqual(["AlarmShelved"]);
    expect(decide(after(seen(held)), shelve(held, 5, hour + 1), policy)).toEqual([]);
  });

  test("ends by itself, at its time and not before", () => {
    const state = after(seen(held), shelve(held, 5));
    expect(deadline(state)).toBe(5 + hour);
    expect(decide(state, passed(4 + hour))).toEqual([]);
    expect(decide(state, passed(5 + hour))).toMatchObject([
      { type: "AlarmUnshelved", because: "time", by: null },
    ]);
    expect(after(seen(held), shelve(held, 5), passed(5 + hour))[id]).toMatchObject({
      phase: "active-unacknowledged",
      shelved: null,
    });
  });

  test("ends by an operator's word; of one that is not shelved it means nothing", () => {
    expect(decide(after(seen(held), shelve(held, 5)), unshelve(held, 9))).toMatchObject([
      { type: "AlarmUnshelved", because: "operator", by: "olga" },
    ]);
    expect(decide(after(seen(held)), unshelve(held, 9))).toEqual([]);
  });

  test("counts on", () => {
    const state = after(
      seen(held),
      shelve(held, 5),
      gone(held, 6),
      seen(held, 7),
      gone(held, 8),
      seen(held, 9),
    );
    expect(state[id]).toMatchObject({ count: 3, shelved: { by: "olga" } });
  });

  test("one that goes back to normal stays on its shelf, or its next time would demand attention", () => {
    const quiet = [seen(held), shelve(held, 5), acknowledge(held, 6), gone(held, 7)];
    expect(after(...quiet)[id]).toMatchObject({ phase: "normal", shelved: { by: "olga" } });
    expect(after(...quiet, seen(held, 8))[id]).toMatchObject({ phase: "active-unacknowledged", count: 2 });
    expect(after(...quiet, seen(held, 8))[id]?.shelved).not.toBeNull();
    expect(after(...quiet, passed(5 + hour))).toEqual({});
    expect(after(...quiet, unshelve(held, 8))).toEqual({});
    expect(decide(after(...quiet), shelve(held, 8))).toEqual([]);
  });
});

describe("what must never be silenced", () => {
  const never = [
    ...["Duress", "InterlockViolated", "EmergencyRelease", "EmergencyOverride", "DoorForcedOpen"],
    ...["ControllerLost", "StorageFault", "AuditBroken", "Tampered", "PersonDetained"],
    ...["LostCardUsed", "PresentationAttack", "Tailgating"],
  ] as const;
  test.each(never as readonly AlarmType[])("%s cannot be shelved", (alarm) => {
    expect(isShelvable({ type: alarm, priority: priorityOf[alarm] })).toBe(false);
    expect(decide(after(seen(alarm)), shelve(alarm, 5))).toEqual([]);
  });

  test.each(["ContactFault", "CameraLost", "BatteryLow", "UnknownCard", "BrokerLost"] as const)(
    "%s, which troubles equipment, can",
    (alarm) => {
      expect(types(decide(after(seen(alarm)), shelve(alarm, 5)))).toEqual(["AlarmShelved"]);
    },
  );

  test("nothing that is critical ever can", () => {
    const all = Object.entries(priorityOf) as [AlarmType, AlarmPriority][]; // keys of a literal
    for (const [type, priority] of all)
      if (priority === "critical") expect(isShelvable({ type, priority }), type).toBe(false);
  });

  test("a rise in priority takes it off its shelf, and is told at once", () => {
    const shelved = after(seen(held), shelve(held, 5));
    const lower = { ...shelved, [id]: { ...shelved[id], priority: "low" } } as AlarmState; // as it was raised then
    const events = decide(lower, seen(held, 9));
    expect(events).toMatchObject([{ type: "AlarmUnshelved", because: "priority" }, { type: "AlarmRaised" }]);
    expect(events.reduce(evolve, lower)[id]?.shelved).toBeNull();
  });
});

describe("after a restart", () => {
  const shelved = after(seen(held), shelve(held, 5));
  /** In another boot the monotonic clock has begun again. */
  const later = (wall: number) => resumed(shelved, { at: instant(100), wall: wallTime(wall) });

  test("what is left of the shelving is left, by the wall clock", () => {
    expect(deadline(later(at(5).wall + hour / 2))).toBe(100 + hour / 2);
    expect(deadline(later(at(5).wall + 2 * hour))).toBe(100);
  });

  test("A9: a wall clock set back makes it no longer than it was", () => {
    expect(deadline(later(at(5).wall - 1_000 * hour))).toBe(100 + hour);
  });
});

describe("comments", () => {
  test("are kept, each with who and when, until the alarm is normal", () => {
    const state = after(
      seen(held),
      comment(held, 1, "on the way"),
      acknowledge(held, 2),
      comment(held, 3, "wedge"),
    );
    expect(state[id]?.comments).toEqual([
      { by: "olga", at: at(1).wall, text: "on the way" },
      { by: "olga", at: at(3).wall, text: "wedge" },
    ]);
    expect(after(seen(held), comment(held, 1, "x"), gone(held, 2), acknowledge(held, 3))).toEqual({});
  });

  test("say something, belong to an open alarm, and are not without number", () => {
    expect(decide(after(seen(held)), comment(held, 1, " "))).toEqual([]);
    expect(decide(noAlarms, comment(held, 1, "what?"))).toEqual([]);
    const many = Array.from({ length: mostComments }, (_, n) => comment(held, n, `no. ${n}`));
    expect(after(seen(held), ...many)[id]?.comments).toHaveLength(mostComments);
    expect(decide(after(seen(held), ...many), comment(held, 999, "one more"))).toEqual([]);
  });

  test("clear nothing: a comment is no acknowledgement", () => {
    const violated = after(seen("InterlockViolated"), gone("InterlockViolated", 1));
    const commented = decide(violated, comment("InterlockViolated", 2, "both wedged"));
    expect(types(commented)).toEqual(["AlarmCommented"]);
    expect(commented.reduce(evolve, violated)["v1.outer.InterlockViolated"]?.phase).toBe(
      "returned-unacknowledged",
    );
  });
});

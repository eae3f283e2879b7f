import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { instant, wallTime } from "../time.ts";
import type { AlarmPhase, AlarmPlace, AlarmRecord, AlarmType } from "./alarm.ts";
import {
  type AlarmEvent,
  type AlarmInput,
  type AlarmState,
  alarmIdOf,
  decide,
  evolve,
  needsComment,
  noAlarms,
  priorityOf,
  recordOf,
} from "./life-cycle.ts";

const place: AlarmPlace = { vestibule: "v1", door: "outer" };
const id = "v1.outer.DoorForcedOpen";

/** The n-th thing that happens, a second after the one before. */
const at = (n: number) => ({ at: instant(n * 1_000), wall: wallTime(1_793_000_000_000 + n * 1_000) });
const seen = (n: number, evidence: readonly string[] = []): AlarmInput => ({
  type: "ConditionSeen",
  alarm: "DoorForcedOpen",
  place,
  detail: `seen ${n}`,
  evidence,
  ...at(n),
});
const pulsed = (n: number): AlarmInput => ({ ...seen(n), type: "ConditionPulsed" }) as AlarmInput; // the two differ in their type only
const gone = (n: number): AlarmInput => ({ type: "ConditionGone", alarm: "DoorForcedOpen", place, ...at(n) });
const acknowledged = (n: number, comment = ""): AlarmInput => ({
  type: "Acknowledged",
  id,
  by: "olga",
  comment,
  ...at(n),
});
const evidence = (hash: string): AlarmInput => ({
  type: "EvidenceAdded",
  at: instant(0),
  alarm: "DoorForcedOpen",
  place,
  evidence: hash,
});

function after(...inputs: readonly AlarmInput[]): AlarmState {
  return inputs.reduce<AlarmState>((state, input) => decide(state, input).reduce(evolve, state), noAlarms);
}
const phaseAfter = (...inputs: readonly AlarmInput[]): AlarmPhase => after(...inputs)[id]?.phase ?? "normal";
function recordAfter(...inputs: readonly AlarmInput[]): AlarmRecord | undefined {
  const open = after(...inputs)[id];
  return open && recordOf(open);
}

describe("ISA-18.2: every transition", () => {
  test.each<{
    readonly from: AlarmPhase;
    readonly history: readonly AlarmInput[];
    readonly to: readonly AlarmPhase[];
  }>([
    {
      from: "normal",
      history: [],
      to: ["active-unacknowledged", "returned-unacknowledged", "normal", "normal"],
    },
    {
      from: "active-unacknowledged",
      history: [seen(1)],
      to: [
        "active-unacknowledged",
        "returned-unacknowledged",
        "returned-unacknowledged",
        "active-acknowledged",
      ],
    },
    {
      from: "active-acknowledged",
      history: [seen(1), acknowledged(2)],
      to: ["active-unacknowledged", "returned-unacknowledged", "normal", "active-acknowledged"],
    },
    {
      from: "returned-unacknowledged",
      history: [seen(1), gone(2)],
      to: ["active-unacknowledged", "returned-unacknowledged", "returned-unacknowledged", "normal"],
    },
  ])("from $from: seen, pulsed, gone, acknowledged → $to", ({ from, history, to }) => {
    expect(phaseAfter(...history)).toBe(from);
    expect(
      [seen(9), pulsed(9), gone(9), acknowledged(9)].map((input) => phaseAfter(...history, input)),
    ).toEqual(to);
  });

  test("what changes nothing is no event", () => {
    expect(decide(noAlarms, gone(1))).toEqual([]);
    expect(decide(noAlarms, acknowledged(1))).toEqual([]);
    expect(decide(after(seen(1), gone(2)), gone(3))).toEqual([]);
    expect(decide(after(seen(1), acknowledged(2)), acknowledged(3))).toEqual([]);
    expect(decide(noAlarms, evidence("aa"))).toEqual([]);
  });
});

describe("the record", () => {
  test("says what, where, since when and how often", () => {
    expect(recordAfter(seen(1), seen(2), seen(3))).toEqual({
      id,
      type: "DoorForcedOpen",
      priority: "critical",
      place,
      phase: "active-unacknowledged",
      since: at(1).wall,
      lastAt: at(3).at,
      count: 3,
      evidence: [],
      detail: "seen 3",
      acknowledged: null,
      shelved: null,
      comments: [],
    });
  });

  test("says who acknowledged it and what they wrote, until it is seen again", () => {
    expect(recordAfter(seen(1), acknowledged(2, "patrol sent"))?.acknowledged).toEqual({
      by: "olga",
      at: at(2).wall,
      comment: "patrol sent",
    });
    expect(recordAfter(seen(1), acknowledged(2, "patrol sent"), seen(3))).toMatchObject({
      acknowledged: null,
      count: 2,
      since: at(1).wall,
    });
  });

  test("counts from one again after it was normal", () => {
    const over = [seen(1), seen(2), gone(3), acknowledged(4)];
    expect(recordAfter(...over, seen(5))).toMatchObject({ count: 1, since: at(5).wall });
    expect(recordAfter(seen(1), seen(2), gone(3), seen(5))).toMatchObject({ count: 3, since: at(1).wall });
  });

  test("keeps the newest sixteen pictures, whichever way they come", () => {
    const hashes = Array.from({ length: 20 }, (_, index) => `h${index}`);
    expect(recordAfter(seen(1), ...hashes.map(evidence))?.evidence).toEqual(hashes.slice(4));
    expect(recordAfter(seen(1, hashes.slice(0, 12)), seen(2, hashes.slice(12)))?.evidence).toEqual(
      hashes.slice(4),
    );
  });

  test("a picture that comes when the alarm has been dealt with belongs to none", () => {
    expect(after(seen(1), gone(2), acknowledged(3), evidence("aa"))).toEqual({});
  });
});

describe("what only a comment ends", () => {
  const violated: AlarmInput = {
    ...seen(1),
    alarm: "InterlockViolated",
    place: { vestibule: "v1" },
  } as AlarmInput; // another alarm of the same kind
  const signed = (comment: string): AlarmInput =>
    ({ ...acknowledged(2, comment), id: "v1.InterlockViolated" }) as AlarmInput; // the same acknowledgement of it

  test.each(["", "   ", "\n\t"])("InterlockViolated stays with the comment %j", (comment) => {
    expect(decide(after(violated), signed(comment))).toEqual([]);
  });

  test("and goes with one", () => {
    expect(decide(after(violated), signed("both doors wedged for the removal"))).toMatchObject([
      { type: "AlarmAcknowledged", comment: "both doors wedged for the removal" },
    ]);
    expect(needsComment("InterlockViolated")).toBe(true);
    expect(needsComment("DoorHeldOpen")).toBe(false);
  });

  test("A5: no sensor sees a duress end: it is over with the comment, and with nothing else", () => {
    const forced = { ...seen(1), alarm: "Duress" } as AlarmInput; // the same condition of another alarm
    const over = { ...acknowledged(2, "police on site"), id: "v1.outer.Duress" } as AlarmInput; // of that one
    expect(decide(after(forced), { ...over, comment: " " } as AlarmInput)).toEqual([]); // the same without a word
    expect(decide(after(forced), over)).toMatchObject([
      { type: "AlarmAcknowledged", comment: "police on site" },
      { type: "AlarmReturned", alarm: "Duress" },
    ]);
    expect(after(forced, over)).toEqual({});
    expect(after(forced, over, forced)).toMatchObject({ "v1.outer.Duress": { count: 1 } });
  });
});

describe("the id: place and type", () => {
  test.each<[AlarmType, AlarmPlace, string]>([
    ["DoorForcedOpen", { vestibule: "v1", door: "outer" }, "v1.outer.DoorForcedOpen"],
    ["UnknownCard", { vestibule: "v1", accessPoint: "inner-exit" }, "v1.inner-exit.UnknownCard"],
    ["CameraLost", { camera: "street" }, "street.CameraLost"],
    ["InterlockViolated", { vestibule: "v2" }, "v2.InterlockViolated"],
    ["StorageFault", {}, "site.StorageFault"],
  ])("%s at %j is %s", (alarm, where, expected) => {
    expect(alarmIdOf(alarm, where)).toBe(expected);
  });

  test("the same alarm at two places is two alarms", () => {
    const elsewhere = { ...seen(2), place: { ...place, door: "inner" } } as AlarmInput; // the same alarm at the other door
    expect(Object.keys(after(seen(1), elsewhere))).toHaveLength(2);
  });
});

test("what endangers people or the record is critical", () => {
  for (const alarm of [
    "InterlockViolated",
    "DoorForcedOpen",
    "ControllerLost",
    "StorageFault",
    "AuditBroken",
  ] as const)
    expect(priorityOf[alarm]).toBe("critical");
});

const anInput = fc
  .tuple(fc.constantFrom(seen, pulsed, gone, acknowledged), fc.nat(50))
  .map(([make, n]) => make(n));

test("nothing leaves the list but somebody's acknowledgement, and only once its cause is gone", () => {
  fc.assert(
    fc.property(fc.array(anInput, { maxLength: 30 }), (inputs) => {
      let state = noAlarms;
      let signed = false;
      for (const input of inputs) {
        const before = state[id];
        const events: readonly AlarmEvent[] = decide(state, input);
        state = events.reduce(evolve, state);
        if (input.type === "ConditionSeen" || input.type === "ConditionPulsed") signed = false;
        if (input.type === "Acknowledged") signed = true;
        if (before !== undefined && state[id] === undefined) expect(signed).toBe(true);
        if (input.type === "ConditionSeen") expect(state[id]?.phase).toBe("active-unacknowledged");
      }
    }),
  );
});

test("evolve is total: events of an alarm that is not there change nothing", () => {
  const which = { id, alarm: "DoorForcedOpen", place: { vestibule: "v1", door: "outer" } } as const;
  const events: readonly AlarmEvent[] = [
    { type: "AlarmReturned", at: instant(1), ...which },
    { type: "AlarmEvidenceAdded", at: instant(1), ...which, evidence: "aa" },
    { type: "AlarmAcknowledged", ...at(1), ...which, by: "olga", comment: "" },
  ];
  expect(events.reduce(evolve, noAlarms)).toEqual({});
});

test("whoever follows one door pair's events sees its alarms end: type and place stand in each", () => {
  const place = { vestibule: "v2", door: "inner" } as const;
  const seen = { ...at(1), alarm: "DoorHeldOpen", place } as const;
  const raised = decide(noAlarms, { type: "ConditionSeen", ...seen, detail: null, evidence: [] });
  const state = raised.reduce(evolve, noAlarms);
  const alarmId = "v2.inner.DoorHeldOpen";
  expect([
    ...decide(state, { type: "ConditionGone", ...seen }),
    ...decide(state, { type: "EvidenceAdded", ...seen, evidence: "aa" }),
    ...decide(state, { type: "Acknowledged", ...at(2), id: alarmId, by: "olga", comment: "closed" }),
  ]).toMatchObject([
    { type: "AlarmReturned", id: alarmId, alarm: "DoorHeldOpen", place },
    { type: "AlarmEvidenceAdded", id: alarmId, alarm: "DoorHeldOpen", place },
    { type: "AlarmAcknowledged", id: alarmId, alarm: "DoorHeldOpen", place },
  ]);
});

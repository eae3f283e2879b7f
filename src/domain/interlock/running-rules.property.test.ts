import fc from "fast-check";
import { expect, test } from "vitest";
import { doorNames } from "../names.ts";
import {
  asleep,
  bolt,
  contact,
  emergencyReset,
  fire,
  heartbeat,
  lockdown,
  overrideBy,
  Pair,
  passes,
  policyWith,
  ready,
  requested,
  type Step,
} from "./given.ts";
import {
  areSameRules,
  faultOfRunningRules,
  mayChangeRules,
  type RunningRules,
  runningRanges,
  runningRulesOf,
  withRunningRules,
} from "./running-rules.ts";

const time = (name: keyof typeof runningRanges) => {
  const [min, max] = runningRanges[name];
  return fc.oneof(fc.constantFrom<number>(min, max), fc.integer({ min, max }));
};
const doorRules = fc
  .record({
    releaseTime: time("releaseTime"),
    relockOnOpen: fc.boolean(),
    relockDelay: time("relockDelay"),
    heldOpenTime: time("heldOpenTime"),
    heldOpenWarning: time("heldOpenWarning"),
  })
  .map((rules) => ({ ...rules, heldOpenWarning: Math.min(rules.heldOpenWarning, rules.heldOpenTime - 1) }));
const someRules: fc.Arbitrary<RunningRules> = fc.record({
  doors: fc.record({ outer: doorRules, inner: doorRules }),
  overrideTime: time("overrideTime"),
  dwellTime: time("dwellTime"),
});

/** As the process does: taken up where nothing is released or open, and then whatever is due is woken for. */
const changed =
  (rules: RunningRules): Step =>
  (pair) => {
    if (!mayChangeRules(pair.state)) return;
    pair.policy = withRunningRules(pair.policy, rules);
    passes(0)(pair);
  };

const aDoor = fc.constantFrom(...doorNames);
const aTime = fc.constantFrom(0, 1, 100, 300, 500, 1_999, 5_000, 15_000, 31_000);
const aStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: someRules.map(changed) },
  { weight: 5, arbitrary: aTime.map(passes) },
  { weight: 1, arbitrary: aTime.map(asleep) },
  {
    weight: 5,
    arbitrary: fc
      .tuple(aDoor, fc.constantFrom("open", "closed", "closed", "fault"))
      .map((a) => contact(...a)),
  },
  {
    weight: 5,
    arbitrary: fc.tuple(aDoor, fc.nat({ max: 99 })).map(([door, n]) => requested(door, `${n} at ${door}`)),
  },
  { weight: 1, arbitrary: fc.tuple(aDoor, fc.constantFrom("thrown", "retracted")).map((a) => bolt(...a)) },
  { weight: 1, arbitrary: fc.constantFrom("active", "inactive").map(fire) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      emergencyReset,
      heartbeat(0),
      lockdown(true, "order"),
      lockdown(false, "order"),
    ),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.constantFrom("wang", "li"), fc.nat())
      .map(([who, n]) => overrideBy(`${who}-${n}`, "both")),
  },
);

const aPolicy = fc
  .record({
    bolt: fc.constantFrom("fitted", "unfitted"),
    relockOnOpen: fc.boolean(),
    onFire: fc.constantFrom("both", "none"),
  })
  .map(policyWith);

test("the invariant holds in every sequence, whatever rules are put in force at any point of it", () => {
  fc.assert(
    // The witness throws where a step breaks the invariant, and the pair where a release would have no end.
    fc.property(aPolicy, fc.array(aStep, { maxLength: 40 }), (policy, steps) => {
      const pair = new Pair(policy);
      for (const step of [ready, ...steps]) step(pair);
    }),
    { numRuns: 200 },
  );
});

test("R4: no release outlasts the time it was begun with, whatever is changed meanwhile", () => {
  fc.assert(
    fc.property(aDoor, someRules, someRules, (door, first, second) => {
      const pair = new Pair(withRunningRules(policyWith(), first));
      for (const step of [ready, requested(door, "anna"), passes(1), changed(second)]) step(pair);
      passes(first.doors[door].releaseTime - 1)(pair);
      expect(pair.state.doors[door].lock.commanded).toBe("secured");
    }),
    { numRuns: 100 },
  );
});

test("what is in range is taken, and holds as it was given", () => {
  fc.assert(
    fc.property(someRules, (rules) => {
      expect(faultOfRunningRules(rules)).toBeUndefined();
      const policy = withRunningRules(policyWith(), rules);
      expect(runningRulesOf(policy)).toEqual(rules);
      expect(areSameRules(runningRulesOf(policy), rules)).toBe(true);
      expect(areSameRules(runningRulesOf(policy), { ...rules, dwellTime: rules.dwellTime + 1 })).toBe(false);
    }),
  );
});

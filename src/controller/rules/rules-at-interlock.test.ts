import { expect, test } from "vitest";
import { quietCondition, usualRules } from "../../../test/support/quiet-condition.ts";
import { interlockPolicy, sitePlan } from "../../../test/support/site-plan-for-tests.ts";
import { type RunningRules, runningRulesOf } from "../../domain/interlock/interlock.ts";
import { instant } from "../../domain/time.ts";
import type { VestibuleReport } from "../../ports/interlock-link.ts";
import { fixedRuleBook } from "../../simulation/fixed-rule-book.ts";
import { RulesAtInterlock } from "./rules-at-interlock.ts";

const door = { contact: "closed", bolt: "thrown", lock: "secured", secure: true, since: instant(0) } as const;
const report = (rules: VestibuleReport["rules"]): readonly VestibuleReport[] => [
  { vestibule: "v1", condition: quietCondition, rules, doors: { outer: door, inner: door } },
];

/** The rules that hold, and what the interlock is told of them. */
function rulesAt() {
  const booked = fixedRuleBook(sitePlan({}).policy).with({});
  if (!booked.fits) throw new Error("a fixed book fits");
  let dwellTime = interlockPolicy.dwellTime;
  const told: RunningRules[] = [];
  const at = new RulesAtInterlock(
    () => ({ ...booked.rules, interlock: { v1: { ...interlockPolicy, dwellTime } } }),
    (_, rules) => told.push(rules),
  );
  const wanted = (time: number): RunningRules => ({ ...runningRulesOf(interlockPolicy), dwellTime: time });
  return { at, told, wanted, dwells: (time: number) => void (dwellTime = time) };
}

test("an interlock that goes by the rules is told nothing", () => {
  const { at, told } = rulesAt();
  at.onReport(report(usualRules));
  at.changed();
  expect(told).toEqual([]);
  expect(at.isAwaited("v1")).toBe(false);
});

test("it is told at once, and by every report until it goes by them or waits to", () => {
  const { at, told, wanted, dwells } = rulesAt();
  at.onReport(report(usualRules));
  dwells(60_000);
  at.changed();
  at.onReport(report(usualRules));
  expect(told).toEqual([wanted(60_000), wanted(60_000)]);
  at.onReport(report({ ...usualRules, awaited: wanted(60_000) }));
  expect([told.length, at.isAwaited("v1")]).toEqual([2, true]);
  at.onReport(report({ inForce: wanted(60_000), awaited: null }));
  expect([told.length, at.isAwaited("v1")]).toEqual([2, false]);
});

test("what it refuses is not said again, until other rules hold or another run begins", () => {
  const { at, told, wanted, dwells } = rulesAt();
  dwells(60_000);
  at.onReport(report(usualRules));
  at.onRefused("v1", wanted(60_000));
  at.onReport(report(usualRules));
  expect(told).toHaveLength(1);
  dwells(61_000);
  at.changed();
  expect(told).toHaveLength(2);
  at.onRefused("v1", wanted(61_000));
  at.onLost();
  at.onReport(report(usualRules));
  expect(told).toHaveLength(3);
});

test("of an interlock that is silent nothing is known", () => {
  const { at, told } = rulesAt();
  at.changed();
  expect([told.length, at.isAwaited("v1")]).toEqual([0, true]);
  at.onReport(report(usualRules));
  at.onLost();
  expect(at.isAwaited("v1")).toBe(true);
});

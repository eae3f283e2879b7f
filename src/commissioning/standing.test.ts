import { expect, test } from "vitest";
import { wallTime } from "../domain/time.ts";
import type { JsonObject } from "../ports/journal.ts";
import { MemoryJournal } from "../simulation/memory-journal.ts";
import { VirtualClock } from "../simulation/virtual-clock.ts";
import { isUnderWay, standingOf } from "./standing.ts";

const said = { en: "seen", zh: "现象" };
const tested = (test: string, verdict: string): readonly [string, JsonObject] => [
  "CommissioningTested",
  {
    test,
    verdict,
    finding: "x",
    operator: "eva",
    step: "doors",
    basis: "b",
    seen: said,
    todo: null,
    figures: {},
    steps: [],
  },
];

function after(...records: readonly (readonly [string, JsonObject])[]) {
  const clock = new VirtualClock();
  const journal = new MemoryJournal(clock);
  journal.append(records.map(([type, payload]) => ({ type, at: clock.now(), payload })));
  return standingOf(journal);
}

test("the record alone says where commissioning is at, and the newest result of each test counts", () => {
  const standing = after(
    ["CommissioningBegan", { operator: "eva" }],
    tested("trial.v1.outer", "failed"),
    tested("trial.v1.outer", "passed"),
  );
  expect(isUnderWay(standing)).toBe(true);
  expect(standing.results.get("trial.v1.outer")).toMatchObject({ verdict: "passed", seq: 3, seen: said });
});

test("begun anew it starts without results; ended it is under way no more", () => {
  const ended: readonly [string, JsonObject] = [
    "CommissioningEnded",
    { operator: "eva", comment: "", openPoints: ["battery"] },
  ];
  const first = after(["CommissioningBegan", { operator: "eva" }], tested("clock", "passed"), ended);
  expect([isUnderWay(first), first.ended?.openPoints]).toEqual([false, ["battery"]]);
  const second = after(["CommissioningBegan", { operator: "eva" }], tested("clock", "passed"), ended, [
    "CommissioningBegan",
    { operator: "li" },
  ]);
  expect([isUnderWay(second), second.results.size, second.ended]).toEqual([true, 0, undefined]);
  expect(isUnderWay(after())).toBe(false);
});

test("a test that is left out says why until it is done, or taken up again", () => {
  const leftOut = (reason: string | null): readonly [string, JsonObject] => [
    "CommissioningTestLeftOut",
    { test: "line.v1.battery", operator: "eva", reason },
  ];
  const begun: readonly [string, JsonObject] = ["CommissioningBegan", { operator: "eva" }];
  expect(after(begun, leftOut("no battery")).leftOut.get("line.v1.battery")).toEqual({
    operator: "eva",
    at: wallTime(new VirtualClock().wall()),
    reason: "no battery",
  });
  expect(after(begun, leftOut("no battery"), leftOut(null)).leftOut.size).toBe(0);
  expect(after(begun, leftOut("no battery"), tested("line.v1.battery", "passed")).leftOut.size).toBe(0);
});

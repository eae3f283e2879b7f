import { expect, test } from "vitest";
import { failuresIn, sum, tallyOf } from "./tally.ts";

const results = (change: object = {}): object => ({
  numPassedTests: 3,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  testResults: [{ status: "passed", assertionResults: [{}, {}, {}] }],
  ...change,
});

test("passed and failed tests are counted", () => {
  expect(tallyOf(results({ numFailedTests: 2 }), false)).toEqual({ passed: 3, failed: 2 });
  expect(tallyOf(results(), true)).toEqual({ passed: 3, failed: 0 });
});

test("a skipped test counts as failed", () => {
  expect(tallyOf(results({ numPendingTests: 1, numTodoTests: 1 }), true)).toEqual({ passed: 3, failed: 2 });
});

test("a file that could not be loaded counts as one failure", () => {
  const testResults = [{ status: "failed", assertionResults: [] }];
  expect(tallyOf(results({ testResults }), false)).toEqual({ passed: 3, failed: 1 });
});

test("a run that ended badly without a failed test counts as one failure", () => {
  expect(tallyOf(results(), false)).toEqual({ passed: 3, failed: 1 });
});

test("no results are a failure", () => {
  expect(tallyOf(undefined, true)).toEqual({ passed: 0, failed: 1 });
});

test("tallies add up", () => {
  expect(
    sum([
      { passed: 1, failed: 0 },
      { passed: 2, failed: 3 },
    ]),
  ).toEqual({ passed: 3, failed: 3 });
});

test("what failed is said in a line each, with its file and the beginning of why", () => {
  const testResults = [
    { name: "/tree/test/gone.test.ts", status: "failed", message: "no such\nmodule", assertionResults: [] },
    {
      name: "/tree/test/door.test.ts",
      status: "failed",
      assertionResults: [
        { status: "passed", fullName: "a door opens", failureMessages: [] },
        {
          status: "failed",
          fullName: "a door shuts",
          failureMessages: [`AssertionError: open\n    at ${"x".repeat(700)}`],
        },
        { status: "skipped", fullName: "a door waits", failureMessages: [] },
      ],
    },
  ];
  const lines = failuresIn(results({ testResults }), "/tree");
  expect(lines).toEqual([
    "test/gone.test.ts: not loaded: no such module",
    expect.stringMatching(/^test\/door\.test\.ts: a door shuts: AssertionError: open at x{500,}$/),
    "test/door.test.ts: a door waits: skipped",
  ]);
  expect(lines[1]?.length).toBeLessThan(700);
});

test("results that cannot be read name nothing", () => {
  expect(failuresIn(undefined, "/tree")).toEqual([]);
});

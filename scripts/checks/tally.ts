import { z } from "zod";

const Assertion = z.looseObject({
  status: z.string().optional(),
  fullName: z.string().optional(),
  failureMessages: z.array(z.string()).optional(),
});

/** The part of Vitest's JSON results that is counted and said again at the end. */
const Results = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
  testResults: z.array(
    z.looseObject({
      name: z.string().optional(),
      status: z.string(),
      message: z.string().optional(),
      assertionResults: z.array(Assertion),
    }),
  ),
});

export interface Tally {
  readonly passed: number;
  readonly failed: number;
}

export const sum = (tallies: readonly Tally[]): Tally => ({
  passed: tallies.reduce((total, { passed }) => total + passed, 0),
  failed: tallies.reduce((total, { failed }) => total + failed, 0),
});

/**
 * Counts one run of Vitest from its JSON and whether it ended well. A skipped test failed to be run; a file that
 * could not be loaded is one failure, and so is a run that ended badly for a reason no test shows.
 */
export function tallyOf(json: unknown, endedWell: boolean): Tally {
  const parsed = Results.safeParse(json);
  if (!parsed.success) return { passed: 0, failed: 1 };
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = parsed.data;
  const unloaded = testResults.filter(
    ({ status, assertionResults }) => status === "failed" && assertionResults.length === 0,
  ).length;
  const failed = numFailedTests + numPendingTests + numTodoTests + unloaded;
  return { passed: numPassedTests, failed: failed === 0 && !endedWell ? 1 : failed };
}

const longestReason = 600;

/** One line for each test that did not pass: its file below `root`, its name and the beginning of why. */
export function failuresIn(json: unknown, root: string): readonly string[] {
  const parsed = Results.safeParse(json);
  if (!parsed.success) return [];
  return parsed.data.testResults.flatMap(({ name = "", status, message = "", assertionResults }) => {
    const file = name.startsWith(`${root}/`) ? name.slice(root.length + 1) : name;
    const line = (title: string, reason: string): string =>
      [file, title, reason.replaceAll(/\s+/g, " ").slice(0, longestReason)]
        .filter((part) => part !== "")
        .join(": ");
    if (status === "failed" && assertionResults.length === 0) return [line("not loaded", message)];
    return assertionResults
      .filter((one) => one.status !== "passed")
      .map(({ fullName = "", failureMessages = [], status: how = "" }) =>
        line(fullName.trim(), failureMessages[0] ?? how),
      );
  });
}

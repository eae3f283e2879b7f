import { z } from "zod";

/** The part of Vitest's JSON results that is counted. */
const Results = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.unknown()) })),
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

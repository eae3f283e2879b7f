import type { TestView } from "../ports/services/commissioning-services.ts";
import type { CommissionedSite } from "./commissioned-site.ts";
import type { RecordedResult, Standing } from "./standing.ts";
import type { PlannedTest } from "./test-plan.ts";

/** Each test with what the record says of it; of what has been changed since that it is to be tried again. */
export const testViews = (
  planned: readonly PlannedTest[],
  { results, leftOut }: Standing,
  basis: CommissionedSite["basis"] | undefined,
): readonly TestView[] =>
  planned.map(({ vestibule, door, accessPoint, camera, line, ...test }): TestView => {
    const result = results.get(test.id);
    const isOld = result !== undefined && result.basis !== basis?.[test.step];
    return {
      ...test,
      vestibule: vestibule ?? null,
      door: door ?? null,
      accessPoint: accessPoint ?? null,
      camera: camera ?? null,
      line: line ?? null,
      state: result === undefined ? "untried" : isOld ? "outdated" : result.verdict,
      result: result === undefined ? null : shown(result),
      leftOut: leftOut.get(test.id) ?? null,
    };
  });

function shown({ step: _step, basis: _basis, ...result }: RecordedResult): TestView["result"] {
  return result;
}

export function countsOf(tests: readonly TestView[]) {
  const count = (...which: readonly TestView["state"][]): number =>
    tests.filter(({ state }) => which.includes(state)).length;
  return {
    passed: count("passed"),
    doubtful: count("doubtful"),
    failed: count("failed"),
    untried: count("untried", "outdated"),
  };
}

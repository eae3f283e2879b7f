import { describe, expect, test, vi } from "vitest";
import { explored } from "../scripts/exploration/explored.ts";
import { isClean } from "../scripts/exploration/report.ts";
import { rulesOf } from "../scripts/exploration/rules.ts";
import { variants } from "../scripts/exploration/variants.ts";

const rules = await rulesOf();

// Nothing here waits: the time is that of a machine which does other things as well.
vi.setConfig({ testTimeout: 300_000 });

/** The whole of it, a million states, is `npm run prove`; these are the variants that take seconds, each complete. */
describe("every state the interlock can come to, of the variant", () => {
  test.each(variants.filter(({ short }) => short))("$name", (variant) => {
    const report = explored(rules, variant);
    expect(report.traces).toEqual([]);
    expect(isClean(report)).toBe(true);
    // An explorer that stood still would find nothing wrong either.
    expect(report.states).toBeGreaterThan(500);
    expect(report.transitions).toBeGreaterThan(10_000);
  });
});

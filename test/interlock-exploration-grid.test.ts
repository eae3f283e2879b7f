import { expect, test, vi } from "vitest";
import { Explorer } from "../scripts/exploration/explorer.ts";
import { rulesOf } from "../scripts/exploration/rules.ts";
import type { Variant } from "../scripts/exploration/variant.ts";
import { variants } from "../scripts/exploration/variants.ts";

const rules = await rulesOf();

// Nothing here waits: the time is that of a machine which does other things as well.
vi.setConfig({ testTimeout: 300_000 });

function shapesOf(
  variant: Variant,
  step: number,
): { readonly states: number; readonly shapes: readonly string[] } {
  const explorer = new Explorer(rules, { ...variant, step });
  const { states, fixpoint, violations } = explorer.run();
  expect({ fixpoint, violations }).toEqual({ fixpoint: true, violations: [] });
  return { states, shapes: [...explorer.shapes()].toSorted() };
}

test.each(variants.filter(({ name }) => name.startsWith("grid")))(
  "$name: one finer finds more instants and nothing else",
  (variant) => {
    const coarse = shapesOf(variant, variant.step);
    const fine = shapesOf(variant, variant.step / 2);
    expect(fine.states).toBeGreaterThan(coarse.states);
    expect(fine.shapes).toEqual(coarse.shapes);
  },
);

import type { JsonObject } from "../../ports/journal.ts";
import type { LineView } from "../../ports/services/commissioning-finds.ts";
import type { Said, TestView } from "../../ports/services/commissioning-services.ts";

/** All that a commissioning report says, as its JSON has it. */
export interface CommissioningFacts {
  readonly schema: 1;
  readonly site: { readonly id: string; readonly name: Said; readonly timeZone: string };
  readonly box: { readonly version: string; readonly node: string; readonly machine: string };
  readonly board: string;
  /** SHA-256 of the configuration that ran, and of the file that it was read from. */
  readonly configuration: { readonly hash: string; readonly file: string };
  readonly begun: { readonly operator: string; readonly at: string };
  readonly ended: {
    readonly operator: string;
    readonly at: string;
    readonly comment: string;
    readonly openPoints: readonly string[];
  };
  /** The record that ended it; what is proven of the journal is proven of the tests. */
  readonly journal: { readonly seq: number; readonly hash: string };
  readonly wiring: readonly Pick<LineView, "name" | "direction" | "chip" | "line" | "terminal">[];
  readonly tests: readonly CommissioningFactsTest[];
}

export interface CommissioningFactsTest extends Pick<TestView, "id" | "step" | "title" | "state"> {
  readonly result:
    | (Omit<NonNullable<TestView["result"]>, "at"> & { readonly at: string; readonly figures: JsonObject })
    | null;
  readonly leftOut: { readonly operator: string; readonly at: string; readonly reason: string } | null;
}

import type { CommissioningTest, RunningTest } from "../model.ts";
import { useSaid } from "../use-said.ts";
import { Verdict } from "./verdict.tsx";

type Results = RunningTest["done"] | NonNullable<CommissioningTest["result"]>["steps"];

/** Of a test with several steps, each: asked, seen, verdict. */
export function StepResults({ steps }: { readonly steps: Results }) {
  const said = useSaid();
  if (steps.length === 0) return null;
  return (
    <ol className="commission-step-results">
      {steps.map((step) => (
        <li key={step.asked.en} data-standing={step.verdict}>
          <span>{said(step.asked)}</span>
          <strong>{said(step.seen)}</strong>
          <Verdict standing={step.verdict} />
        </li>
      ))}
    </ol>
  );
}

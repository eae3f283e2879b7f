import type { ReactNode } from "react";

/** A fact, good or not: told by a mark and by its words, not by its colour alone. `mild`: a choice, and no fault. */
export function Fact(props: {
  readonly good: boolean;
  readonly mild?: boolean;
  readonly children: ReactNode;
}) {
  const { good, mild = false, children } = props;
  return (
    <p className="health-fact" data-good={good} data-mild={mild}>
      <span className="health-light" aria-hidden="true">
        {good ? "✓" : "!"}
      </span>
      <span>{children}</span>
    </p>
  );
}

import { type ReactNode, useId } from "react";

/** One part of the box. */
export function Panel(props: {
  readonly title: string;
  readonly actions?: ReactNode;
  readonly wide?: boolean;
  readonly children: ReactNode;
}) {
  const id = useId();
  return (
    <section className="panel system-panel" data-wide={props.wide ?? false} aria-labelledby={id}>
      <div className="panel-head">
        <h3 id={id}>{props.title}</h3>
        {props.actions}
      </div>
      {props.children}
    </section>
  );
}

/** A fact, good or not: told by a mark and by its words, not by its colour alone. `mild`: a choice, and no fault. */
export function Fact(props: {
  readonly good: boolean;
  readonly mild?: boolean;
  readonly children: ReactNode;
}) {
  const { good, mild = false, children } = props;
  return (
    <p className="system-fact" data-good={good} data-mild={mild}>
      <span className="health-light" aria-hidden="true">
        {good ? "✓" : "!"}
      </span>
      <span>{children}</span>
    </p>
  );
}

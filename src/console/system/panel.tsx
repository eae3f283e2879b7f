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

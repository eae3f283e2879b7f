import { Card, Typography } from "antd";
import { type ReactNode, useId } from "react";
import type { Person } from "./people-queries.ts";
import type { RunChange } from "./use-person-change.tsx";

/** What every part of a person's page is given. */
export interface PersonPartProps {
  readonly person: Person;
  /** In the reader's script. */
  readonly name: string;
  readonly run: RunChange;
  readonly mayChange: boolean;
}

export function PersonPart(props: { readonly heading: string; readonly children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <Card
        size="small"
        title={
          <Typography.Title level={3} id={id} className="part-heading">
            {props.heading}
          </Typography.Title>
        }
      >
        {props.children}
      </Card>
    </section>
  );
}

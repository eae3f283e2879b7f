import { Alert, Button, Flex } from "antd";
import type { FormEvent, ReactNode } from "react";
import type { Submission } from "./use-submit.ts";

/** A form that asks for passwords and codes: its fields, what went wrong, and one button. */
export function CredentialForm(props: {
  readonly submission: Submission;
  readonly button: string;
  readonly disabled?: boolean;
  readonly children: ReactNode;
}) {
  const { working, failure, submit } = props.submission;
  const send = (event: FormEvent): void => {
    event.preventDefault();
    void submit();
  };
  return (
    <form className="credential-form" onSubmit={send} aria-busy={working}>
      <Flex vertical gap="small">
        {props.children}
        <div role="alert">{failure === "" ? null : <Alert type="error" showIcon title={failure} />}</div>
        <div>
          <Button type="primary" htmlType="submit" loading={working} disabled={props.disabled === true}>
            {props.button}
          </Button>
        </div>
      </Flex>
    </form>
  );
}

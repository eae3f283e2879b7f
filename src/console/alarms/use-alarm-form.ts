import { type FormEvent, useState } from "react";
import { type Draft, useDraft } from "../session/use-draft.ts";
import { useAlarmFailure } from "./use-alarm-failure.ts";

export interface AlarmForm extends Draft {
  readonly working: boolean;
  readonly failure: string;
  readonly submit: (event: FormEvent) => void;
}

/**
 * A line that is written and sent; `about` is what it is of, among what the operator has begun. `missing` is said where
 * it is empty, and undefined where it may be.
 */
export function useAlarmForm(
  about: string,
  missing: string | undefined,
  send: (text: string) => Promise<void>,
): AlarmForm {
  const failureText = useAlarmFailure();
  const draft = useDraft(about);
  const { text, setText } = draft;
  const [working, setWorking] = useState(false);
  const [failure, setFailure] = useState("");
  const sendIt = async (): Promise<void> => {
    setWorking(true);
    setFailure("");
    try {
      await send(text.trim());
      setText("");
    } catch (error) {
      setFailure(failureText(error));
    } finally {
      setWorking(false);
    }
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (text.trim() === "" && missing !== undefined) setFailure(missing);
    else void sendIt();
  };
  return { ...draft, working, failure, submit };
}

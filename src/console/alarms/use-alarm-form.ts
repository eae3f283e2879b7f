import { type FormEvent, useState } from "react";
import { useAlarmFailure } from "./use-alarm-failure.ts";

export interface AlarmForm {
  readonly text: string;
  readonly setText: (text: string) => void;
  readonly working: boolean;
  readonly failure: string;
  readonly submit: (event: FormEvent) => void;
}

/** A line that is written and sent; `missing` is said where it is empty, and undefined where it may be. */
export function useAlarmForm(missing: string | undefined, send: (text: string) => Promise<void>): AlarmForm {
  const failureText = useAlarmFailure();
  const [text, setText] = useState("");
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
  return { text, setText, working, failure, submit };
}

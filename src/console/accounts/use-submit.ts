import { useState } from "react";
import { ApiError } from "../api/http.ts";
import { useFailureText } from "../session/use-failure-text.ts";

export interface Submission {
  readonly working: boolean;
  /** In words; empty where there is none. */
  readonly failure: string;
  readonly submit: () => Promise<void>;
}

/** One request of a form at a time, and what went wrong with it; `forbidden` is what a 401 means there. */
export function useSubmit(
  send: () => Promise<void>,
  words: { readonly forbidden: string; readonly code: string },
): Submission {
  const failureText = useFailureText();
  const [working, setWorking] = useState(false);
  const [failure, setFailure] = useState("");
  const submit = async (): Promise<void> => {
    setWorking(true);
    setFailure("");
    try {
      await send();
    } catch (error) {
      const wrongCode = error instanceof ApiError && error.code?.startsWith("second-factor") === true;
      const refused =
        error instanceof ApiError && error.status >= 400 && error.status !== 401 && error.status !== 429;
      setFailure(wrongCode ? words.code : refused ? error.message : failureText(error, words.forbidden));
    }
    setWorking(false);
  };
  return { working, failure, submit };
}

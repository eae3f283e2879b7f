import { useState } from "react";
import { useSessionIfAny } from "../shell/session-context.ts";
import { Drafts } from "./drafts.ts";

const drafts = new Drafts();

export interface Draft {
  readonly text: string;
  readonly setText: (text: string) => void;
  /** It is what was begun before, not a word changed: whoever sends it should look at it first. */
  readonly isFromBefore: boolean;
}

/** A text that is still there when the same operator comes back to it. `about`: what is written of. */
export function useDraft(about: string): Draft {
  const operator = useSessionIfAny()?.username;
  const [begun] = useState(() => (operator === undefined ? "" : drafts.read(operator, about)));
  const [text, setText] = useState(begun);
  const write = (next: string): void => {
    if (operator !== undefined) drafts.write(operator, about, next);
    setText(next);
  };
  return { text, setText: write, isFromBefore: begun !== "" && text === begun };
}

/** What this operator has begun to write about, the latest first; as it was when this was first drawn. */
export function useDraftsBegun(): readonly string[] {
  const operator = useSessionIfAny()?.username;
  const [begun] = useState(() => (operator === undefined ? [] : drafts.about(operator)));
  return begun;
}

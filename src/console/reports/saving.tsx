import type { TFunction } from "i18next";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useElapsed } from "./use-elapsed.ts";

type Saving =
  | { readonly is: "idle" }
  | { readonly is: "making"; readonly abort: AbortController }
  | { readonly is: "saved"; readonly file: string }
  | { readonly is: "failed"; readonly error: unknown };

/** A file that is made at the controller and saved here: one at a time, and whoever leaves does not wait for it any more. */
export function useSaving() {
  const [state, setState] = useState<Saving>({ is: "idle" });
  const underWay = useRef<AbortController | null>(null);
  useEffect(() => () => underWay.current?.abort(), []);
  const save = async (file: string, make: (signal: AbortSignal) => Promise<void>): Promise<void> => {
    const abort = new AbortController();
    underWay.current = abort;
    setState({ is: "making", abort });
    try {
      await make(abort.signal);
      setState({ is: "saved", file });
    } catch (error) {
      setState(abort.signal.aborted ? { is: "idle" } : { is: "failed", error });
    }
  };
  return { state, save };
}

/** That it is being made, is saved, or why it was not. */
export function SavingState(props: {
  readonly state: Saving;
  readonly whyNot: (t: TFunction, error: unknown) => string;
}) {
  const { state, whyNot } = props;
  const { t } = useTranslation();
  const seconds = useElapsed(state.is === "making");
  return (
    <>
      {state.is === "making" ? (
        <button type="button" className="small quiet" onClick={() => state.abort.abort()}>
          {t("reports.cancel")}
        </button>
      ) : null}
      <output>
        {state.is === "making" ? t("reports.making", { seconds }) : null}
        {state.is === "saved" ? t("reports.files.saved", { file: state.file }) : null}
        {state.is === "failed" ? <span className="failure">{whyNot(t, state.error)}</span> : null}
      </output>
    </>
  );
}

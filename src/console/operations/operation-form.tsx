import { type FormEvent, type ReactNode, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { DraftNote } from "../session/draft-note.tsx";
import { useDraft } from "../session/use-draft.ts";
import { useOperationFailure } from "./use-operation-failure.ts";

const longestReason = 500;

/** The second question before an operation: what it does, why it is done, and then the word itself. */
export function OperationForm(props: {
  readonly operation: "lockdown" | "lift" | "override" | "reset";
  /** The door pair that it is done to. */
  readonly vestibule: string;
  readonly asksWhy: boolean;
  readonly onConfirm: (reason: string) => Promise<void>;
  readonly onCancel: () => void;
  readonly children: ReactNode;
}) {
  const { t } = useTranslation();
  const { operation, asksWhy } = props;
  const failureText = useOperationFailure();
  const draft = useDraft(`operation ${operation} ${props.vestibule}`);
  const { text: reason, setText: setReason } = draft;
  const [working, setWorking] = useState(false);
  const [failure, setFailure] = useState("");
  const failureId = useId();

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (asksWhy && reason.trim() === "") return setFailure(t("operations.needsReason"));
    setWorking(true);
    setFailure("");
    try {
      await props.onConfirm(reason.trim());
      setReason("");
    } catch (error) {
      setFailure(failureText(error));
      setWorking(false);
    }
  };

  const cancel = (): void => {
    setReason("");
    props.onCancel();
  };

  return (
    <form className="operation" onSubmit={(event) => void submit(event)} aria-busy={working}>
      <p>{t(`operations.${operation}.explained`)}</p>
      {props.children}
      {asksWhy ? (
        <input
          value={reason}
          onChange={(event) => setReason(event.target.value)}
          placeholder={t("operations.why")}
          aria-label={t("operations.why")}
          aria-describedby={failureId}
          maxLength={longestReason}
        />
      ) : null}
      <DraftNote of={draft} />
      <div className="operation-answer">
        <button type="submit" className="primary" data-operation={operation} disabled={working}>
          {t(`operations.${operation}.confirm`)}
        </button>
        <button type="button" className="quiet" onClick={cancel}>
          {t("operations.cancel")}
        </button>
      </div>
      <p id={failureId} className="failure" role="alert">
        {failure}
      </p>
    </form>
  );
}

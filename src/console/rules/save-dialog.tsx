import { Alert, App, Button, Checkbox, Input, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { PreviewChangeData } from "../api/client.ts";
import { ApiError } from "../api/http.ts";
import { useLanguage } from "../texts/use-language.ts";
import { DifferenceTable, WeakeningList } from "./changes/difference-table.tsx";

const longestReason = 500;

/** The difference to look at, why it is wanted, and then it is done, or waits for somebody else. */
export function SaveDialog(props: {
  readonly kind: string;
  readonly title?: string;
  readonly preview: PreviewChangeData;
  readonly save: (facts: { readonly reason: string; readonly force: boolean }) => Promise<object>;
  readonly onSaved: () => Promise<void>;
  /** Somebody else was quicker: what they made of it is to be read. */
  readonly onMoved: () => Promise<void>;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { message } = App.useApp();
  const { preview, kind } = props;
  const [reason, setReason] = useState("");
  const [force, setForce] = useState(false);
  const [state, setState] = useState<"asking" | "unreasoned" | "saving">("asking");
  const [failure, setFailure] = useState("");
  const losing = Object.entries(preview.losing).map(([level, number = 0]) =>
    t("rulePages.save.losingOf", { level, number }),
  );

  const save = async (): Promise<void> => {
    if (reason.trim() === "") return setState("unreasoned");
    setState("saving");
    setFailure("");
    try {
      const answer = await props.save({ reason: reason.trim(), force });
      const waits = "approval" in answer;
      await props.onSaved();
      props.onClose();
      void (waits
        ? message.warning(t("rulePages.save.waiting"), 8)
        : message.success(t("rulePages.save.done")));
    } catch (error) {
      setState("asking");
      if (!(error instanceof ApiError)) throw error;
      if (error.code === "changed-meanwhile") {
        await props.onMoved();
        props.onClose();
        return;
      }
      setFailure(
        error.code === "nobody-to-confirm"
          ? t("rulePages.save.nobody")
          : t("rulePages.save.refused", { detail: error.message }),
      );
    }
  };

  return (
    <Modal
      open
      width={860}
      title={props.title ?? t("rulePages.save.title")}
      onCancel={props.onClose}
      footer={
        <>
          <Button onClick={props.onClose}>{t("rulePages.save.cancel")}</Button>
          <Button
            type="primary"
            loading={state === "saving"}
            disabled={losing.length > 0 && !force}
            onClick={() => void save()}
          >
            {t(preview.secondOperator ? "rulePages.save.propose" : "rulePages.save.save")}
          </Button>
        </>
      }
    >
      <div className="save-dialog">
        <DifferenceTable kind={kind} before={preview.before} after={preview.after} />
        <WeakeningList weakens={preview.weakens} language={language} />
        {preview.secondOperator ? <Alert type="warning" showIcon title={t("rulePages.save.two")} /> : null}
        {losing.length === 0 ? null : (
          <Alert
            type="warning"
            showIcon
            title={t("rulePages.save.losing", { holders: losing.join(t("rulePages.and")) })}
            description={
              <Checkbox checked={force} onChange={({ target }) => setForce(target.checked)}>
                {t("rulePages.save.force")}
              </Checkbox>
            }
          />
        )}
        <label className="save-reason">
          <span>{t("rulePages.save.reason")}</span>
          <Input.TextArea
            value={reason}
            rows={2}
            maxLength={longestReason}
            status={state === "unreasoned" ? "error" : ""}
            aria-invalid={state === "unreasoned"}
            onChange={({ target }) => {
              setReason(target.value);
              if (state === "unreasoned") setState("asking");
            }}
          />
        </label>
        <p className="failure" role="alert">
          {state === "unreasoned" ? t("rulePages.save.reasonNeeded") : failure}
        </p>
      </div>
    </Modal>
  );
}

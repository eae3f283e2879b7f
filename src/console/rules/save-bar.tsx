import { Alert, Button, Tag } from "antd";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLanguage } from "../texts/use-language.ts";
import { changedLines } from "./changes/differences.ts";
import { SaveDialog } from "./save-dialog.tsx";
import type { RuleDraft } from "./use-rule-draft.ts";

/** What is not saved yet: how much, whether it can hold, what it weakens, and the way back. */
export function SaveBar<Document>({ draft }: { readonly draft: RuleDraft<Document> }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [looking, setLooking] = useState(false);
  const { dirty, preview, may, canUndo, canRedo, base, source } = draft;
  useLeaveWarning(dirty);
  if (!may || (!dirty && !canRedo)) return null;
  const { answer, asking } = preview;
  const faults = answer?.faults ?? [];
  const weakens = answer?.weakens ?? [];
  const number = base === null ? 0 : changedLines(source.kind, base.document, draft.draft, t).length;
  return (
    <section className="save-bar" aria-label={t("rulePages.save.bar")}>
      {faults.length === 0 ? null : (
        <Alert
          type="error"
          showIcon
          title={t("rulePages.save.faults")}
          description={
            <ul>
              {faults.map((fault) => (
                <li key={`${fault.path} ${fault.found}`}>
                  {fault.remedy[language]} <code>{fault.path}</code>
                </li>
              ))}
            </ul>
          }
        />
      )}
      <div className="save-bar-line">
        <output>
          {dirty ? t("rulePages.save.changed", { number: Math.max(1, number) }) : ""}{" "}
          {draft.conflict === null ? null : <Tag color="error">{t("rulePages.conflict.title")}</Tag>}
          {asking ? t("rulePages.save.checking") : null}
          {!asking && dirty && faults.length === 0 && answer !== undefined ? (
            <>
              {weakens.length > 0 ? (
                <Tag color="warning">{t("rulePages.save.weakensCount", { number: weakens.length })}</Tag>
              ) : null}
              <Tag color={answer.secondOperator ? "warning" : "success"}>
                {t(answer.secondOperator ? "rulePages.save.two" : "rulePages.save.one")}
              </Tag>
            </>
          ) : null}
        </output>
        <div className="save-bar-actions">
          <Button onClick={draft.undo} disabled={!canUndo}>
            {t("rulePages.save.undo")}
          </Button>
          <Button onClick={draft.redo} disabled={!canRedo}>
            {t("rulePages.save.redo")}
          </Button>
          <Button onClick={draft.discard}>{t("rulePages.save.discard")}</Button>
          <Button
            type="primary"
            onClick={() => setLooking(true)}
            disabled={
              !dirty || asking || faults.length > 0 || draft.conflict !== null || answer === undefined
            }
          >
            {t("rulePages.save.review")}
          </Button>
        </div>
      </div>
      {looking && answer !== undefined && base !== null && draft.draft !== undefined ? (
        <SaveDialog
          kind={source.kind}
          preview={answer}
          save={(facts) =>
            source.write(base.document, draft.draft as Document, { ...facts, version: base.version })
          }
          onSaved={draft.settle}
          onMoved={draft.reload}
          onClose={() => setLooking(false)}
        />
      ) : null}
    </section>
  );
}

/** A page that is closed forgets what was not saved; the browser asks first. */
function useLeaveWarning(dirty: boolean): void {
  useEffect(() => {
    if (!dirty) return;
    const warn = (event: BeforeUnloadEvent): void => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [dirty]);
}

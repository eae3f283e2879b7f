import "./rules.css";
import { Alert, Button, Spin } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { WaitingChanges } from "./changes/waiting-changes.tsx";
import { ConflictNotice } from "./conflict-notice.tsx";
import { SaveBar } from "./save-bar.tsx";
import type { RuleDraft } from "./use-rule-draft.ts";

/** Around every page of rules: what it is, who may change it, what waits, and what is not saved. */
export function RuleFrame<Document>(props: {
  readonly title: string;
  readonly lead: string;
  readonly draft: RuleDraft<Document>;
  /** Beside the title. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}) {
  const { t } = useTranslation();
  const { draft } = props;
  const { held, may } = draft;
  return (
    <div className="rule-page">
      <header className="rules-head">
        <div>
          <h2>{props.title}</h2>
          <p>{props.lead}</p>
        </div>
        {may ? <div className="rules-actions">{props.actions}</div> : null}
      </header>
      {may ? null : <Alert type="info" showIcon title={t("rulePages.readOnly")} />}
      <WaitingChanges kind={draft.source.kind} />
      {draft.conflict === null ? null : <ConflictNotice draft={draft} conflict={draft.conflict} />}
      {held.isError ? (
        <Alert
          type="error"
          showIcon
          role="alert"
          title={t("rulePages.failed", { detail: held.error.message })}
          action={<Button onClick={() => void held.refetch()}>{t("rulePages.again")}</Button>}
        />
      ) : null}
      {held.isPending ? <Spin description={t("rulePages.loading")} className="rules-waiting" /> : null}
      {draft.draft === undefined ? null : props.children}
      <SaveBar draft={draft} />
    </div>
  );
}

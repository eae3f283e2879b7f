import { Alert, Button } from "antd";
import { useTranslation } from "react-i18next";
import { DifferenceTable } from "./changes/difference-table.tsx";
import type { RuleDraft } from "./use-rule-draft.ts";

/** Nothing of somebody else's is overwritten unseen: first what they did, then both, or theirs alone. */
export function ConflictNotice<Document>(props: {
  readonly draft: RuleDraft<Document>;
  readonly conflict: NonNullable<RuleDraft<Document>["conflict"]>;
}) {
  const { t } = useTranslation();
  const { draft, conflict } = props;
  return (
    <Alert
      type="warning"
      showIcon
      role="alert"
      title={t("rulePages.conflict.title")}
      description={
        <div className="save-dialog">
          <p>{t("rulePages.conflict.lead")}</p>
          <DifferenceTable
            kind={draft.source.kind}
            before={draft.base?.document}
            after={draft.held.data?.document}
          />
          {conflict.both.length === 0 ? null : (
            <p>
              <strong>
                {t("rulePages.conflict.both", { names: conflict.both.join(t("rulePages.and")) })}
              </strong>
            </p>
          )}
          <div className="save-bar-actions">
            <Button type="primary" onClick={conflict.rebase}>
              {t("rulePages.conflict.keep")}
            </Button>
            <Button onClick={draft.discard}>{t("rulePages.conflict.drop")}</Button>
          </div>
        </div>
      }
    />
  );
}

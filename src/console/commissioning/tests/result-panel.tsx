import { useTranslation } from "react-i18next";
import { localeOf } from "../../texts/locale.ts";
import { useLanguage } from "../../texts/use-language.ts";
import type { CommissioningTest } from "../model.ts";
import { useSaid } from "../use-said.ts";
import { StepResults } from "./step-results.tsx";

/** What came of a test: seen, and where it was wrong what to do. */
export function ResultPanel({ test }: { readonly test: CommissioningTest }) {
  const { t } = useTranslation();
  const said = useSaid();
  const language = useLanguage();
  const { result, leftOut } = test;
  const time = (at: string): string =>
    new Date(at).toLocaleString(localeOf(language), {
      dateStyle: "medium",
      timeStyle: "short",
    });
  return (
    <div className="commission-result" aria-live="polite">
      {leftOut === null ? null : (
        <p className="commission-left-out">
          {t("commissioning.skip.chosen", { reason: leftOut.reason, operator: leftOut.operator })}
        </p>
      )}
      {test.state === "outdated" ? (
        <p className="commission-remark">{t("commissioning.test.outdated")}</p>
      ) : null}
      {result === null ? null : (
        <>
          <p className="commission-seen-then" data-standing={result.verdict}>
            <span className="commission-label">{t("commissioning.test.seen")}</span>
            {said(result.seen)}
          </p>
          {result.todo === null ? null : (
            <p className="commission-todo">
              <span className="commission-label">{t("commissioning.test.todo")}</span>
              {said(result.todo)}
            </p>
          )}
          <StepResults steps={result.steps} />
          <p className="commission-fine">
            {t("commissioning.test.by", { operator: result.operator, at: time(result.at), seq: result.seq })}
          </p>
        </>
      )}
    </div>
  );
}

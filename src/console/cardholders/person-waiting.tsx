import { Alert } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { en } from "../texts/en.ts";
import { momentText } from "../texts/locale.ts";
import { useLanguage } from "../texts/use-language.ts";
import { useWaitingFor } from "./people-queries.ts";

/** What was proposed for this person and is not done yet. */
export function PersonWaiting({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const waiting = useWaitingFor(id);
  if (waiting.length === 0) return null;
  return (
    <Alert
      type="info"
      showIcon
      role="note"
      title={t("cardholders.waiting.heading")}
      description={
        <>
          <ul className="person-waiting">
            {waiting.map(({ id: approval, action, proposedBy, until }) => (
              <li key={approval}>
                {t("cardholders.waiting.item", {
                  // A newer server may know actions that this page has no words for.
                  action: action in en.operators.action ? t(`operators.action.${action}` as never) : action,
                  operator: proposedBy,
                  until: momentText(until, language),
                })}
              </li>
            ))}
          </ul>
          <Link to="/approvals">{t("cardholders.waiting.open")}</Link>
        </>
      }
    />
  );
}

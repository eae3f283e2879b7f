import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { hasRight } from "../../domain/operator/rights.ts";
import type { SiteState } from "../../ports/controller-services.ts";
import type { Session } from "../api/session.ts";
import { ApprovalsLink } from "../approvals/approvals-link.tsx";
import { LanguageToggle } from "../texts/language-toggle.tsx";
import { useLanguage } from "../texts/use-language.ts";
import { Mark } from "../theme/mark.tsx";
import { ThemeToggle } from "../theme/theme-toggle.tsx";

export function PageHeader(props: {
  readonly state: SiteState | null;
  readonly simulated: boolean;
  readonly session: Session;
  readonly onLeave: () => void;
}) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { username, role } = props.session;
  return (
    <header className="page-header">
      <div className="brand">
        <Mark />
        <div>
          <h1>{t("app.name")}</h1>
          <span>{t("app.tagline")}</span>
        </div>
      </div>
      {props.state === null ? null : (
        <p className="site-name">
          {props.state.site.name[language]}{" "}
          {props.simulated ? <span className="badge">{t("app.demoBadge")}</span> : null}
        </p>
      )}
      <div className="page-actions">
        {hasRight(role, "seeApprovals") ? <ApprovalsLink /> : null}
        <Link className="header-link username" to="/account">
          <span className="visually-hidden">{t("shell.page.account")}: </span>
          {username} <small>{t(`operators.role.${role}`)}</small>
        </Link>
        <ThemeToggle />
        <LanguageToggle />
        <button type="button" className="quiet" onClick={props.onLeave}>
          {t("app.signOut")}
        </button>
      </div>
    </header>
  );
}

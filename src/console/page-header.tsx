import { useTranslation } from "react-i18next";
import type { SiteState } from "../ports/controller-services.ts";
import { LanguageToggle } from "./texts/language-toggle.tsx";
import { useLanguage } from "./texts/use-language.ts";
import { Mark } from "./theme/mark.tsx";

export function PageHeader(props: {
  readonly state: SiteState | null;
  readonly simulated: boolean;
  readonly username: string;
  readonly onLeave: () => void;
}) {
  const { t } = useTranslation();
  const language = useLanguage();
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
        <span className="username">{props.username}</span>
        <LanguageToggle />
        <button type="button" className="quiet" onClick={props.onLeave}>
          {t("app.signOut")}
        </button>
      </div>
    </header>
  );
}

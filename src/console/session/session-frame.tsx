import "./session.css";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { LanguageToggle } from "../texts/language-toggle.tsx";
import { Mark } from "../theme/mark.tsx";

/** The card that the pages before the site itself share. */
export function SessionFrame(props: {
  readonly title: string;
  readonly lead: string;
  readonly children: ReactNode;
}) {
  const { t } = useTranslation();
  return (
    <div className="session">
      <header className="session-bar">
        <LanguageToggle />
      </header>
      <main className="session-card">
        <div className="brand">
          <Mark />
          <div>
            <strong>{t("app.name")}</strong>
            <span>{t("app.tagline")}</span>
          </div>
        </div>
        <h1>{props.title}</h1>
        <p className="lead">{props.lead}</p>
        {props.children}
      </main>
    </div>
  );
}

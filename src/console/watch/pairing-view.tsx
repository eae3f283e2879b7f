import { type ReactNode, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { LanguageToggle } from "../texts/language-toggle.tsx";
import { localeOf } from "../texts/locale.ts";
import { useLanguage } from "../texts/use-language.ts";
import { Icon } from "../theme/icons.tsx";
import { Mark } from "../theme/mark.tsx";

/** The code that makes this browser a screen of the site; until then nobody watches here, in words and in red. */
export function PairingView(props: { readonly code: string; readonly takenBack: Date | null }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { code, takenBack } = props;
  return (
    <Frame>
      <p className="watch-nobody" role="alert">
        <Icon name="alarm" />
        <span>
          <strong>{t("watch.nobodyWatches")}</strong>{" "}
          {takenBack === null
            ? t("watch.notPaired")
            : t("watch.takenBack", { time: takenBack.toLocaleTimeString(localeOf(language)) })}
        </span>
      </p>
      <h1>{t("watch.pairTitle")}</h1>
      <p className="lead">{t("watch.pairLead")}</p>
      <output className="watch-code">{`${code.slice(0, 4)} ${code.slice(4)}`}</output>
      <p className="lead">{t("watch.pairWhere")}</p>
      <p>
        <a href="/">{t("watch.toSignIn")}</a>
      </p>
    </Frame>
  );
}

/** The controller has not answered since the page was opened. */
export function Unreachable() {
  const { t } = useTranslation();
  return (
    <Frame>
      <h1>{t("watch.title")}</h1>
      <p className="watch-nobody" role="alert">
        <Icon name="alarm" />
        <span>
          <strong>{t("watch.nobodyWatches")}</strong> {t("watch.unreachable")}
        </span>
      </p>
    </Frame>
  );
}

function Frame({ children }: { readonly children: ReactNode }) {
  const { t } = useTranslation();
  const title = t("watch.title");
  useEffect(() => {
    document.title = title;
  }, [title]);
  return (
    <div className="watch-pairing">
      <header>
        <Mark />
        <strong>{t("app.name")}</strong>
        <LanguageToggle />
      </header>
      <main>{children}</main>
    </div>
  );
}

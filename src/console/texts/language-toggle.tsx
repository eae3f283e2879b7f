import { useTranslation } from "react-i18next";
import { chooseLanguage } from "./language.ts";
import { useLanguage } from "./use-language.ts";

export function LanguageToggle() {
  const { t } = useTranslation();
  const language = useLanguage();
  const other = language === "zh" ? "en" : "zh";
  return (
    <button
      type="button"
      className="quiet"
      lang={other === "zh" ? "zh-CN" : "en"}
      aria-label={t("app.languageLabel")}
      onClick={() => void chooseLanguage(other)}
    >
      {t("app.language")}
    </button>
  );
}

import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import { en } from "./en.ts";
import type { Language } from "./person-name.ts";
import { zh } from "./zh.ts";

declare module "i18next" {
  interface CustomTypeOptions {
    resources: { translation: typeof en };
  }
}

const memory = "vestibule.language";

/** What was chosen here before, else what the browser asks for. */
function preferred(): Language {
  const remembered = localStorage.getItem(memory);
  if (remembered === "en" || remembered === "zh") return remembered;
  return navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en";
}

export async function startTexts(): Promise<void> {
  i18next.on("languageChanged", (language) => {
    document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  });
  await i18next.use(initReactI18next).init({
    lng: preferred(),
    fallbackLng: false,
    resources: { en: { translation: en }, zh: { translation: zh } },
    interpolation: { escapeValue: false }, // React escapes
  });
}

/** Outside what is drawn; there it is `useLanguage`. */
export const currentLanguage = (): Language => (i18next.language === "zh" ? "zh" : "en");

export async function chooseLanguage(language: Language): Promise<void> {
  localStorage.setItem(memory, language);
  await i18next.changeLanguage(language);
}

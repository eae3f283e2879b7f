import type { Language } from "../texts/person-name.ts";

const locale = (language: Language): string => (language === "zh" ? "zh-CN" : "en-GB");

/** ISO 8601 as the person reads it, in their browser's time zone. */
export const momentText = (iso: string, language: Language): string =>
  new Date(iso).toLocaleString(locale(language), { dateStyle: "medium", timeStyle: "short" });

export const dayText = (iso: string, language: Language): string =>
  new Date(iso).toLocaleDateString(locale(language), { dateStyle: "medium" });

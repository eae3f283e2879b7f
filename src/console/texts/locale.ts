import type { Language } from "./person-name.ts";

/** As the browser's own formats of times and numbers name it. */
export const localeOf = (language: Language): string => (language === "zh" ? "zh-CN" : "en-GB");

/** A time as the person reads it, in their browser's time zone; the site's own is `use-site-time.ts`. */
export const momentText = (iso: string, language: Language): string =>
  new Date(iso).toLocaleString(localeOf(language), { dateStyle: "medium", timeStyle: "short" });

export const dayText = (iso: string, language: Language): string =>
  new Date(iso).toLocaleDateString(localeOf(language), { dateStyle: "medium" });

import { localeOf } from "../texts/locale.ts";
import type { Language } from "../texts/person-name.ts";

/** The time; with its day where that is another than today. */
export function momentText(iso: string, language: Language, now = new Date()): string {
  const moment = new Date(iso);
  const locale = localeOf(language);
  const time = moment.toLocaleTimeString(locale, { hour: "2-digit", minute: "2-digit", second: "2-digit" });
  if (moment.toDateString() === now.toDateString()) return time;
  return `${moment.toLocaleDateString(locale, { day: "numeric", month: "short" })} ${time}`;
}

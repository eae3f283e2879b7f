import { localeOf } from "../texts/locale.ts";
import type { Language } from "../texts/person-name.ts";

/** The time; with its day where that is another than today. */
export function momentText(iso: string, language: Language, now = new Date()): string {
  const moment = new Date(iso);
  const locale = localeOf(language);
  const { clock, date } = formatsOf(locale);
  const time = clock.format(moment);
  if (moment.toDateString() === now.toDateString()) return time;
  return `${date.format(moment)} ${time}`;
}

interface Formats {
  readonly clock: Intl.DateTimeFormat;
  readonly date: Intl.DateTimeFormat;
}

/** Making one takes longer than using it a hundred times. */
const formats = new Map<string, Formats>();

function formatsOf(locale: string): Formats {
  const known = formats.get(locale);
  if (known !== undefined) return known;
  const made = {
    clock: new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit", second: "2-digit" }),
    date: new Intl.DateTimeFormat(locale, { day: "numeric", month: "short" }),
  };
  formats.set(locale, made);
  return made;
}

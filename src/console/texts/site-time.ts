import { localeOf } from "./locale.ts";
/** A time of the site's clock to the minute, as a field for it has it: `2026-11-20T08:30`. */
export type SiteMinute = string;

const minuteForm = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/;

export const isSiteMinute = (text: string | null): text is SiteMinute =>
  text !== null && minuteForm.test(text) && !Number.isNaN(Date.parse(`${text}Z`));

/** Wherever whoever looks at it sits. */
export function siteMinuteOf(instant: number, timeZone: string): SiteMinute {
  const found = Object.fromEntries(
    formatFor("sv-SE", timeZone, parts)
      .formatToParts(instant)
      .map(({ type, value }) => [type, value]),
  );
  return `${found["year"]}-${found["month"]}-${found["day"]}T${found["hour"]}:${found["minute"]}`;
}

/** What clocks skip is an hour later; what comes twice is the first. */
export function instantOf(minute: SiteMinute, timeZone: string): number {
  const wanted = Date.parse(`${minute}Z`);
  const offset = (at: number): number =>
    Date.parse(`${siteMinuteOf(at, timeZone)}Z`) - Math.floor(at / 60_000) * 60_000;
  const day = 86_400_000;
  const candidates = [wanted - offset(wanted - day), wanted - offset(wanted + day)];
  const exact = candidates.filter((at) => siteMinuteOf(at, timeZone) === minute);
  return exact.length === 0 ? Math.max(...candidates) : Math.min(...exact);
}

export function siteClock(iso: string, timeZone: string, language: "en" | "zh"): string {
  return formatFor(localeOf(language), timeZone, clock).format(Date.parse(iso));
}

export function siteDate(iso: string, timeZone: string, language: "en" | "zh"): string {
  return formatFor(localeOf(language), timeZone, date).format(Date.parse(iso));
}

const two = "2-digit";
const parts = { year: "numeric", month: two, day: two, hour: two, minute: two, hourCycle: "h23" } as const;
const clock = { hour: two, minute: two, second: two, hourCycle: "h23" } as const;
const date = { weekday: "short", year: "numeric", month: "short", day: "numeric" } as const;

/** Making one takes longer than using it a hundred times. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatFor(locale: string, timeZone: string, style: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${timeZone} ${Object.keys(style).join()}`;
  const known = formats.get(key);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat(locale, { ...style, timeZone });
  formats.set(key, made);
  return made;
}

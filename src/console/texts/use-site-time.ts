import { useCallback } from "react";
import { useSite } from "../live/use-site.ts";
import { siteClock, siteDate } from "./site-time.ts";
import { useLanguage } from "./use-language.ts";

/** Times as the clock at the doors shows them, wherever the page is open. */
export function useSiteTime() {
  const language = useLanguage();
  const timeZone = useSite().state?.clock.timeZone ?? "UTC";
  const clock = useCallback((iso: string) => siteClock(iso, timeZone, language), [timeZone, language]);
  const date = useCallback((iso: string) => siteDate(iso, timeZone, language), [timeZone, language]);
  return { timeZone, clock, date };
}

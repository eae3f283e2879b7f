import { useMemo } from "react";
import { useSearchParams } from "react-router";
import { useSite } from "../live/use-site.ts";
import { beginOf, daysLater, endOf, isSiteDay, type SiteDay, siteDayOf } from "./site-days.ts";

export const periodNames = ["today", "yesterday", "week", "month", "own"] as const;
export type PeriodName = (typeof periodNames)[number];

/** What is asked for, as the address of the page has it: a view of it can be passed on. */
export interface Asked {
  readonly period: PeriodName;
  readonly firstDay: SiteDay;
  readonly lastDay: SiteDay;
  /** Null where the days given are none, or in the wrong order. */
  readonly range: { readonly from: string; readonly to?: string } | null;
  readonly door: "outer" | "inner" | undefined;
  readonly vestibule: string | undefined;
  readonly cardholder: string | undefined;
  readonly timeZone: string;
  /** By the site's clock. */
  readonly today: SiteDay;
}

export interface AskedChange {
  readonly period?: PeriodName;
  readonly from?: string;
  readonly to?: string;
  readonly door?: string | undefined;
  readonly vestibule?: string | undefined;
  readonly person?: string | undefined;
  readonly tab?: string;
}

export function useAsked(): readonly [Asked, (change: AskedChange) => void] {
  const [search, setSearch] = useSearchParams();
  const { state } = useSite();
  const timeZone = state?.clock.timeZone ?? "UTC";
  const today = siteDayOf(state === null ? 0 : Date.parse(state.clock.wall), timeZone);
  const asked = useMemo(() => askedIn(search, timeZone, today), [search, timeZone, today]);
  const change = (wanted: AskedChange): void => {
    const next = new URLSearchParams(window.location.search);
    for (const [name, value] of Object.entries(wanted)) {
      if (typeof value === "string" && value !== "") next.set(name, value);
      else next.delete(name);
    }
    setSearch(next, { replace: true });
  };
  return [asked, change];
}

function askedIn(search: URLSearchParams, timeZone: string, today: SiteDay): Asked {
  const period = periodNames.find((name) => name === search.get("period")) ?? "today";
  const [firstDay, lastDay] = daysOf(period, today, search.get("from"), search.get("to"));
  const door = search.get("door");
  const isWhole = isSiteDay(firstDay) && isSiteDay(lastDay) && firstDay <= lastDay;
  return {
    ...{ period, firstDay, lastDay, timeZone, today },
    range: isWhole ? rangeOf(firstDay, lastDay, timeZone, today) : null,
    door: door === "outer" || door === "inner" ? door : undefined,
    vestibule: search.get("vestibule") ?? undefined,
    cardholder: search.get("person") ?? undefined,
  };
}

function daysOf(
  period: PeriodName,
  today: SiteDay,
  from: string | null,
  to: string | null,
): readonly [SiteDay, SiteDay] {
  switch (period) {
    case "today":
      return [today, today];
    case "yesterday":
      return [daysLater(today, -1), daysLater(today, -1)];
    case "week":
      return [daysLater(today, -6), today];
    case "month":
      return [daysLater(today, -29), today];
    case "own":
      return [from ?? today, to ?? today];
  }
}

/** Up to now, where the last day is not over. */
function rangeOf(first: SiteDay, last: SiteDay, timeZone: string, today: SiteDay) {
  const from = new Date(beginOf(first, timeZone)).toISOString();
  return last >= today ? { from } : { from, to: new Date(endOf(last, timeZone)).toISOString() };
}

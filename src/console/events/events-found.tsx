import "../record/record.css";
import "./events.css";
import { type RefObject, startTransition, useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useSiteTime } from "../texts/use-site-time.ts";
import { Icon } from "../theme/icons.tsx";
import type { EventFilters } from "./event-filters.ts";
import { mostShown } from "./event-list.ts";
import { EventRows } from "./event-rows.tsx";
import { type EventSearch, useEventList } from "./use-event-list.ts";

/** What a search has found, live: what is new waits while somebody reads. `filters` keeps its identity while it is the same. */
export function EventsFound({ filters }: { readonly filters: EventFilters }) {
  const { t } = useTranslation();
  const { timeZone } = useSiteTime();
  const { list, showNew, showOlder, again } = useEventList(filters, timeZone);
  const top = useRef<HTMLDivElement>(null);
  const isAtTop = useIsVisible(top);
  const isReading = useIsReading(top);
  const { waiting, isBehind } = list;
  const isWhole = useIsDrawn(list.phase === "ready");
  const drawn = useMemo(
    () => (isWhole ? list.shown : list.shown.slice(0, drawnFirst)),
    [isWhole, list.shown],
  );
  useEffect(() => {
    // On top, and nobody in the middle of a row: what is new simply appears.
    if (isAtTop && !isReading && (waiting.length > 0 || isBehind)) showNew();
  }, [isAtTop, isReading, waiting.length, isBehind, showNew]);
  const toTop = (): void => {
    showNew();
    top.current?.scrollIntoView({ block: "center" });
  };
  return (
    <section className="panel events-found" aria-label={t("events.found")}>
      <div ref={top} />
      {waiting.length > 0 || isBehind ? (
        <button type="button" className="primary events-new" onClick={toTop}>
          <Icon name="again" />
          {isBehind ? t("events.manyNew") : t("events.new", { number: waiting.length })}
        </button>
      ) : null}
      <output className="visually-hidden">
        {list.phase === "ready" ? t("events.count", { number: list.shown.length }) : ""}
      </output>
      <Phase phase={list.phase} isEmpty={list.shown.length === 0} onAgain={again} />
      <EventRows records={drawn} marked={filters.seq} label={t("events.found")} />
      {drawn.length < list.shown.length ? null : list.hasMore ? (
        <Older isFetching={list.isFetching} onSeen={showOlder} />
      ) : list.shown.length === 0 ? null : (
        <p className="empty">
          {t(list.shown.length < mostShown ? "events.all" : "events.end", { number: list.shown.length })}
        </p>
      )}
    </section>
  );
}

function Phase(props: {
  readonly phase: EventSearch["list"]["phase"];
  readonly isEmpty: boolean;
  readonly onAgain: () => void;
}) {
  const { t } = useTranslation();
  if (props.phase === "ready") return props.isEmpty ? <p className="empty">{t("events.none")}</p> : null;
  if (props.phase === "loading") return <p className="empty">{t("events.searching")}</p>;
  return (
    <p className="failure" role="alert">
      {t(`events.${props.phase}`)}{" "}
      <button type="button" className="small" onClick={props.onAgain}>
        {t("events.again")}
      </button>
    </p>
  );
}

/** Fetches more as soon as one has read that far, or presses it. */
function Older(props: { readonly isFetching: boolean; readonly onSeen: () => void }) {
  const { t } = useTranslation();
  const end = useRef<HTMLDivElement>(null);
  const isSeen = useIsVisible(end);
  const { isFetching, onSeen } = props;
  useEffect(() => {
    if (isSeen && !isFetching) onSeen();
  }, [isSeen, isFetching, onSeen]);
  return (
    <div ref={end}>
      <button type="button" className="wide quiet" disabled={isFetching} onClick={onSeen}>
        {t(isFetching ? "events.searching" : "events.older")}
      </button>
    </div>
  );
}

/** What fills the largest screen is drawn first: somebody waits for it. */
const drawnFirst = 30;

/** Whether something has stood on the page already; from then on for good. */
function useIsDrawn(isReady: boolean): boolean {
  const [isDrawn, setDrawn] = useState(false);
  useEffect(() => {
    // After the next drawing, and whatever else is more pressing.
    if (isReady) requestAnimationFrame(() => startTransition(() => setDrawn(true)));
  }, [isReady]);
  return isDrawn;
}

function useIsVisible(element: RefObject<Element | null>): boolean {
  const [isVisible, setVisible] = useState(false);
  useEffect(() => {
    if (element.current === null) return;
    const observer = new IntersectionObserver(([entry]) => setVisible(entry?.isIntersecting === true));
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element]);
  return isVisible;
}

/** Whether somebody has gone into the rows, with keys or by opening one. */
function useIsReading(top: RefObject<Element | null>): boolean {
  const [isReading, setReading] = useState(false);
  useEffect(() => {
    const list = top.current?.parentElement;
    if (list === null || list === undefined) return;
    const look = (): void =>
      setReading(
        list.querySelector('.record-line:focus-visible, .record-line[aria-expanded="true"]') !== null,
      );
    // After the click or the move of the focus has had its effect.
    const later = (): void => void setTimeout(look, 0);
    const watched = ["focusin", "focusout", "click"] as const;
    for (const name of watched) list.addEventListener(name, later);
    return () => {
      for (const name of watched) list.removeEventListener(name, later);
    };
  }, [top]);
  return isReading;
}

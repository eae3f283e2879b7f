import { memo, type RefObject, useEffect, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { RecordView } from "../../ports/record-view.ts";
import { pictureFor, picturesByPassage } from "../record/face-facts.ts";
import { RecordRow } from "../record/record-row.tsx";
import { useNameOf } from "../texts/use-name-of.ts";
import { useSiteTime } from "../texts/use-site-time.ts";

/** Records with the day where it changes; arrows go from one to the next. */
export const EventRows = memo(function EventRows(props: {
  readonly records: readonly RecordView[];
  /** The record that was asked for by its number. */
  readonly marked: number | null;
  readonly label: string;
}) {
  const { records, marked } = props;
  const { t } = useTranslation();
  const nameOf = useNameOf();
  const { date, clock } = useSiteTime();
  const list = useRef<HTMLOListElement>(null);
  useArrowKeys(list);
  const pictures = useMemo(() => picturesByPassage(records), [records]);
  return (
    <ol className="record-rows event-rows" aria-label={props.label} ref={list}>
      {records.map((record, at) => {
        const day = date(record.time);
        const before = records[at - 1];
        const isFirst = before === undefined || date(before.time) !== day;
        return (
          <RecordRow
            key={record.seq}
            record={record}
            evidence={pictureFor(record, pictures)}
            nameOf={nameOf}
            clock={clock}
            day={isFirst ? day : null}
            isMarked={record.seq === marked}
            markText={t("events.marked")}
          />
        );
      })}
    </ol>
  );
});

/** Arrow keys, Home and End go among the rows' own buttons; Enter opens, as on any button. */
function useArrowKeys(list: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const { current } = list;
    if (current === null) return;
    const onKey = (event: KeyboardEvent): void => {
      const lines = [...current.querySelectorAll<HTMLElement>(".record-line")];
      const at = lines.findIndex((line) => line === document.activeElement);
      const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: lines.length - 1 }[event.key];
      if (at === -1 || to === undefined) return;
      event.preventDefault();
      lines[Math.min(Math.max(to, 0), lines.length - 1)]?.focus();
    };
    current.addEventListener("keydown", onKey);
    return () => current.removeEventListener("keydown", onKey);
  }, [list]);
}

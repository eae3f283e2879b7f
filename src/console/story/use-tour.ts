import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { RecordView } from "../../ports/record-view.ts";
import type { CardholderView } from "../api/site.ts";
import { lastSeq } from "../live/live-site.ts";
import type { SiteConnection } from "../live/site-connection.ts";
import type { StoryActions } from "./actions.ts";
import { itemsDone, type TourItem } from "./tour.ts";
import { tourScripts } from "./tour-scripts.ts";

export interface Tour {
  readonly done: ReadonlySet<TourItem>;
  /** Being shown right now. */
  readonly showing: TourItem | null;
  show(item: TourItem): void;
  restart(): void;
}

const memory = "vestibule.tour-since";

export function useTour(
  connection: SiteConnection,
  actions: StoryActions,
  records: readonly RecordView[],
  people: readonly CardholderView[],
  onAcknowledge: () => void,
): Tour {
  const [since, setSince] = useState(() => Number(localStorage.getItem(memory) ?? 0));
  const [showing, setShowing] = useState<TourItem | null>(null);
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(new Error("page left")), []);

  // A journal that is younger than the memory of it is another site's.
  const newest = records[0]?.seq ?? 0;
  const from = since > newest ? 0 : since;
  // Kept as they are ticked: the record that ticked one may have left the page's bounded list.
  const [kept, setKept] = useState<ReadonlySet<TourItem>>(new Set());
  const seen = useMemo(() => itemsDone(records, from), [records, from]);
  const done = useMemo(() => new Set([...kept, ...seen]), [kept, seen]);
  if (done.size > kept.size) setKept(done);

  const restart = useCallback(() => {
    const now = lastSeq(connection.site());
    localStorage.setItem(memory, String(now));
    setSince(now);
    setKept(new Set());
  }, [connection]);

  const [card, otherCard] = people.map(({ cards }) => cards[0]?.number);
  const show = useCallback(
    (item: TourItem) => {
      if (item === "acknowledged") {
        onAcknowledge();
        return;
      }
      if (card === undefined || otherCard === undefined) return;
      const controller = new AbortController();
      running.current = controller;
      setShowing(item);
      const stage = { actions, connection, cast: { card, otherCard }, signal: controller.signal };
      tourScripts[item](stage)
        // What went wrong stands in the record and beside the controls already.
        .catch(() => undefined)
        .finally(() => setShowing(null));
    },
    [actions, connection, card, otherCard, onAcknowledge],
  );

  return { done, showing, show, restart };
}

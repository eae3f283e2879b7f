import { useEffect, useRef } from "react";
import type { AccessPointName } from "../../domain/names.ts";
import type { RecordView } from "../../ports/record-view.ts";
import type { CardholderView } from "../api/site.ts";
import { isAccessPoint } from "../building/whereabouts.ts";
import type { Story } from "./use-story.ts";

/** Where somebody who has gone through here stands next. */
const nextStop: Readonly<Record<AccessPointName, AccessPointName>> = {
  "outer-entry": "inner-entry",
  "inner-entry": "inner-exit",
  "inner-exit": "outer-exit",
  "outer-exit": "outer-entry",
};

/** Whoever this page put before a camera steps before the next one once through the door; the newcomer goes along. */
export function useWalkAlong(
  story: Story,
  records: readonly RecordView[],
  cardholders: readonly CardholderView[],
): void {
  const followed = useRef<number | null>(null);
  useEffect(() => {
    const newest = records[0]?.seq ?? 0;
    const from = followed.current ?? newest;
    followed.current = newest;
    for (const record of records) {
      if (record.seq <= from) return;
      if (record.type !== "AccessTaken" || !isAccessPoint(record.accessPoint)) continue;
      const here = record.accessPoint;
      const card = cardBefore(story, here, record.cardholder, cardholders);
      if (card === undefined) continue;
      void walkOn(story, here, card);
      return;
    }
  }, [records, story, cardholders]);
}

function cardBefore(
  story: Story,
  here: AccessPointName,
  cardholder: string | null,
  cardholders: readonly CardholderView[],
): string | undefined {
  const scene = story.scenes[here];
  if (scene?.kind !== "person") return undefined;
  const person = cardholders.find(({ id }) => id === cardholder);
  return person?.cards.some(({ number }) => number === scene.card) === true ? scene.card : undefined;
}

async function walkOn(story: Story, from: AccessPointName, card: string): Promise<void> {
  const next = nextStop[from];
  story.actions.standAt(next);
  try {
    await story.actions.place(from, { kind: "empty" });
    await story.actions.place(next, { kind: "person", card });
  } catch {
    // Said on the page by the action itself.
  }
}

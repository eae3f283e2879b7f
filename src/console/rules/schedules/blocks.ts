import { type DayKind, dayKinds, weekdays } from "../../../domain/access/access.ts";
import type { WrittenSpan } from "../documents.ts";

export const wholeDay = 1440;
/** What a pointer or an arrow key moves by; to the minute by typing. */
export const step = 15;

/** One stretch of one day as it is drawn: `to` beyond 1440 runs into the morning after. Minutes after midnight. */
export interface Block {
  readonly day: DayKind;
  readonly from: number;
  readonly to: number;
}

/** Whether a schedule can say it: shorter than a day, or exactly one from midnight to midnight. */
export const fits = ({ from, to }: Pick<Block, "from" | "to">): boolean =>
  from >= 0 && from < wholeDay && to > from && (to <= wholeDay || to - wholeDay < from);

export function blocksOf(spans: readonly WrittenSpan[]): readonly Block[] {
  return normalised(
    spans.flatMap((span) => {
      const [from, to] = [minuteOf(span.from), minuteOf(span.to)];
      return span.days.map((day): Block => ({ day, from, to: to > from ? to : to + wholeDay }));
    }),
  );
}

/** Days that open alike are said together, as people write it. */
export function spansOf(blocks: readonly Block[]): WrittenSpan[] {
  const days = new Map<string, DayKind[]>();
  for (const { day, from, to } of normalised(blocks)) {
    const key = `${clock(from)} ${clock(to > wholeDay ? to - wholeDay : to)}`;
    days.set(key, [...(days.get(key) ?? []), day]);
  }
  return [...days].map(([key, on]) => {
    const [from = "", to = ""] = key.split(" ");
    return { days: on, from, to };
  });
}

/** Sorted; what overlaps or touches on one day is one block, unless that would be longer than a schedule can say. */
export function normalised(blocks: readonly Block[]): readonly Block[] {
  return dayKinds.flatMap((day) => {
    const merged: Block[] = [];
    const ofDay = blocks
      .filter((block) => block.day === day)
      .toSorted((a, b) => a.from - b.from || b.to - a.to);
    for (const block of ofDay) {
      const last = merged.at(-1);
      const both = last === undefined ? undefined : { ...last, to: Math.max(last.to, block.to) };
      if (last === undefined || both === undefined || block.from > last.to || !fits(both)) merged.push(block);
      else merged[merged.length - 1] = both;
    }
    return merged;
  });
}

export const painted = (blocks: readonly Block[], block: Block): readonly Block[] =>
  fits(block) ? normalised([...blocks, block]) : blocks;

export const removed = (blocks: readonly Block[], block: Block): readonly Block[] =>
  blocks.filter((one) => !same(one, block));

/** In place of `block` the other one; where that is none, nothing is changed. */
export const replaced = (blocks: readonly Block[], block: Block, other: Block): readonly Block[] =>
  fits(other) ? painted(removed(blocks, block), other) : blocks;

/** As long as it was, beginning on that day as near to `from` as can be. */
export function movedTo(block: Block, day: DayKind, from: number): Block {
  const length = block.to - block.from;
  const begin = length >= wholeDay ? 0 : clamp(from, 0, wholeDay - step);
  return { day, from: begin, to: begin + length };
}

/** With one edge as near to `minute` as can be. */
export function resizedTo(block: Block, edge: "from" | "to", minute: number): Block {
  const { from, to } = block;
  if (edge === "to") {
    const latest = from === 0 ? wholeDay : wholeDay + from - step;
    return { ...block, to: clamp(minute, from + 1, Math.max(latest, from + 1)) };
  }
  const earliest = to > wholeDay ? to - wholeDay + 1 : 0;
  return { ...block, from: clamp(minute, earliest, Math.min(to, wholeDay) - 1) };
}

/** A break in the midst of it, such as over noon: two blocks. */
export function cut(blocks: readonly Block[], block: Block, from: number, to: number): readonly Block[] {
  if (from <= block.from || to >= Math.min(block.to, wholeDay) || from >= to) return blocks;
  return normalised([...removed(blocks, block), { ...block, to: from }, { ...block, from: to }]);
}

/** These days open as that one does, and no longer as they did. */
export function copiedDay(blocks: readonly Block[], from: DayKind, to: readonly DayKind[]): readonly Block[] {
  const others = to.filter((day) => day !== from);
  const source = blocks.filter(({ day }) => day === from);
  const kept = blocks.filter(({ day }) => !others.includes(day));
  return normalised([...kept, ...others.flatMap((day) => source.map((block) => ({ ...block, day })))]);
}

/** The day on whose row the rest of an overnight block is drawn; after a holiday or a special day it may be any. */
export function dayAfter(day: DayKind): DayKind | undefined {
  const place = weekdays.findIndex((weekday) => weekday === day);
  return place === -1 ? undefined : weekdays[(place + 1) % weekdays.length];
}

/** The rows of a week: its days and the holiday; other special days where they open, or somebody wants to paint on them. */
export const rowsOf = (blocks: readonly Block[], also: ReadonlySet<DayKind>): readonly DayKind[] =>
  dayKinds.filter((kind) => !hidden.has(kind) || also.has(kind) || blocks.some(({ day }) => day === kind));
const hidden: ReadonlySet<DayKind> = new Set(["halfDay", "yearEnd", "special"]);

export const same = (one: Block, other: Block): boolean =>
  one.day === other.day && one.from === other.from && one.to === other.to;

export const snapped = (minute: number): number => Math.round(minute / step) * step;

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

export const minuteOf = (time: string): number => {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return hours * 60 + minutes;
};

/** `08:05`; past midnight counts from there: 1500 is `01:00`. */
export function clock(minute: number): string {
  const shown = minute > wholeDay ? minute - wholeDay : minute;
  return `${String(Math.floor(shown / 60)).padStart(2, "0")}:${String(shown % 60).padStart(2, "0")}`;
}

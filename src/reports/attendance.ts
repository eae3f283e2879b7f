import { areaAfter } from "./area-after.ts";
import { EndedPassages } from "./ended-passages.ts";
import { isAskedFor } from "./passages.ts";
import type { RecordReport, ReportTools } from "./report.ts";
import { durationText } from "./site-time.ts";

interface PersonsDay {
  readonly person: string;
  readonly day: string;
  firstIn: number | undefined;
  lastOut: number | undefined;
  inside: number;
  readonly notes: Set<"fromDayBefore" | "overMidnight" | "stillInside" | "noEntry">;
}

/** Somebody who has been inside for longer than this when the period begins is not seen to be. */
const lookBack = { days: 3 };

/** When each person came into the secure area first, left it last, and how long they were there, day by day. */
export function attendanceReport(tools: ReportTools): RecordReport {
  const { order, texts, time } = tools;
  const from = order.from ?? Number.NEGATIVE_INFINITY;
  const to = Math.min(order.to ?? Number.POSITIVE_INFINITY, order.madeAt);
  const days = new Map<string, PersonsDay>();
  const inside = new Map<string, number>();
  const passages = new EndedPassages();

  const dayOf = (person: string, wall: number): PersonsDay => {
    const day = time.dayOf(wall);
    const key = `${day} ${person}`;
    const known = days.get(key);
    if (known !== undefined) return known;
    const made: PersonsDay = {
      person,
      day,
      firstIn: undefined,
      lastOut: undefined,
      inside: 0,
      notes: new Set(),
    };
    days.set(key, made);
    return made;
  };

  /** Each day gets its part of what somebody was inside, of as many hours as that day had. */
  const stayed = (person: string, entered: number, left: number): void => {
    const end = Math.min(left, to);
    for (let start = Math.max(entered, from); start < end; ) {
      const midnight = time.nextDay(start);
      const day = dayOf(person, start);
      day.inside += Math.min(end, midnight) - start;
      if (entered < start) day.notes.add("fromDayBefore");
      if (midnight <= end && midnight < left) day.notes.add("overMidnight");
      start = Math.min(end, midnight);
    }
  };

  const enters = (person: string, wall: number): void => {
    if (inside.has(person)) return;
    inside.set(person, wall);
    if (wall < from || wall > to) return;
    const day = dayOf(person, wall);
    day.firstIn ??= wall;
  };

  const leaves = (person: string, wall: number): void => {
    const entered = inside.get(person);
    inside.delete(person);
    if (entered !== undefined) stayed(person, entered, wall);
    if (wall < from || wall > to) return;
    const day = dayOf(person, wall);
    day.lastOut = wall;
    if (entered === undefined) day.notes.add("noEntry");
  };

  return {
    columns: ["day", "person", "cardholder", "firstIn", "lastOut", "inside", "note"],
    types: new Set(["AccessGranted", "AccessTaken"]),
    lookBack,
    take({ type, wall, payload }) {
      if (wall > to) return;
      if (type === "AccessGranted") {
        passages.grant(payload);
        return;
      }
      for (const { cardholder, accessPoint } of passages.end(payload)) {
        if (cardholder === undefined || !isAskedFor(tools, cardholder, null)) continue;
        if (areaAfter(accessPoint) === "secure") enters(cardholder, wall);
        // Whoever is seen anywhere else has left, even where nobody saw how.
        else if (accessPoint === "inner-exit" || inside.has(cardholder)) leaves(cardholder, wall);
      }
    },
    finish(emit) {
      for (const [person, entered] of inside) {
        stayed(person, entered, Number.POSITIVE_INFINITY);
        if (entered <= to) dayOf(person, to).notes.add("stillInside").delete("overMidnight");
      }
      const inOrder = [...days.values()]
        .map((day) => ({ ...day, name: tools.nameOf(day.person) }))
        .toSorted((a, b) => compare(a.day, b.day) || compare(a.name, b.name) || compare(a.person, b.person));
      for (const { day, name, person, firstIn, lastOut, inside: total, notes } of inOrder) {
        emit([
          day,
          name,
          person,
          firstIn === undefined ? "" : time.timeText(firstIn),
          lastOut === undefined ? "" : time.timeText(lastOut),
          durationText(total),
          [...notes].map((note) => texts.notes[note]).join(texts.listMark),
        ]);
      }
    },
    totals: () => [
      [texts.total, durationText([...days.values()].reduce((sum, { inside: length }) => sum + length, 0))],
    ],
  };
}

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

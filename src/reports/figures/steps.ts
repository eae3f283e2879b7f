import { type WallTime, wallTime } from "../../domain/time.ts";
import type { SiteTime } from "../site-time.ts";
import type { Period } from "./folding.ts";

const hour = 3_600_000;
const day = 24 * hour;

/** Up to here hours are told apart; beyond, bars get thinner than anybody sees. */
const mostHours = 3 * 24;

/** Into what a period is divided: hours or days as the site's clocks show them. */
export interface Steps {
  readonly step: "hour" | "day";
  readonly begins: readonly WallTime[];
  /** Which of them an instant of the period falls in. */
  at(wall: number): number;
}

export function stepsOf({ from, to }: Period, time: SiteTime): Steps {
  const step = to - from <= mostHours * hour + 1 ? "hour" : "day";
  const begins: WallTime[] = [];
  if (step === "hour") {
    // Zones are whole quarters of an hour away; a change of the clocks moves by whole hours all but everywhere.
    const minutes = Number(time.timeText(from).slice(3, 5));
    const first = Math.floor(from / 60_000) * 60_000 - minutes * 60_000;
    for (let begin = first; begin <= to; begin += hour) begins.push(wallTime(begin));
  } else {
    for (let begin = midnightBefore(from, time); begin <= to; begin = time.nextDay(begin)) {
      begins.push(wallTime(begin));
    }
  }
  return { step, begins, at: (wall) => lastNotAfter(begins, wall) };
}

function midnightBefore(wall: number, time: SiteTime): number {
  // The day before is 23 to 25 hours long: one of these lies in it.
  const candidate = time.nextDay(wall - day);
  return candidate <= wall ? candidate : time.nextDay(wall - day - 2 * hour);
}

function lastNotAfter(begins: readonly number[], wall: number): number {
  let [low, high] = [0, begins.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((begins[middle] ?? Number.POSITIVE_INFINITY) <= wall) low = middle;
    else high = middle - 1;
  }
  return low;
}

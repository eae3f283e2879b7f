import { type AccessPolicy, type Schedule, spansRunning } from "../../domain/access/access.ts";
import type { WallTime } from "../../domain/time.ts";
import type { SiteCalendar } from "../local-time.ts";
import type { FirstEntry } from "./whereabouts.ts";

/**
 * A2: schedules that wait for a first person and have seen one: somebody of the group has gone through an inner door
 * into the secure area, any of the site's, within the span that runs now. An entry at a time that a clock put right
 * since has left outside the span does not count: somebody of the group comes in again.
 */
export function openedSchedules(
  policy: AccessPolicy,
  entries: ReadonlyMap<string, FirstEntry>,
  calendar: SiteCalendar,
  wall: WallTime,
): readonly string[] {
  const waiting = schedulesOf(policy).flatMap((schedule) => {
    const entry = entries.get(schedule.firstPerson ?? "");
    return entry === undefined ? [] : [{ schedule, entry }];
  });
  if (waiting.length === 0) return [];
  const local = calendar.localTime(wall);
  const opened = waiting.filter(({ schedule, entry }) =>
    spansRunning(schedule, local).some((span) => {
      const { from, until } = calendar.extentOf(span, wall);
      return entry.wall >= from && entry.wall < until;
    }),
  );
  return [...new Set(opened.map(({ schedule }) => schedule.name))];
}

function schedulesOf({ levels }: AccessPolicy): readonly Schedule[] {
  const all = levels.flatMap(({ schedule, modes = [] }) => [
    ...(schedule === "always" ? [] : [schedule]),
    ...modes.map((one) => one.schedule),
  ]);
  return [...new Set(all)].filter(({ firstPerson }) => firstPerson !== undefined);
}

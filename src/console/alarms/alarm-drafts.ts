import type { AlarmView } from "../api/site.ts";
import { useDraftsBegun } from "../session/use-draft.ts";

export type AlarmWriting = "acknowledge" | "comment" | "shelve";

/** What is written of an alarm, among an operator's drafts. */
export const aboutAlarm = (writing: AlarmWriting, { id }: Pick<AlarmView, "id">): string =>
  `alarm ${writing} ${id}`;

/** The alarm that an answer was last begun for, as it stood when this was first drawn. */
export function useAlarmBegun(): AlarmView["id"] | null {
  const [last] = useDraftsBegun().filter((about) => about.startsWith("alarm "));
  return last === undefined ? null : last.split(" ").slice(2).join(" ");
}

/** Whether `writing` was begun for this alarm. */
export function useIsBegun(alarm: AlarmView): (writing: AlarmWriting) => boolean {
  const begun = useDraftsBegun();
  return (writing) => begun.includes(aboutAlarm(writing, alarm));
}

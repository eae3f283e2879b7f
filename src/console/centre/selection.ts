import { demandsAttention } from "../../domain/alarm/alarm.ts";
import { byPriority } from "../../domain/alarm/kinds.ts";
import type { AlarmView } from "../api/site.ts";

export interface Queue {
  /** Most pressing first. */
  readonly demanding: readonly AlarmView[];
  /** Somebody has seen to it, and it goes on. */
  readonly seen: readonly AlarmView[];
  readonly shelved: readonly AlarmView[];
}

/** `alarms` as they are kept: by priority, then who nobody has acknowledged, then the newest. */
export function queueOf(alarms: readonly AlarmView[]): Queue {
  const open = alarms.filter(({ shelved }) => shelved === null);
  return {
    demanding: open.filter(demandsAttention).toSorted(forTheWall),
    seen: open.filter((alarm) => !demandsAttention(alarm)),
    shelved: alarms.filter(({ shelved }) => shelved !== null),
  };
}

/** A person in danger before anything else; of the same priority what goes on before what is over. */
const forTheWall = (a: AlarmView, b: AlarmView): number =>
  Number(b.type === "Duress") - Number(a.type === "Duress") ||
  byPriority(a.priority, b.priority) ||
  Number(b.phase === "active-unacknowledged") - Number(a.phase === "active-unacknowledged");

/** What the large view shows: what somebody chose or is writing about, as long as it is there; else the most pressing. */
export function selectedOf(queue: Queue, chosen: AlarmView["id"] | null): AlarmView | null {
  const all = [...queue.demanding, ...queue.seen, ...queue.shelved];
  return all.find(({ id }) => id === chosen) ?? queue.demanding[0] ?? queue.seen[0] ?? null;
}

/** An alarm that somebody who deals with `selected` has to know of: more urgent, or as urgent as nothing else is. */
export function moreUrgentThan(queue: Queue, selected: AlarmView | null): AlarmView | null {
  const [top] = queue.demanding;
  if (top === undefined || selected === null || top.id === selected.id) return null;
  const isDealtWith = !demandsAttention(selected);
  return isDealtWith || byPriority(top.priority, selected.priority) < 0 || top.priority === "critical"
    ? top
    : null;
}

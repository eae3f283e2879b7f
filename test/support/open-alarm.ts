import type { AlarmRecord, AlarmType } from "../../src/domain/alarm/alarm.ts";
import { priorityOf } from "../../src/domain/alarm/kinds.ts";
import { alarmIdOf } from "../../src/domain/alarm/life-cycle.ts";
import { instant, wallTime } from "../../src/domain/time.ts";

/** An alarm that was raised once and that nobody has seen to, at the outer door unless said otherwise. */
export function openAlarm(type: AlarmType, more: Partial<AlarmRecord> = {}): AlarmRecord {
  const { place = { vestibule: "v1", door: "outer" } } = more;
  return {
    id: alarmIdOf(type, place),
    type,
    priority: priorityOf[type],
    place,
    phase: "active-unacknowledged",
    since: wallTime(Date.UTC(2026, 10, 21)),
    lastAt: instant(1),
    count: 1,
    evidence: [],
    detail: null,
    acknowledged: null,
    shelved: null,
    comments: [],
    ...more,
  };
}

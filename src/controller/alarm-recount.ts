import type { AlarmId } from "../domain/alarm/alarm.ts";
import type { Condition } from "../domain/alarm/conditions.ts";
import {
  type AlarmState,
  alarmEventTypes,
  alarmIdOf,
  evolve,
  noAlarms,
  recount,
} from "../domain/alarm/life-cycle.ts";
import { tellingWindow } from "../domain/alarm/telling.ts";
import type { Journal, JournalEntry, JournalRecord } from "../ports/journal.ts";
import { alarmEventOf, conditionsOfEntry } from "../ports/recorded-alarms.ts";
import { conditionInput } from "./alarm-records.ts";
import { recordsInOrder } from "./journal-reading.ts";

/** How far back facts can stand that were held back when the controller ended, with time to spare. */
const longestHeld = 3 * tellingWindow;
const page = 500;
/** No flood is that quick: what stands further back has been told. */
const mostLookedAt = 20_000;

/** Whether `condition` would be counted again from these records. */
export function countedFrom(entries: readonly JournalEntry[]): (condition: Condition) => boolean {
  const known = new Set(entries.flatMap(conditionsOfEntry).map(nameOf));
  return (condition) => known.has(nameOf(condition));
}

const nameOf = ({ is, alarm, place }: Condition): string => `${is} ${alarmIdOf(alarm, place)}`;

/** The open alarms as their records have them, and up to which record they have been told. */
export interface AlarmsOnRecord {
  readonly state: AlarmState;
  readonly told: ReadonlyMap<AlarmId, number>;
  readonly returned: ReadonlyMap<AlarmId, number>;
}

/** Every record of an alarm there is, one after the other: a box is in service for years. Yields their numbers. */
export function* readingAlarms(journal: Pick<Journal, "query">): Generator<number, AlarmsOnRecord> {
  let state = noAlarms;
  const told = new Map<AlarmId, number>();
  const returned = new Map<AlarmId, number>();
  for (const record of recordsInOrder(journal, alarmEventTypes, 0)) {
    const { type, seq, payload } = record;
    state = evolve(state, alarmEventOf(record));
    const { id } = payload;
    if (typeof id === "string" && (type === "AlarmRaised" || type === "AlarmRepeated")) told.set(id, seq);
    if (typeof id === "string" && type === "AlarmReturned") returned.set(id, seq);
    yield seq;
  }
  return { state, told, returned };
}

/** Counts what was held back and not told before the controller ended, from the facts behind it. */
export function recounted(
  { state, told, returned }: AlarmsOnRecord,
  journal: Pick<Journal, "query">,
): AlarmState {
  let counted = state;
  for (const record of newestOfRun(journal)) {
    for (const condition of conditionsOfEntry(record)) {
      const id = alarmIdOf(condition.alarm, condition.place);
      if (record.seq <= (told.get(id) ?? Number.POSITIVE_INFINITY)) continue;
      // Its end was told though its count was not.
      const isOver = record.seq < (returned.get(id) ?? 0) && condition.is === "seen";
      const input = conditionInput(isOver ? { ...condition, is: "pulsed" } : condition, {
        at: record.at,
        wall: record.wall,
      });
      counted = recount(counted, input);
    }
  }
  return counted;
}

/** The last records of the boot that ended, or goes on, oldest first. */
function newestOfRun(journal: Pick<Journal, "query">): readonly JournalRecord[] {
  const found: JournalRecord[] = [];
  let newest: JournalRecord | undefined;
  for (let before: number | undefined; found.length < mostLookedAt; ) {
    const records = journal.query({
      limit: page,
      newestFirst: true,
      ...(before === undefined ? {} : { after: before }),
    });
    newest ??= records[0];
    for (const record of records) {
      // Instants of one boot only can be compared. A run before the last may have ended before it told anything.
      if (newest === undefined || record.boot !== newest.boot) return found.toReversed();
      if (newest.at - record.at > longestHeld) return found.toReversed();
      found.push(record);
    }
    if (records.length < page) break;
    before = records.at(-1)?.seq;
  }
  return found.toReversed();
}

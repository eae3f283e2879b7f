import type { AlarmId } from "../domain/alarm/alarm.ts";
import type { AlarmEvent, AlarmEventOf } from "../domain/alarm/event.ts";
import { alarmIdOf, priorityOf } from "../domain/alarm/kinds.ts";
import {
  type AlarmInput,
  type AlarmState,
  alarmEventTypes,
  decide,
  evolve,
  noAlarms,
} from "../domain/alarm/life-cycle.ts";
import type { JournalRecord } from "../ports/journal.ts";
import { alarmEventOf, conditionsOfEntry } from "../ports/recorded-alarms.ts";
import { DoubtfulWrite } from "./doubtful-write.ts";
import type { Listener } from "./findings.ts";
import { isEqual, outcomeOf } from "./recorded.ts";

/** A site may allow less; that is in its file and not in the record. */
const widestPolicy = { longestShelving: 86_400_000 };
/** A fact and its alarm are one write, and few records. */
const longestWrite = 100;
/** Where the journal, or what was read of it, ends in the midst of one. */
const endOfReading = 20;

interface Due {
  readonly record: JournalRecord;
  readonly id: AlarmId;
}

/**
 * The alarms' life cycle asked again: that each fact which is an alarm has one, and that what is said to have been done
 * with an alarm could be done with it as it was. What was only counted meanwhile is not on record, so that a count may
 * be ahead of what is known here, never behind.
 */
export class AlarmReplay {
  readonly #listener: Listener;
  #state: AlarmState = noAlarms;
  /** Undefined: nothing read yet. False: alarms may be open of which nothing was read. */
  #isKnown: boolean | undefined;
  #due: readonly Due[] = [];
  #last = 0;
  readonly #doubtful = new DoubtfulWrite();

  constructor(listener: Listener) {
    this.#listener = listener;
  }

  /** Whether it was asked again. */
  take(record: JournalRecord): boolean {
    this.#isKnown ??= record.seq === 1;
    // What the disk did not keep may have opened alarms, or ended them.
    if (record.type === "RecordsDropped") this.#isKnown = false;
    if (!this.#isKnown) return false;
    this.#last = record.seq;
    this.#miss(record.seq - longestWrite);
    if (record.type === "StorageTried") this.#doubtful.doubt(this.#state);
    if (isAlarmEvent(record)) return this.#takeAlarm(record);
    for (const { is, alarm, place } of conditionsOfEntry(record)) {
      const id = alarmIdOf(alarm, place);
      if (is !== "gone" && this.#state[id] === undefined) this.#due = [...this.#due, { record, id }];
    }
    return false;
  }

  finish(): void {
    this.#miss(this.#last - endOfReading);
  }

  #takeAlarm(record: JournalRecord): boolean {
    const event = alarmEventOf(record);
    const due = this.#due.filter(({ id }) => id === event.id);
    this.#due = this.#due.filter(({ id }) => id !== event.id);
    // What happens to an alarm first is that it is raised.
    if (event.type !== "AlarmRaised") for (const one of due) this.#missed(one);
    this.#doubtful.follow(event, this.#state);
    this.#state = this.#doubtful.settled(this.#state, event, allowed);
    if (!allowed(this.#state, event))
      this.#differs(record, { state: this.#state[event.id] ?? null }, [outcomeOf(record)]);
    this.#state = evolve(this.#state, event);
    return true;
  }

  /** Facts from before `seq` that should have raised an alarm, and did not. */
  #miss(seq: number): void {
    while (this.#due[0] !== undefined && this.#due[0].record.seq < seq) {
      const [first, ...later] = this.#due;
      this.#due = later;
      this.#missed(first);
    }
  }

  #missed({ record, id }: Due): void {
    this.#differs(record, { alarm: id }, [outcomeOf(record)]);
  }

  #differs(record: JournalRecord, input: object, recorded: readonly ReturnType<typeof outcomeOf>[]): void {
    const { seq } = record;
    this.#listener.differs({
      ...{ seq, rules: "alarms", input, recorded, decided: [] },
      ...{ policy: "alarms", kind: "outcome" },
    });
  }
}

const types: ReadonlySet<string> = new Set(alarmEventTypes);
const isAlarmEvent = ({ type }: JournalRecord): boolean => types.has(type);

/** Whether the rules, with the alarms as they are on record, could have come to this. */
function allowed(state: AlarmState, event: AlarmEvent): boolean {
  const before = state[event.id];
  switch (event.type) {
    case "AlarmRaised":
      return isRaise(event) && (before === undefined ? event.count === 1 : event.count > before.count);
    case "AlarmRepeated":
      return before !== undefined && event.times > 0 && event.count > before.count;
    case "AlarmReturned":
    case "AlarmEvidenceAdded":
      return before !== undefined;
    case "AlarmUnshelved":
      return event.because === "operator"
        ? isDone(state, event)
        : before !== undefined && before.shelved !== null;
    case "AlarmAcknowledged":
    case "AlarmShelved":
    case "AlarmCommented":
      return isDone(state, event);
    case "AlarmHeldBack":
      return true; // has no record
  }
}

const isRaise = ({ id, alarm, place, priority }: AlarmEventOf<"AlarmRaised">): boolean =>
  priority === priorityOf[alarm] && id === alarmIdOf(alarm, place);

type Deed = AlarmEventOf<"AlarmAcknowledged" | "AlarmShelved" | "AlarmUnshelved" | "AlarmCommented">;

const isDone = (state: AlarmState, deed: Deed): boolean =>
  decide(state, orderOf(deed), widestPolicy).some((event) => isEqual(event, deed));

/** What somebody did, from what is on record of it: its record says all that it was. */
function orderOf(deed: Deed): AlarmInput {
  const { at, wall, id } = deed;
  const by = deed.by ?? "";
  switch (deed.type) {
    case "AlarmAcknowledged":
      return { type: "Acknowledged", at, wall, id, by, comment: deed.comment };
    case "AlarmShelved":
      return { type: "Shelved", at, wall, id, by, until: deed.until, reason: deed.reason };
    case "AlarmUnshelved":
      return { type: "Unshelved", at, wall, id, by };
    case "AlarmCommented":
      return { type: "Commented", at, wall, id, by, text: deed.comment };
  }
}

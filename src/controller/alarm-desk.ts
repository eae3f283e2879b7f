import type { AlarmId, AlarmRecord } from "../domain/alarm/alarm.ts";
import type { Condition } from "../domain/alarm/conditions.ts";
import { type AlarmPolicy, presetAlarmPolicy } from "../domain/alarm/kinds.ts";
import {
  type AlarmEvent,
  type AlarmInput,
  type AlarmState,
  deadline,
  decide,
  evolve,
  isRecorded,
  noAlarms,
  recordOf,
  resumed,
} from "../domain/alarm/life-cycle.ts";
import type { Instant } from "../domain/time.ts";
import type { Clock } from "../ports/clock.ts";
import type { Journal } from "../ports/journal.ts";
import { conditionInput } from "./alarm-records.ts";
import { type AlarmsOnRecord, recounted } from "./alarm-recount.ts";

/** The open alarms: what conditions mean for them, and who is told. */
export class AlarmDesk {
  readonly policy: AlarmPolicy;
  readonly #clock: Clock;
  readonly #listeners = new Set<(alarm: AlarmRecord) => void>();
  readonly #eventListeners = new Set<(events: readonly AlarmEvent[]) => void>();
  readonly #wakeListeners = new Set<() => void>();
  #state: AlarmState = noAlarms;

  constructor(clock: Clock, policy: AlarmPolicy = presetAlarmPolicy) {
    this.#clock = clock;
    this.policy = policy;
  }

  open(): readonly AlarmRecord[] {
    return Object.values(this.#state).map(recordOf);
  }

  find(id: AlarmId): AlarmRecord | undefined {
    const open = this.#state[id];
    return open && recordOf(open);
  }

  listen(listener: (alarm: AlarmRecord) => void): Disposable {
    this.#listeners.add(listener);
    return { [Symbol.dispose]: () => void this.#listeners.delete(listener) };
  }

  /** What happened to alarms, once it is recorded: for whoever acts upon the first of a kind and not upon each state. */
  listenToEvents(listener: (events: readonly AlarmEvent[]) => void): Disposable {
    this.#eventListeners.add(listener);
    return { [Symbol.dispose]: () => void this.#eventListeners.delete(listener) };
  }

  /** When something is due though nothing happens: a shelf's end, what was held back. */
  deadline(): Instant | undefined {
    return deadline(this.#state);
  }

  /** Called when `deadline` may be another. */
  onDeadline(listener: () => void): Disposable {
    this.#wakeListeners.add(listener);
    return { [Symbol.dispose]: () => void this.#wakeListeners.delete(listener) };
  }

  /** What the conditions would change; nothing has changed until `apply`. `recorded`: those of facts on record. */
  plan(
    conditions: readonly Condition[],
    recorded: (condition: Condition) => boolean = () => false,
  ): readonly AlarmEvent[] {
    let state = this.#state;
    return conditions.flatMap((condition) => {
      const input = { ...conditionInput(condition, this.#now()), recorded: recorded(condition) };
      const events = decide(state, input, this.policy);
      state = events.reduce(evolve, state);
      return events;
    });
  }

  decide(input: AlarmInput): readonly AlarmEvent[] {
    return decide(this.#state, input, this.policy);
  }

  /** What has just been recorded; what is held back changes the state and is told to nobody. */
  apply(events: readonly AlarmEvent[]): void {
    if (events.length === 0) return;
    const before = this.#state;
    this.#state = events.reduce(evolve, before);
    const told = events.filter(isRecorded);
    for (const id of new Set(told.map((event) => event.id))) {
      const now = this.find(id) ?? normal(last(before[id]), events);
      if (now !== undefined) for (const listener of this.#listeners) listener(now);
    }
    if (told.length > 0) for (const listener of this.#eventListeners) listener(told);
    for (const listener of this.#wakeListeners) listener();
  }

  /** The open alarms from their records, and from the facts behind what was not yet told of them. */
  restore(onRecord: AlarmsOnRecord, journal: Pick<Journal, "query">): void {
    this.#state = resumed(recounted(onRecord, journal), this.#now());
  }

  #now() {
    return { at: this.#clock.now(), wall: this.#clock.wall() };
  }
}

const last = (open: AlarmState[string] | undefined): AlarmRecord | undefined => open && recordOf(open);

/** The alarm as it was last, and who ended it where somebody did. */
export function normal(
  alarm: AlarmRecord | undefined,
  events: readonly AlarmEvent[],
): AlarmRecord | undefined {
  if (alarm === undefined) return undefined;
  const end = events.findLast((event) => event.type === "AlarmAcknowledged" && event.id === alarm.id);
  const acknowledged =
    end?.type === "AlarmAcknowledged"
      ? { by: end.by, at: end.wall, comment: end.comment }
      : alarm.acknowledged;
  return { ...alarm, phase: "normal", acknowledged, shelved: null };
}

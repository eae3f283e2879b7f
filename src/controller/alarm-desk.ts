import type { AlarmId, AlarmRecord } from "../domain/alarm/alarm.ts";
import type { Condition } from "../domain/alarm/conditions.ts";
import {
  type AlarmEvent,
  type AlarmInput,
  type AlarmState,
  decide,
  evolve,
  noAlarms,
} from "../domain/alarm/life-cycle.ts";
import type { Clock } from "../ports/clock.ts";
import type { JournalRecord } from "../ports/journal.ts";

/** The open alarms: what conditions mean for them, and who is told. */
export class AlarmDesk {
  readonly #clock: Clock;
  readonly #listeners = new Set<(alarm: AlarmRecord) => void>();
  readonly #eventListeners = new Set<(events: readonly AlarmEvent[]) => void>();
  #state: AlarmState = noAlarms;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  open(): readonly AlarmRecord[] {
    return Object.values(this.#state);
  }

  find(id: AlarmId): AlarmRecord | undefined {
    return this.#state[id];
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

  /** What the conditions would change; nothing has changed until `apply`. */
  plan(conditions: readonly Condition[]): readonly AlarmEvent[] {
    let state = this.#state;
    return conditions.flatMap((condition) => {
      const events = decide(state, this.#inputOf(condition));
      state = events.reduce(evolve, state);
      return events;
    });
  }

  decide(input: AlarmInput): readonly AlarmEvent[] {
    return decide(this.#state, input);
  }

  apply(events: readonly AlarmEvent[]): void {
    const before = this.#state;
    this.#state = events.reduce(evolve, before);
    for (const id of new Set(events.map((event) => event.id))) {
      const now = this.#state[id] ?? normal(before[id], events);
      if (now !== undefined) for (const listener of this.#listeners) listener(now);
    }
    if (events.length > 0) for (const listener of this.#eventListeners) listener(events);
  }

  /** Rebuilds the open alarms from their records, in order. */
  restore(records: readonly JournalRecord[]): void {
    for (const record of records) this.#state = evolve(this.#state, eventOf(record));
  }

  #inputOf({ is, alarm, place, detail, evidence = [] }: Condition): AlarmInput {
    const at = this.#clock.now();
    const wall = this.#clock.wall();
    switch (is) {
      case "seen":
        return { type: "ConditionSeen", at, wall, alarm, place, detail, evidence };
      case "pulsed":
        return { type: "ConditionPulsed", at, wall, alarm, place, detail, evidence };
      case "gone":
        return { type: "ConditionGone", at, wall, alarm, place };
    }
  }
}

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
  return { ...alarm, phase: "normal", acknowledged };
}

export const alarmEventTypes = [
  "AlarmRaised",
  "AlarmReturned",
  "AlarmEvidenceAdded",
  "AlarmAcknowledged",
] as const;

/** The record of an alarm's event, written by `alarmEntry`, as the event it was. */
function eventOf({ type, at, payload }: JournalRecord): AlarmEvent {
  const { vestibule, door, accessPoint, camera, ...facts } = payload;
  const place = { vestibule, door, accessPoint, camera };
  const present = Object.fromEntries(Object.entries(place).filter(([, value]) => value !== undefined));
  // Our own records, whose chain is verified; a foreign one would not get past that.
  return { type, at, ...facts, place: present } as unknown as AlarmEvent;
}

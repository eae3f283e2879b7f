import type { AlarmId } from "../domain/alarm/alarm.ts";
import type { AlarmEvent } from "../domain/alarm/event.ts";
import { type AlarmState, evolve, noAlarms } from "../domain/alarm/life-cycle.ts";
import type { Instant } from "../domain/time.ts";

/**
 * A disk may keep what it says it has not kept: then the controller goes on from before its last write, and the record
 * says otherwise. Of the alarms in that write both are held possible, until what follows fits one of them only.
 */
export class DoubtfulWrite {
  #at: Instant | undefined;
  /** Before the write of that instant. */
  #before: AlarmState = noAlarms;
  /** As they may be instead, of those in `#ids`. */
  #otherwise: AlarmState = noAlarms;
  readonly #ids = new Set<AlarmId>();

  /** Before `event` changes `state`. */
  follow(event: AlarmEvent, state: AlarmState): void {
    if (event.at !== this.#at) [this.#at, this.#before] = [event.at, state];
  }

  /** The storage has failed at what was written last. */
  doubt(state: AlarmState): void {
    const ids = new Set([...Object.keys(state), ...Object.keys(this.#before)]);
    for (const id of ids) {
      if (this.#ids.has(id) || state[id] === this.#before[id]) continue;
      this.#ids.add(id);
      this.#otherwise = withAlarm(this.#otherwise, id, this.#before);
    }
    this.#before = state;
  }

  /** The alarms that `event` follows from: as they are on record where that fits, else as they may be instead. */
  settled(
    state: AlarmState,
    event: AlarmEvent,
    fits: (state: AlarmState, event: AlarmEvent) => boolean,
  ): AlarmState {
    const { id } = event;
    if (!this.#ids.has(id)) return state;
    const [here, there] = [fits(state, event), fits(this.#otherwise, event)];
    if (here && there) {
      this.#otherwise = evolve(this.#otherwise, event);
      return state;
    }
    this.#ids.delete(id);
    return there ? withAlarm(state, id, this.#otherwise) : state;
  }
}

function withAlarm(state: AlarmState, id: AlarmId, from: AlarmState): AlarmState {
  const { [id]: _, ...others } = state;
  const alarm = from[id];
  return alarm === undefined ? others : { ...others, [id]: alarm };
}

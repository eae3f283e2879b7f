import {
  type InterlockEvent,
  type InterlockInput,
  type InterlockPolicy,
  type InterlockState,
  isRecorded,
} from "../domain/interlock/interlock.ts";
import type { StepBasis } from "../ports/decided-on.ts";

/** A state stands beside one step in so many at the least: whoever asks why never has to read much further back. */
const stepsPerState = 50;
/** Readings between two records; a contact that flaps has thousands, and then the state says what they came to. */
const mostBefore = 64;

/**
 * What each step of one door pair was decided on, for its first record. Raw readings and heartbeats are no records: they
 * go along with the step that follows them, of heartbeats the last.
 */
export class StepTrail {
  #before: readonly InterlockEvent[] = [];
  #policy: InterlockPolicy | undefined;
  #sinceState = 0;

  /** `state`: before the step. Undefined: nothing of it is recorded. */
  follow(
    state: InterlockState,
    input: InterlockInput,
    policy: InterlockPolicy,
    events: readonly InterlockEvent[],
  ): StepBasis | undefined {
    if (!events.some(isRecorded)) {
      this.#keep(events);
      return undefined;
    }
    const before = this.#before;
    this.#before = [];
    const tooMany = before.length > mostBefore;
    const stands = policy !== this.#policy || this.#sinceState >= stepsPerState || tooMany;
    this.#sinceState = stands ? 1 : this.#sinceState + 1;
    this.#policy = policy;
    return {
      input,
      ...(stands ? { state, policy } : {}),
      ...(tooMany ? { tooMany } : before.length === 0 ? {} : { before }),
    };
  }

  #keep(events: readonly InterlockEvent[]): void {
    for (const event of events) {
      if (event.type !== "ControllerHeard") {
        // One more than may be kept says that there were too many.
        if (this.#before.length <= mostBefore) this.#before = [...this.#before, event];
        continue;
      }
      const [first] = this.#before;
      const readings = first?.type === "ControllerHeard" ? this.#before.slice(1) : this.#before;
      this.#before = [event, ...readings];
    }
  }
}

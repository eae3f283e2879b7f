import {
  type InterlockEvent,
  type InterlockInput,
  type InterlockPolicy,
  type InterlockState,
  isRecorded,
} from "../domain/interlock/interlock.ts";
import type { Instant } from "../domain/time.ts";
import { readingOf, type SilentReading, type StepBasis } from "../ports/decided-on.ts";

/** A state stands beside one step in so many at the least: whoever asks why never has to read much further back. */
const stepsPerState = 50;
/** Readings between two records; a contact that flaps has thousands, and then the state says what they came to. */
const mostBefore = 64;

/**
 * What each step of one door pair was decided on, for its first record. Raw readings and heartbeats are no records: they
 * go along with the step that follows them, of heartbeats the last.
 */
export class StepTrail {
  #before: SilentReading[] = [];
  #heard: Instant | undefined;
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
      for (const event of events) this.#keep(event);
      return undefined;
    }
    const [before, heard] = [this.#before, this.#heard];
    [this.#before, this.#heard] = [[], undefined];
    const tooMany = before.length > mostBefore;
    const stands = policy !== this.#policy || this.#sinceState >= stepsPerState || tooMany;
    this.#sinceState = stands ? 1 : this.#sinceState + 1;
    this.#policy = policy;
    return {
      input,
      ...(stands ? { state, policy } : {}),
      ...(heard === undefined ? {} : { heard }),
      ...(tooMany ? { tooMany } : before.length === 0 ? {} : { before }),
    };
  }

  #keep(event: InterlockEvent): void {
    if (event.type === "ControllerHeard") this.#heard = event.sentAt;
    const reading = readingOf(event);
    // One more than may be kept says that there were too many.
    if (reading !== undefined && this.#before.length <= mostBefore) this.#before.push(reading);
  }
}

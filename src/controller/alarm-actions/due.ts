import {
  type ActionState,
  type AlarmHappening,
  decideFiring,
  evolveFiring,
  type Firing,
  nothingFired,
} from "../../domain/alarm/actions.ts";
import type { WallTime } from "../../domain/time.ts";
import type { Journal, JournalRecord, JsonObject } from "../../ports/journal.ts";
import { recordsInOrder } from "../journal-reading.ts";

/** What somebody has to be told, or a camera has to do: derived from the record, so that no end of a process loses it. */
export interface Due {
  readonly seq: number;
  readonly wall: WallTime;
  readonly is:
    | { readonly kind: "firing"; readonly firing: Firing }
    /** A preset that the camera did not recall for us: the CCTV system's to do. */
    | { readonly kind: "presetWanted"; readonly facts: JsonObject };
}

export const presetWanted = "CameraPresetRequested";

/** Records read at once, of each type: beside decisions, which are not to wait for a day's alarms. */
const page = 32;

export const happenings = [
  "AlarmRaised",
  "AlarmReturned",
  "AlarmAcknowledged",
  "AlarmShelved",
  "AlarmUnshelved",
] as const satisfies readonly AlarmHappening["type"][];

/** Reads on from a place in the journal, however far behind it is. */
export class DueReader {
  readonly #journal: Pick<Journal, "query" | "last">;
  #position: number;
  #state: ActionState;
  #pass: Iterator<JournalRecord> | undefined;
  /** The journal's end when the pass under way began: what came later may be of a type that it has read to the end. */
  #end = 0;

  constructor(journal: Pick<Journal, "query" | "last">, after: number, state: ActionState) {
    this.#journal = journal;
    this.#position = after;
    this.#state = state;
  }

  /** Everything up to here has been read. */
  get position(): number {
    return this.#position;
  }

  /** Undefined where nothing more is due for now. Throws StorageFault. */
  next(): Due | undefined {
    for (;;) {
      if (this.#pass === undefined) {
        this.#end = this.#journal.last();
        if (this.#end <= this.#position) return undefined;
        const types = [...happenings, presetWanted];
        this.#pass = recordsInOrder(this.#journal, types, this.#position, page);
      }
      const { value: record } = this.#pass.next();
      if (record === undefined || record.seq > this.#end) {
        this.#position = this.#end;
        this.#pass = undefined;
        continue;
      }
      this.#position = record.seq;
      const is = this.#take(record);
      if (is !== undefined) return { seq: record.seq, wall: record.wall, is };
    }
  }

  #take(record: JournalRecord): Due["is"] | undefined {
    if (record.type === presetWanted) return { kind: "presetWanted", facts: record.payload };
    const happening = happeningOf(record);
    const firing = decideFiring(this.#state, happening);
    this.#state = evolveFiring(this.#state, happening);
    return firing && { kind: "firing", firing };
  }
}

/** What was remembered of alarms when each of these places was the journal's end. */
export function statesAt(
  journal: Pick<Journal, "query">,
  positions: readonly number[],
): ReadonlyMap<number, ActionState> {
  const states = new Map<number, ActionState>();
  const waiting = [...new Set(positions)].toSorted((a, b) => a - b);
  let state = nothingFired;
  for (const record of recordsInOrder(journal, happenings, 0)) {
    while (waiting[0] !== undefined && waiting[0] < record.seq) states.set(waiting.shift() ?? 0, state);
    if (waiting.length === 0) break;
    state = evolveFiring(state, happeningOf(record));
  }
  for (const position of waiting) states.set(position, state);
  return states;
}

/** The record of an alarm's event as the event it was. */
function happeningOf({ type, payload, wall }: JournalRecord): AlarmHappening {
  const { vestibule, door, accessPoint, camera, ...facts } = payload;
  const place = Object.fromEntries(
    Object.entries({ vestibule, door, accessPoint, camera }).filter(([, value]) => value !== undefined),
  );
  // Our own records, whose chain is verified; a foreign one would not get past that.
  return { wall, ...facts, type, place } as unknown as AlarmHappening;
}

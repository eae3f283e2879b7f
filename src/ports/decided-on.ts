import type { AccessInput, AccessState } from "../domain/access/access.ts";
import type {
  InterlockEvent,
  InterlockInput,
  InterlockPolicy,
  InterlockState,
} from "../domain/interlock/interlock.ts";
import type { Bolt, Contact, DoorName } from "../domain/names.ts";
import type { Instant } from "../domain/time.ts";
import type { JsonObject } from "./journal.ts";

/**
 * What stands beside a record (`JournalEntry.input`): all that was decided on, so that the same rules can be asked again
 * (docs/replay.md). One record may be both, where the end of a passage is told once, with its person.
 */
export interface DecidedOn {
  readonly access?: AccessBasis;
  readonly interlock?: InterlockBasis;
}

/** Fields of an access input that are mostly what they were in one just before. */
export const sharedFields = ["credential", "surroundings", "local"] as const;
export type SharedField = (typeof sharedFields)[number];

/** By how many characters of its hash a decision names the rules that held. */
export const ruleReferenceLength = 16;

type Entries<State> = {
  readonly [Part in keyof State]: State[Part] extends readonly unknown[]
    ? State[Part]
    : readonly (readonly [string, State[Part][keyof State[Part]]])[];
};

/** What goes on, in the order in which it began, which canonical JSON keeps of lists only. */
export type StoredAccessState = Entries<AccessState>;

export function storedState({
  attempts,
  parties,
  cards,
  accessPoints,
  lastRead,
  held,
}: AccessState): StoredAccessState {
  return {
    attempts: Object.entries(attempts),
    parties: Object.entries(parties),
    cards: Object.entries(cards),
    accessPoints: Object.entries(accessPoints),
    lastRead: Object.entries(lastRead),
    held,
  };
}

export function stateOf({
  attempts,
  parties,
  cards,
  accessPoints,
  lastRead,
  held,
}: StoredAccessState): AccessState {
  return {
    attempts: Object.fromEntries(attempts),
    parties: Object.fromEntries(parties),
    cards: Object.fromEntries(cards),
    accessPoints: Object.fromEntries(accessPoints),
    lastRead: Object.fromEntries(lastRead),
    held,
  };
}

/** On the first record of what the access rules decided. */
export interface AccessBasis {
  /** Which rules held: how `rules` of the `RulesInForce` before it begins. */
  readonly rules: string;
  /** What was so before; where it is missing, it is what the decisions before it led to. */
  readonly state?: StoredAccessState;
  /** Inputs since the decision before this one that changed something and are no records. */
  readonly before?: readonly AccessInput[];
  /** The place of a field's value among those written since the last `state`, from 0 on, where it has been written. */
  readonly as?: Partial<Readonly<Record<SharedField, number>>>;
  /** Without `face` where that stands in one of the decision's records. */
  readonly input: JsonObject;
}

/** When, where, what, and what it was read as; `people`: how many were between the doors before the interlock began. */
export type SilentReading =
  | readonly [at: Instant, door: DoorName, line: "contact", value: Contact]
  | readonly [at: Instant, door: DoorName, line: "bolt", value: Bolt]
  | readonly [at: Instant, where: "between", what: "people", count: number];

/** Of an event that is no record; undefined of a heartbeat, which is told apart. */
export function readingOf(event: InterlockEvent): SilentReading | undefined {
  if (event.type === "ContactRead") return [event.at, event.door, "contact", event.contact];
  if (event.type === "BoltRead") return [event.at, event.door, "bolt", event.bolt];
  if (event.type === "OccupancyRestored") return [event.at, "between", "people", event.people];
  return undefined;
}

export function readingEvent(reading: SilentReading): InterlockEvent {
  switch (reading[2]) {
    case "contact":
      return { type: "ContactRead", at: reading[0], door: reading[1], contact: reading[3] };
    case "bolt":
      return { type: "BoltRead", at: reading[0], door: reading[1], bolt: reading[3] };
    case "people":
      return { type: "OccupancyRestored", at: reading[0], people: reading[3] };
  }
}

/** On each record of what the interlock decided. */
export interface InterlockBasis {
  /** Counted within a run of the interlock: 1, 2, 3 … */
  readonly n: number;
  /** Which run; with `state`. */
  readonly run?: string;
  /** What was so before, and the rules from then on; where they are missing, they are what they were. */
  readonly state?: InterlockState;
  readonly policy?: InterlockPolicy;
  /** Since the step before: when the last heartbeat was sent, and what changed silently. */
  readonly heard?: Instant;
  readonly before?: readonly SilentReading[];
  /** There were too many to be written: `state` says what they came to. */
  readonly tooMany?: true;
  /** On the first record of a step; the others of it have none. */
  readonly input?: InterlockInput;
}

/** What the interlock says of it; the number and the run are the message's own. */
export type StepBasis = Omit<InterlockBasis, "n" | "run">;

/** Longer than any decision needs. What is longer is left out, and a replay says that it is not there. */
export const largestBasis = 160_000;

/** As it will stand in the journal: what JSON has no word for is left out. */
export function plainJson(value: object): JsonObject {
  const plain: JsonObject = JSON.parse(JSON.stringify(value));
  return plain;
}

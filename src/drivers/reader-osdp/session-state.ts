import { after, type Instant, type Milliseconds } from "../../domain/time.ts";
import type { Command } from "./commands.ts";
import type { CheckKind } from "./frame.ts";
import type { Capabilities, Identity } from "./replies.ts";
import type { SecureChannel, SessionKeys } from "./secure-channel.ts";

/** `site`: the reader's own; `pending`: sent to it, not yet known to have arrived; `default`: everybody's. */
export type KeyKind = "site" | "pending" | "default";

export interface BaseKey {
  readonly kind: KeyKind;
  readonly bytes: Buffer;
}

export interface SessionSettings {
  readonly address: number;
  readonly check: CheckKind;
  /** `off`: everything in the open, as somebody chose for this reader. */
  readonly secureChannel: "required" | "off";
  readonly pollInterval: Milliseconds;
  /** How often one command is sent before the reader counts as lost. */
  readonly attempts: number;
}

export const sessionDefaults = { pollInterval: 50, attempts: 3 } as const;

/** How long a reader may say it is busy. */
export const longestBusy: Milliseconds = 8_000;
export const busyPause: Milliseconds = 100;
/** How often a reader is asked how it is and who it is, within the channel. */
export const statusInterval: Milliseconds = 30_000;
/** Channels that may break between two of those rounds before the reader counts as lost. */
const mostRestarts = 5;
/**
 * A channel that is made anew within this time was broken by the line, not by the reader's absence: what is read meanwhile
 * is from now. Readers give up their channel for a single reply that was lost.
 */
const shortBreak: Milliseconds = 1_000;
/** What a reader kept from before is thrown away up to here; who never says that there is no more is believed then. */
export const mostStale = 32;

const firstPause: Milliseconds = 500;
const longestPause: Milliseconds = 8_000;

const pauseAfter = (failures: number): Milliseconds =>
  Math.min(firstPause * 2 ** Math.min(failures, 10), longestPause);

export type Phase =
  /** Nothing is said until it is tried again. */
  | { readonly name: "waiting" }
  | { readonly name: "identifying" }
  | { readonly name: "describing" }
  | { readonly name: "toChallenge" }
  | { readonly name: "challenging"; readonly key: BaseKey; readonly random: Buffer }
  | {
      readonly name: "toProve";
      readonly key: BaseKey;
      readonly keys: SessionKeys;
      readonly cryptogram: Buffer;
      /** The challenge was sent more than once: the reader may have answered each with another random number. */
      readonly challengedAgain: boolean;
    }
  /** A channel stands, under a key that has to be replaced before anything else is said. */
  | { readonly name: "installing" }
  | {
      readonly name: "reading";
      /** It has said that nothing is waiting any more. */
      readonly drained: boolean;
      /** It was read a moment ago: what is waiting is no older than that. */
      readonly current: boolean;
      readonly stale: number;
    };

/** A command on its way; sent again it is the same bytes. */
export interface Pending {
  readonly bytes: Buffer;
  readonly code: number;
  readonly sequence: number;
  readonly attempts: number;
  readonly channel: SecureChannel | undefined;
  /** Something came back that was not good enough: then it is not simply gone. */
  readonly heard: boolean;
}

export interface SessionState {
  readonly phase: Phase;
  /** When it wants the bus next. */
  readonly dueAt: Instant;
  /** Of the next command; 0 begins anew. */
  readonly sequence: number;
  readonly pending: Pending | undefined;
  readonly channel: SecureChannel | undefined;
  readonly capabilities: Capabilities;
  /** What is still to be said: light, sound, text. Replaced as a whole. */
  readonly orders: readonly Command[];
  /** What is still to be asked in this round. */
  readonly questions: readonly Command[];
  readonly nextRoundAt: Instant;
  readonly busySince: Instant | undefined;
  /** When a poll was last answered by a reader that is being read; undefined once it was lost. */
  readonly polledAt: Instant | undefined;
  /** The last frame that was an answer; it may come again. */
  readonly lastAnswer: Uint8Array | undefined;
  readonly failures: number;
  readonly restarts: number;
}

/** Why a reader cannot be used. */
export type Loss =
  | { readonly why: "silent" | "busy" | "unstable" | "noKey" | "noSecureChannel" | "keyNotTaken" }
  | { readonly why: "wrongKey"; readonly kind: KeyKind }
  /** Answered the key's kind it was not asked for. */
  | { readonly why: "downgrade" }
  | { readonly why: "refused"; readonly command: number; readonly reason: number };

/** Why something a reader sent was not used. */
export type Drop =
  | "otherAddress"
  | "unasked"
  /** The answer that was taken already, once more. */
  | "repeated"
  | "sequence"
  | "plaintext"
  | "mac"
  | "malformed"
  /** The reader says it could not read the command; it is sent again. */
  | "commandDamaged"
  /** A card or keys from before the reader was found. */
  | "stale";

export type SessionEvent =
  | { readonly type: "wentOnline" }
  | { readonly type: "wentLost"; readonly loss: Loss }
  | { readonly type: "identified"; readonly identity: Identity; readonly proven: boolean }
  | { readonly type: "channelUp"; readonly kind: KeyKind }
  | { readonly type: "channelDown" }
  | { readonly type: "keyRefused"; readonly kind: KeyKind }
  | { readonly type: "keySent" }
  | { readonly type: "card"; readonly bits: number; readonly data: Uint8Array }
  | { readonly type: "formattedCard"; readonly characters: string }
  | { readonly type: "keys"; readonly keys: string }
  | { readonly type: "localStatus"; readonly tampered: boolean; readonly powerFault: boolean }
  | { readonly type: "readerTampered"; readonly tampered: boolean }
  | { readonly type: "commandRefused"; readonly command: number; readonly reason: number }
  | { readonly type: "dropped"; readonly drop: Drop };

export interface Step {
  readonly state: SessionState;
  readonly events: readonly SessionEvent[];
}

export interface Received extends Step {
  /** Whether this was the answer; if not, it may still come. */
  readonly answered: boolean;
}

export const answered = (step: Step): Received => ({ ...step, answered: true });

/** Not used, counted; the answer may still come. */
export const dropped = (state: SessionState, drop: Drop): Received => ({
  state: state.pending === undefined ? state : { ...state, pending: { ...state.pending, heard: true } },
  events: [{ type: "dropped", drop }],
  answered: false,
});

/** The exchange is over and the next number comes: 0 only begins. */
export const settled = (state: SessionState): SessionState => ({
  ...state,
  pending: undefined,
  busySince: undefined,
  sequence: (state.sequence % 3) + 1,
});

export const sessionAt = (at: Instant): SessionState => ({
  phase: { name: "identifying" },
  dueAt: at,
  sequence: 0,
  pending: undefined,
  channel: undefined,
  capabilities: new Map(),
  orders: [],
  questions: [],
  nextRoundAt: at,
  busySince: undefined,
  polledAt: undefined,
  lastAnswer: undefined,
  failures: 0,
  restarts: 0,
});

/** Being read from here on, in a channel or where none is wanted. */
export const readingFrom = ({ polledAt }: SessionState, at: Instant): Phase => ({
  name: "reading",
  drained: false,
  current: polledAt !== undefined && at - polledAt <= shortBreak,
  stale: 0,
});

/** Begins anew from sequence 0, which also ends whatever channel the reader still has. */
export const begunAgain = (state: SessionState, dueAt: Instant): SessionState => ({
  ...state,
  phase: { name: "identifying" },
  dueAt,
  sequence: 0,
  pending: undefined,
  channel: undefined,
  questions: [],
  busySince: undefined,
});

export function lost(state: SessionState, at: Instant, loss: Loss): Step {
  return {
    state: {
      ...begunAgain(state, after(at, pauseAfter(state.failures))),
      phase: { name: "waiting" },
      failures: state.failures + 1,
      restarts: 0,
      polledAt: undefined,
    },
    events: [{ type: "wentLost", loss }],
  };
}

/** The channel broke but the reader is there: made anew at once, unless it does nothing else. */
export function restarted(state: SessionState, at: Instant): Step {
  if (state.restarts >= mostRestarts) return lost(state, at, { why: "unstable" });
  return {
    state: { ...begunAgain(state, at), restarts: state.restarts + 1 },
    events: [{ type: "channelDown" }],
  };
}

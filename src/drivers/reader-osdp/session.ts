import { after, type Instant } from "../../domain/time.ts";
import { type Command, commands } from "./commands.ts";
import { encodeFrame } from "./frame.ts";
import { capabilityCodes } from "./replies.ts";
import { sealCommand, securityTypes } from "./secure-channel.ts";
import {
  type BaseKey,
  lost,
  type Pending,
  restarted,
  type SessionSettings,
  type SessionState,
  type Step,
  statusInterval,
} from "./session-state.ts";

/** What the shell brings when a reader has its turn. */
export interface Turn {
  readonly at: Instant;
  /** Eight bytes nobody can foresee. */
  readonly random: Buffer;
  readonly key: BaseKey | undefined;
  /** Where a key is being brought into the reader: the one it gets. */
  readonly newKey: Buffer | undefined;
}

export interface Sent extends Step {
  /** What goes over the line; undefined where there is nothing to say. */
  readonly bytes: Buffer | undefined;
}

/** The reader's turn on the bus: what is said to it, or said again. */
export function takeTurn(state: SessionState, turn: Turn, settings: SessionSettings): Sent {
  if (state.pending !== undefined) {
    const pending = { ...state.pending, attempts: state.pending.attempts + 1 };
    return { state: { ...state, pending }, events: [], bytes: pending.bytes };
  }
  switch (state.phase.name) {
    case "waiting":
      return takeTurn({ ...state, phase: { name: "identifying" } }, turn, settings);
    case "identifying":
      return sent(state, commands.identify(), settings);
    case "describing":
      return sent(state, commands.capabilities(), settings);
    case "toChallenge":
    case "challenging":
      return challenge(state, turn, settings);
    case "toProve":
      return sent(state, commands.serverCryptogram(state.phase.cryptogram), settings, {
        type: securityTypes.serverCryptogram,
        key: state.phase.key,
      });
    case "installing":
      if (turn.newKey === undefined) return { ...lost(state, turn.at, { why: "noKey" }), bytes: undefined };
      return sent(state, commands.setKey(turn.newKey), settings);
    case "reading":
      return sent(...nextOf(state, turn.at), settings);
  }
}

/** A key is asked for anew at each try, so that one that came meanwhile is used. */
function challenge(state: SessionState, { at, random, key }: Turn, settings: SessionSettings): Sent {
  if (key === undefined) return { ...lost(state, at, { why: "noKey" }), bytes: undefined };
  const challenging = { ...state, phase: { name: "challenging", key, random } } as const;
  return sent(challenging, commands.challenge(random), settings, { type: securityTypes.challenge, key });
}

/** Orders first: a person waits for the light. Then questions of the round, then whether there is anything new. */
function nextOf(state: SessionState, at: Instant): readonly [SessionState, Command] {
  const round = at >= state.nextRoundAt ? roundOf(state, at) : state;
  const [order, ...orders] = round.orders;
  if (order !== undefined) return [{ ...round, orders }, order];
  const [question, ...questions] = round.questions;
  if (question !== undefined) return [{ ...round, questions }, question];
  return [round, commands.poll()];
}

function roundOf(state: SessionState, at: Instant): SessionState {
  const hasReaders = (state.capabilities.get(capabilityCodes.readers)?.items ?? 0) > 0;
  return {
    ...state,
    questions: [
      commands.identify(),
      commands.localStatus(),
      ...(hasReaders ? [commands.readerStatus()] : []),
    ],
    nextRoundAt: after(at, statusInterval),
    // The first round belongs to a new channel; one that lasted to the second was no failure.
    restarts: state.phase.name === "reading" && state.phase.drained ? 0 : state.restarts,
  };
}

function sent(
  state: SessionState,
  { code, data }: Command,
  { address, check }: SessionSettings,
  handshake?: { readonly type: number; readonly key: BaseKey },
): Sent {
  const { sequence } = state;
  const command = { address, sequence, check, code, data };
  const sealed = state.channel === undefined ? undefined : sealCommand(state.channel, command);
  const bytes =
    sealed?.bytes ??
    encodeFrame({
      ...command,
      reply: false,
      security: handshake && {
        type: handshake.type,
        data: Buffer.of(handshake.key.kind === "default" ? 0 : 1),
      },
    });
  const pending: Pending = { bytes, code, sequence, attempts: 1, channel: sealed?.channel, heard: false };
  return { state: { ...state, pending }, events: [], bytes };
}

/** Nothing that counts came back in time. */
export function timeOut(state: SessionState, at: Instant, settings: SessionSettings): Step {
  const { pending } = state;
  if (pending === undefined) return { state, events: [] };
  // Whether somebody is there at all is asked once at a time: on a shared bus the others wait meanwhile.
  const attempts = state.failures > 0 && state.phase.name === "identifying" ? 1 : settings.attempts;
  if (pending.attempts < attempts) return { state: { ...state, dueAt: at }, events: [] };
  if (pending.heard && state.channel !== undefined) return restarted(state, at);
  const step = lost(state, at, { why: state.busySince === undefined ? "silent" : "busy" });
  // Some readers say nothing at all to a key they do not have.
  return state.phase.name === "challenging" || state.phase.name === "toProve"
    ? { ...step, events: [{ type: "keyRefused", kind: state.phase.key.kind }, ...step.events] }
    : step;
}

/** What the reader shall do now, instead of what it was told before and has not been sent. */
export const ordered = (state: SessionState, orders: readonly Command[], at: Instant): SessionState => ({
  ...state,
  orders,
  // Only a reader that is being read has time for it; the others get it once they are.
  dueAt: state.phase.name === "reading" && state.pending === undefined && at < state.dueAt ? at : state.dueAt,
});

import { after, type Instant } from "../../domain/time.ts";
import { commandCodes } from "./commands.ts";
import type { Frame } from "./frame.ts";
import { parseReply, type Reply, replyCodes } from "./replies.ts";
import { isSame, openReply } from "./secure-channel.ts";
import { expectedBlock, keySent, onClientCryptogram, onInitialMac } from "./session-handshake.ts";
import {
  answered,
  busyPause,
  dropped,
  longestBusy,
  lost,
  mostStale,
  type Pending,
  type Phase,
  type Received,
  readingFrom,
  restarted,
  type SessionEvent,
  type SessionSettings,
  type SessionState,
  type Step,
  settled,
} from "./session-state.ts";

/** Reasons of NAK after which nothing but a new beginning helps. */
const damaged = 1;
const wrongSequence = 4;
/** Said in the channel: the two sides no longer mean the same one. */
const breaksChannel: readonly number[] = [damaged, wrongSequence, 5, 6];

/** A whole frame from the line, which may be anybody's. */
export function receive(state: SessionState, frame: Frame, at: Instant, settings: SessionSettings): Received {
  const received = receiveOne(state, frame, at, settings);
  return received.answered
    ? { ...received, state: { ...received.state, lastAnswer: frame.checked } }
    : received;
}

function receiveOne(state: SessionState, frame: Frame, at: Instant, settings: SessionSettings): Received {
  // What the controller sent itself comes back on adapters that hear themselves.
  if (!frame.reply) return { state, events: [], answered: false };
  if (frame.address !== settings.address) return dropped(state, "otherAddress");
  const { pending } = state;
  if (pending === undefined) {
    // A reader that was asked twice because it was slow answers twice.
    const repeated = state.lastAnswer !== undefined && isSame(state.lastAnswer, frame.checked);
    return dropped(state, repeated ? "repeated" : "unasked");
  }
  const inTheOpen = frame.security === undefined;
  // Busy is always said in the open, and with sequence 0.
  if (inTheOpen && frame.code === replyCodes.busy) return busy(state, pending, at);
  if (inTheOpen && isSequenceRefusal(frame)) return answered(restarted(state, at));
  if (frame.sequence !== pending.sequence) return dropped(state, "sequence");
  if (inTheOpen && frame.code === replyCodes.nak && frame.data[0] === damaged)
    return dropped(state, "commandDamaged");
  return pending.channel === undefined
    ? receiveInTheOpen(state, frame, at, settings)
    : receiveInChannel(state, pending, frame, at, settings);
}

const isSequenceRefusal = ({ code, data }: Frame): boolean =>
  code === replyCodes.nak && data[0] === wrongSequence;

function busy(state: SessionState, pending: Pending, at: Instant): Received {
  const busySince = state.busySince ?? at;
  if (at - busySince > longestBusy) return answered(lost(state, at, { why: "busy" }));
  return answered({
    // Said again as it was; a reader that is busy is not one that does not answer.
    state: { ...state, busySince, dueAt: after(at, busyPause), pending: { ...pending, attempts: 0 } },
    events: [],
  });
}

function receiveInChannel(
  state: SessionState,
  pending: Pending,
  frame: Frame,
  at: Instant,
  settings: SessionSettings,
): Received {
  if (pending.channel === undefined) return dropped(state, "unasked");
  const opened = openReply(pending.channel, frame);
  if ("refused" in opened) {
    if (opened.refused === "plaintext" && frame.security === undefined) {
      // A reader that was restarted knows no channel and says so; one that got its key may have ended it already.
      if (frame.code === replyCodes.nak) return answered(restarted(state, at));
      if (frame.code === replyCodes.ack && state.phase.name === "installing")
        return answered(keySent(state, at));
    }
    return dropped(state, opened.refused);
  }
  const next = { ...settled(state), channel: opened.channel };
  const reply = parseReply(frame.code, opened.data);
  if (reply === undefined)
    return answered(read(next, [{ type: "dropped", drop: "malformed" }], at, settings));
  return answered(replied(next, pending, reply, at, settings));
}

function receiveInTheOpen(
  state: SessionState,
  frame: Frame,
  at: Instant,
  settings: SessionSettings,
): Received {
  const { pending, phase } = state;
  if (pending === undefined) return dropped(state, "unasked");
  const reply = parseReply(frame.code, frame.data);
  if (reply === undefined) return dropped(state, "malformed");
  if (frame.security?.type !== expectedBlock(phase) && reply.type !== "nak")
    return dropped(state, "malformed");
  if (phase.name === "challenging") return onClientCryptogram(state, phase, frame, reply, at);
  if (phase.name === "toProve") return onInitialMac(state, phase, frame, reply, at);
  return answered(replied(settled(state), pending, reply, at, settings));
}

/** What follows from a reply that is what it should be, in the channel or where there is none. */
function replied(
  state: SessionState,
  { code }: Pending,
  reply: Reply,
  at: Instant,
  settings: SessionSettings,
): Step {
  if (reply.type === "nak") return onRefusal(state, code, reply.reason, at, settings);
  switch (state.phase.name) {
    case "identifying":
      if (reply.type !== "identity") return lost(state, at, { why: "unstable" });
      return {
        state: { ...state, phase: { name: "describing" }, dueAt: at },
        events: [{ type: "identified", identity: reply.identity, proven: false }],
      };
    case "describing":
      return described(
        reply.type === "capabilities" ? { ...state, capabilities: reply.capabilities } : state,
        at,
        settings,
      );
    case "installing":
      return reply.type === "ack" ? keySent(state, at) : lost(state, at, { why: "keyNotTaken" });
    case "reading":
      return onReading(state, code, reply, at, settings);
    case "waiting":
    case "toChallenge":
    case "challenging":
    case "toProve":
      return { state, events: [{ type: "dropped", drop: "unasked" }] };
  }
}

function described(state: SessionState, at: Instant, { secureChannel }: SessionSettings): Step {
  const phase: Phase = secureChannel === "off" ? readingFrom(state, at) : { name: "toChallenge" };
  return { state: { ...state, phase, dueAt: at, nextRoundAt: at }, events: [] };
}

function onRefusal(
  state: SessionState,
  command: number,
  reason: number,
  at: Instant,
  settings: SessionSettings,
): Step {
  const refused: SessionEvent = { type: "commandRefused", command, reason };
  const { name } = state.phase;
  if (state.channel !== undefined && name !== "installing" && breaksChannel.includes(reason))
    return restarted(state, at);
  switch (name) {
    case "installing":
      // Said in the channel that the key came in: readers that do not want one call that a condition of security.
      return lost(state, at, { why: "keyNotTaken" });
    case "describing":
      // Readers of the first version do not say what they can.
      return described(state, at, settings);
    case "reading":
      if (command === commandCodes.poll) return lost(state, at, { why: "refused", command, reason });
      return read(state, [refused], at, settings);
    case "waiting":
    case "identifying":
    case "toChallenge":
    case "challenging":
    case "toProve":
      return lost(state, at, { why: "refused", command, reason });
  }
}

function onReading(
  state: SessionState,
  code: number,
  reply: Reply,
  at: Instant,
  settings: SessionSettings,
): Step {
  const { phase } = state;
  if (phase.name !== "reading") return { state, events: [] };
  switch (reply.type) {
    case "card":
    case "formattedCard":
    case "keys":
      if (code !== commandCodes.poll)
        return read(state, [{ type: "dropped", drop: "unasked" }], at, settings);
      if (!phase.drained && !phase.current && phase.stale < mostStale) {
        const staler = { ...state, phase: { ...phase, stale: phase.stale + 1 } };
        // Asked again at once: whoever stands there now waits for it.
        return { state: { ...staler, dueAt: at }, events: [{ type: "dropped", drop: "stale" }] };
      }
      return read(drainedBy(state, code, at), [...online(state, code), reply], at, settings);
    case "identity":
      return read(
        state,
        [{ type: "identified", identity: reply.identity, proven: state.channel !== undefined }],
        at,
        settings,
      );
    case "localStatus":
      return read(drainedBy(state, code, at), [...online(state, code), reply], at, settings);
    case "readerStatus":
      return read(
        drainedBy(state, code, at),
        [...online(state, code), { type: "readerTampered", tampered: reply.states.includes("tampered") }],
        at,
        settings,
      );
    case "ack":
    case "other":
    case "busy":
    case "nak":
    case "capabilities":
    case "communication":
    case "clientCryptogram":
    case "initialMac":
      return read(drainedBy(state, code, at), online(state, code), at, settings);
  }
}

/** The first poll that brings nothing from before shows that the reader is there, now. */
const online = ({ phase }: SessionState, code: number): readonly SessionEvent[] =>
  phase.name === "reading" && !phase.drained && code === commandCodes.poll ? [{ type: "wentOnline" }] : [];

const drainedBy = (state: SessionState, code: number, at: Instant): SessionState =>
  state.phase.name === "reading" && code === commandCodes.poll
    ? { ...state, phase: { ...state.phase, drained: true }, failures: 0, polledAt: at }
    : state;

/** The next word to this reader: at once where more is to be said or asked, otherwise after the interval. */
function read(
  state: SessionState,
  events: readonly SessionEvent[],
  at: Instant,
  { pollInterval }: SessionSettings,
): Step {
  const more = state.orders.length > 0 || state.questions.length > 0;
  const brought = events.some(({ type }) => type === "card" || type === "formattedCard" || type === "keys");
  const drained = state.phase.name === "reading" && state.phase.drained;
  const dueAt = more || brought || !drained ? at : after(at, pollInterval);
  return { state: { ...state, dueAt }, events };
}

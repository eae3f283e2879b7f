import type { Instant } from "../../domain/time.ts";
import type { Frame } from "./frame.ts";
import type { Reply } from "./replies.ts";
import {
  clientCryptogram,
  initialReplyMac,
  isSame,
  securityTypes,
  serverCryptogram,
  sessionKeys,
} from "./secure-channel.ts";
import {
  answered,
  type BaseKey,
  dropped,
  type KeyKind,
  type Loss,
  lost,
  type Phase,
  type Received,
  readingFrom,
  restarted,
  type SessionState,
  type Step,
  settled,
} from "./session-state.ts";

export function expectedBlock({ name }: Phase): number | undefined {
  if (name === "challenging") return securityTypes.clientCryptogram;
  return name === "toProve" ? securityTypes.initialMac : undefined;
}

export function onClientCryptogram(
  state: SessionState,
  { key, random }: Extract<Phase, { name: "challenging" }>,
  { security }: Frame,
  reply: Reply,
  at: Instant,
): Received {
  if (reply.type === "nak") return handshakeRefused(state, key, at);
  if (reply.type !== "clientCryptogram") return dropped(state, "unasked");
  if (security?.data[0] !== (key.kind === "default" ? 0 : 1)) return otherKind(state, key, at);
  const keys = sessionKeys(key.bytes, random);
  if (!isSame(reply.cryptogram, clientCryptogram(keys, random, reply.readerRandom)))
    return answered(keyRefused(lost(state, at, { why: "wrongKey", kind: key.kind }), key.kind));
  const cryptogram = serverCryptogram(keys, random, reply.readerRandom);
  return answered({
    state: {
      ...settled(state),
      phase: { name: "toProve", key, keys, cryptogram, challengedAgain: isRepeated(state) },
      dueAt: at,
    },
    events: [],
  });
}

export function onInitialMac(
  state: SessionState,
  { key, keys, cryptogram, challengedAgain }: Extract<Phase, { name: "toProve" }>,
  { security }: Frame,
  reply: Reply,
  at: Instant,
): Received {
  // Who has proved that it has the key and then refuses means another challenge, or has a channel from the first proof.
  const again = challengedAgain || isRepeated(state);
  if (reply.type === "nak") return again ? answered(restarted(state, at)) : handshakeRefused(state, key, at);
  if (reply.type !== "initialMac") return dropped(state, "unasked");
  const expected = initialReplyMac(keys, cryptogram);
  const proven = security?.data[0] === 1 && isSame(reply.mac, expected);
  if (!proven && again) return answered(restarted(state, at));
  if (!proven) return answered(keyRefused(lost(state, at, { why: "wrongKey", kind: key.kind }), key.kind));
  const phase: Phase = key.kind === "default" ? { name: "installing" } : readingFrom(state, at);
  return answered({
    state: {
      ...settled(state),
      phase,
      channel: { keys, commandMac: Buffer.alloc(16), replyMac: expected },
      dueAt: at,
      nextRoundAt: at,
    },
    events: [{ type: "channelUp", kind: key.kind }],
  });
}

const isRepeated = ({ pending }: SessionState): boolean => (pending?.attempts ?? 0) > 1;

/**
 * Who has a key and is asked for the one that everybody has may answer with its own; who never got the key that was on its
 * way, with everybody's. To a reader that has its key, the key that everybody has is proposed in somebody's interest.
 */
function otherKind(state: SessionState, { kind }: BaseKey, at: Instant): Received {
  const loss: Loss = kind === "site" ? { why: "downgrade" } : { why: "wrongKey", kind };
  return answered(keyRefused(lost(state, at, loss), kind));
}

const handshakeRefused = (state: SessionState, { kind }: BaseKey, at: Instant): Received =>
  answered(keyRefused(lost(state, at, { why: "noSecureChannel" }), kind));

const keyRefused = ({ state, events }: Step, kind: KeyKind): Step => ({
  state,
  events: [{ type: "keyRefused", kind }, ...events],
});

export const keySent = (state: SessionState, at: Instant): Step => ({
  state: restarted(state, at).state,
  events: [{ type: "keySent" }],
});

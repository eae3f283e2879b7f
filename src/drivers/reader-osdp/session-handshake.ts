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
  lost,
  type Phase,
  type Received,
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
  // It would rather have the key that everybody has, or says so in somebody's interest.
  if (security?.data[0] !== (key.kind === "default" ? 0 : 1))
    return answered(keyRefused(lost(state, at, { why: "downgrade" }), key.kind));
  const keys = sessionKeys(key.bytes, random);
  if (!isSame(reply.cryptogram, clientCryptogram(keys, random, reply.readerRandom)))
    return answered(keyRefused(lost(state, at, { why: "wrongKey", kind: key.kind }), key.kind));
  const cryptogram = serverCryptogram(keys, random, reply.readerRandom);
  return answered({
    state: { ...settled(state), phase: { name: "toProve", key, keys, cryptogram }, dueAt: at },
    events: [],
  });
}

export function onInitialMac(
  state: SessionState,
  { key, keys, cryptogram }: Extract<Phase, { name: "toProve" }>,
  { security }: Frame,
  reply: Reply,
  at: Instant,
): Received {
  if (reply.type === "nak") return handshakeRefused(state, key, at);
  if (reply.type !== "initialMac") return dropped(state, "unasked");
  const expected = initialReplyMac(keys, cryptogram);
  if (security?.data[0] !== 1 || !isSame(reply.mac, expected))
    return answered(keyRefused(lost(state, at, { why: "wrongKey", kind: key.kind }), key.kind));
  const phase: Phase =
    key.kind === "default" ? { name: "installing" } : { name: "reading", drained: false, stale: 0 };
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

import { createCipheriv, createDecipheriv, timingSafeEqual } from "node:crypto";
import { encodeFrame, type Frame, type FrameFields, macLength } from "./frame.ts";

/** Types of the security block: 11 to 14 make a channel, 15 to 18 are messages in it (even ones from the reader). */
export const securityTypes = {
  challenge: 0x11,
  clientCryptogram: 0x12,
  serverCryptogram: 0x13,
  initialMac: 0x14,
  command: 0x15,
  reply: 0x16,
  sealedCommand: 0x17,
  sealedReply: 0x18,
} as const;

const keyLength = 16;
const blockLength = 16;
export const randomLength = 8;
const endOfData = 0x80;

/**
 * The key every reader leaves the factory with, printed in the standard: it protects from nobody and serves only to
 * bring a key of its own into a new reader.
 */
export const defaultKey = Buffer.from("0123456789:;<=>?", "latin1");

export interface SessionKeys {
  readonly encryption: Buffer;
  readonly mac1: Buffer;
  readonly mac2: Buffer;
}

/** A channel between two messages; each message makes the next one. */
export interface SecureChannel {
  readonly keys: SessionKeys;
  /** MAC of the last command, chained into the reply's. */
  readonly commandMac: Buffer;
  /** MAC of the last reply, chained into the next command's: an old reply cannot come again. */
  readonly replyMac: Buffer;
}

/** ECB of one block is the standard's own key derivation; data is never encrypted with it. */
function encryptBlocks(key: Buffer, blocks: Uint8Array): Buffer {
  const cipher = createCipheriv("aes-128-ecb", key, null).setAutoPadding(false);
  return Buffer.concat([cipher.update(blocks), cipher.final()]);
}

function chain(key: Buffer, iv: Buffer, blocks: Uint8Array): Buffer {
  const cipher = createCipheriv("aes-128-cbc", key, iv).setAutoPadding(false);
  return Buffer.concat([cipher.update(blocks), cipher.final()]);
}

export function sessionKeys(baseKey: Buffer, controllerRandom: Uint8Array): SessionKeys {
  const derive = (first: number, second: number): Buffer => {
    const block = Buffer.alloc(blockLength);
    block.set([first, second, ...controllerRandom.subarray(0, 6)]);
    return encryptBlocks(baseKey, block);
  };
  return { encryption: derive(1, 0x82), mac1: derive(1, 1), mac2: derive(1, 2) };
}

/** What proves that the reader has the key. */
export const clientCryptogram = (keys: SessionKeys, controllerRandom: Uint8Array, readerRandom: Uint8Array) =>
  encryptBlocks(keys.encryption, Buffer.concat([controllerRandom, readerRandom]));

/** What proves that the controller has the key. */
export const serverCryptogram = (keys: SessionKeys, controllerRandom: Uint8Array, readerRandom: Uint8Array) =>
  encryptBlocks(keys.encryption, Buffer.concat([readerRandom, controllerRandom]));

export const initialReplyMac = (keys: SessionKeys, cryptogram: Uint8Array): Buffer =>
  encryptBlocks(keys.mac2, encryptBlocks(keys.mac1, cryptogram));

/** Takes as long whatever differs. */
export const isSame = (one: Uint8Array, other: Uint8Array): boolean =>
  one.length === other.length && timingSafeEqual(one, other);

/** Full MAC of a message; four bytes of it travel, the rest is chained on. */
export function messageMac(keys: SessionKeys, chained: Buffer, message: Uint8Array): Buffer {
  const padded = message.length % blockLength === 0 ? Buffer.from(message) : pad(message);
  const before = padded.subarray(0, padded.length - blockLength);
  const iv = before.length === 0 ? chained : chain(keys.mac1, chained, before).subarray(-blockLength);
  return chain(keys.mac2, iv, padded.subarray(-blockLength));
}

function pad(data: Uint8Array): Buffer {
  const padded = Buffer.alloc(Math.ceil((data.length + 1) / blockLength) * blockLength);
  padded.set(data);
  padded[data.length] = endOfData;
  return padded;
}

const inverted = (mac: Buffer): Buffer => Buffer.from(mac.map((byte) => ~byte));

/** Encrypted under the inverse of the last MAC the other side sent. */
export const sealData = (keys: SessionKeys, lastMac: Buffer, data: Uint8Array): Buffer =>
  chain(keys.encryption, inverted(lastMac), pad(data));

/** Undefined where it is not whole blocks that end as data must. */
export function openData(keys: SessionKeys, lastMac: Buffer, sealed: Uint8Array): Buffer | undefined {
  if (sealed.length === 0 || sealed.length % blockLength !== 0) return undefined;
  const cipher = createDecipheriv("aes-128-cbc", keys.encryption, inverted(lastMac)).setAutoPadding(false);
  const padded = Buffer.concat([cipher.update(sealed), cipher.final()]);
  let end = padded.length - 1;
  while (end > 0 && padded[end] === 0) end--;
  return padded[end] === endOfData ? padded.subarray(0, end) : undefined;
}

/** A command for the channel, encrypted where it has data, and the channel after it. */
export function sealCommand(
  channel: SecureChannel,
  command: Omit<FrameFields, "security" | "reply">,
): { readonly bytes: Buffer; readonly channel: SecureChannel } {
  const { keys, replyMac } = channel;
  const open = command.data.length === 0;
  let commandMac = replyMac;
  const bytes = encodeFrame(
    {
      ...command,
      reply: false,
      security: { type: open ? securityTypes.command : securityTypes.sealedCommand, data: new Uint8Array(0) },
      data: open ? command.data : sealData(keys, replyMac, command.data),
    },
    (head) => {
      commandMac = messageMac(keys, replyMac, head);
      return commandMac.subarray(0, macLength);
    },
  );
  return { bytes, channel: { ...channel, commandMac } };
}

export type OpenedReply =
  | { readonly data: Uint8Array; readonly channel: SecureChannel }
  /** Outside the channel, or with a MAC that is not the one this very reply must have. */
  | { readonly refused: "plaintext" | "mac" };

export function openReply(channel: SecureChannel, { security, data, checked }: Frame): OpenedReply {
  const { keys, commandMac } = channel;
  const sealed = security?.type === securityTypes.sealedReply;
  if (!sealed && security?.type !== securityTypes.reply) return { refused: "plaintext" };
  if (data.length < macLength) return { refused: "mac" };
  const replyMac = messageMac(keys, commandMac, checked.subarray(0, checked.length - macLength));
  if (!isSame(replyMac.subarray(0, macLength), checked.subarray(-macLength))) return { refused: "mac" };
  const carried = data.subarray(0, data.length - macLength);
  // Some readers call a reply without data sealed: nothing in it to open.
  const opened = sealed && carried.length > 0 ? openData(keys, commandMac, carried) : carried;
  return opened === undefined ? { refused: "mac" } : { data: opened, channel: { ...channel, replyMac } };
}

export const isBaseKey = (key: Uint8Array): boolean => key.length === keyLength && !isSame(key, defaultKey);

/** What a reader is, by its own word: vendor, model, version, serial number, firmware. */
export interface Identity {
  /** Six hexadecimal digits, given out by the IEEE. */
  readonly vendor: string;
  readonly model: number;
  readonly version: number;
  readonly serial: number;
  readonly firmware: string;
}

/** What it can, by function; the first number is how well, the second how many. */
export type Capabilities = ReadonlyMap<number, { readonly level: number; readonly items: number }>;

export const capabilityCodes = {
  led: 4,
  buzzer: 5,
  text: 6,
  security: 9,
  readers: 13,
} as const;

/** The most a card may hold: as many as its number has hexadecimal digits for; the trade's longest are below. */
const mostCardBits = 256;
const mostCharacters = 64;
const mostKeys = 64;

export type Reply =
  | { readonly type: "ack" }
  | { readonly type: "busy" }
  | { readonly type: "nak"; readonly reason: number }
  | { readonly type: "identity"; readonly identity: Identity }
  | { readonly type: "capabilities"; readonly capabilities: Capabilities }
  | { readonly type: "localStatus"; readonly tampered: boolean; readonly powerFault: boolean }
  /** Of each reader behind the address; `missing`: not connected to it. */
  | { readonly type: "readerStatus"; readonly states: readonly ("normal" | "missing" | "tampered")[] }
  | { readonly type: "card"; readonly bits: number; readonly data: Uint8Array }
  | { readonly type: "formattedCard"; readonly characters: string }
  | { readonly type: "keys"; readonly keys: string }
  | { readonly type: "communication"; readonly address: number; readonly baudRate: number }
  | { readonly type: "clientCryptogram"; readonly readerRandom: Uint8Array; readonly cryptogram: Uint8Array }
  | { readonly type: "initialMac"; readonly mac: Uint8Array }
  /** In order, but nothing that is used here: inputs, outputs, the maker's own. */
  | { readonly type: "other" };

export const replyCodes = {
  ack: 0x40,
  nak: 0x41,
  identity: 0x45,
  capabilities: 0x46,
  localStatus: 0x48,
  inputStatus: 0x49,
  outputStatus: 0x4a,
  readerStatus: 0x4b,
  raw: 0x50,
  formatted: 0x51,
  keypad: 0x53,
  communication: 0x54,
  clientCryptogram: 0x76,
  initialMac: 0x78,
  busy: 0x79,
} as const;

/** Why a reader refused, in words (IEC 60839-11-5, reasons of NAK). */
export const refusals: Readonly<Record<number, string>> = {
  1: "it received the command damaged",
  2: "it says the command has a wrong length",
  3: "it does not know the command",
  4: "it expected another sequence number",
  5: "it does not do this kind of secure channel",
  6: "it asks for a secure channel",
  7: "it does not do this kind of biometry",
  8: "it does not do this biometric format",
  9: "it cannot carry out the command",
};

/** Undefined where the bytes are not what their code says: nothing of it is used then. */
export function parseReply(code: number, bytes: Uint8Array): Reply | undefined {
  const data = Buffer.from(bytes);
  switch (code) {
    case replyCodes.ack:
      return { type: "ack" };
    case replyCodes.busy:
      return { type: "busy" };
    case replyCodes.nak:
      return data.length >= 1 ? { type: "nak", reason: data.readUInt8(0) } : undefined;
    case replyCodes.identity:
      return identityIn(data);
    case replyCodes.capabilities:
      return capabilitiesIn(data);
    case replyCodes.localStatus:
      if (data.length < 2) return undefined;
      return { type: "localStatus", tampered: data[0] !== 0, powerFault: data[1] !== 0 };
    case replyCodes.readerStatus:
      return readerStatusIn(data);
    case replyCodes.raw:
      return cardIn(data);
    case replyCodes.formatted:
      return formattedCardIn(data);
    case replyCodes.keypad:
      return keysIn(data);
    case replyCodes.communication:
      if (data.length < 5) return undefined;
      return { type: "communication", address: data.readUInt8(0), baudRate: data.readUInt32LE(1) };
    case replyCodes.clientCryptogram:
      if (data.length !== 32) return undefined;
      return {
        type: "clientCryptogram",
        readerRandom: data.subarray(8, 16),
        cryptogram: data.subarray(16, 32),
      };
    case replyCodes.initialMac:
      return data.length === 16 ? { type: "initialMac", mac: data } : undefined;
    default:
      return { type: "other" };
  }
}

function identityIn(data: Buffer): Reply | undefined {
  if (data.length < 12) return undefined;
  return {
    type: "identity",
    identity: {
      vendor: data.toString("hex", 0, 3),
      model: data.readUInt8(3),
      version: data.readUInt8(4),
      serial: data.readUInt32LE(5),
      firmware: [...data.subarray(9, 12)].join("."),
    },
  };
}

function capabilitiesIn(data: Buffer): Reply | undefined {
  if (data.length % 3 !== 0) return undefined;
  const capabilities = new Map<number, { level: number; items: number }>();
  for (let at = 0; at < data.length; at += 3)
    capabilities.set(data.readUInt8(at), { level: data.readUInt8(at + 1), items: data.readUInt8(at + 2) });
  return { type: "capabilities", capabilities };
}

function readerStatusIn(data: Buffer): Reply | undefined {
  if (data.length < 1) return undefined;
  const states = [...data].map((state) => (state === 0 ? "normal" : state === 1 ? "missing" : "tampered"));
  return { type: "readerStatus", states };
}

function cardIn(data: Buffer): Reply | undefined {
  if (data.length < 4) return undefined;
  const bits = data.readUInt16LE(2);
  const bytes = Math.ceil(bits / 8);
  if (bits === 0 || bits > mostCardBits || data.length < 4 + bytes) return undefined;
  return { type: "card", bits, data: data.subarray(4, 4 + bytes) };
}

/** Withdrawn in OSDP 2.2.2; readers that send characters still do. */
function formattedCardIn(data: Buffer): Reply | undefined {
  if (data.length < 3) return undefined;
  const length = data.readUInt8(2);
  if (length === 0 || length > mostCharacters || data.length < 3 + length) return undefined;
  const characters = data.toString("latin1", 3, 3 + length);
  return /^[!-~]+$/.test(characters) ? { type: "formattedCard", characters } : undefined;
}

const keyOf = (byte: number): string | undefined => {
  if (byte >= 0x30 && byte <= 0x39) return String.fromCharCode(byte);
  // The standard's own: delete stands for `*`, return for `#`. Some readers send the characters themselves.
  if (byte === 0x7f || byte === 0x2a) return "*";
  if (byte === 0x0d || byte === 0x23) return "#";
  return undefined;
};

function keysIn(data: Buffer): Reply | undefined {
  if (data.length < 2) return undefined;
  const length = data.readUInt8(1);
  if (length === 0 || length > mostKeys || data.length < 2 + length) return undefined;
  const keys = [...data.subarray(2, 2 + length)].map(keyOf);
  return keys.includes(undefined) ? undefined : { type: "keys", keys: keys.join("") };
}

import { checksum, crc16 } from "./crc.ts";

/** How a frame proves that it was not damaged: 16 bits, or the 8 that only old readers need. */
export type CheckKind = "crc" | "checksum";

/** The standard's block of security: its type (SCS_11 to SCS_18) and what comes with it. */
export interface SecurityBlock {
  readonly type: number;
  readonly data: Uint8Array;
}

export interface FrameFields {
  readonly address: number;
  /** From the reader; a command otherwise. */
  readonly reply: boolean;
  readonly sequence: number;
  readonly check: CheckKind;
  readonly security?: SecurityBlock | undefined;
  readonly code: number;
  readonly data: Uint8Array;
}

/** A frame as it was received, its check passed; `data` still ends with the MAC where `security` asks for one. */
export interface Frame extends FrameFields {
  /** All of it but the check: what a MAC is computed over. */
  readonly checked: Uint8Array;
}

const startOfMessage = 0x53;
const headLength = 5;
const replyBit = 0x80;
const sequenceBits = 0x03;
const crcBit = 0x04;
const securityBit = 0x08;

/** Settles the line before the first start bit, as the standard allows: receivers skip what is not a start. */
const mark = 0xff;

/** The largest a frame may be (OSDP 2.2). What says it is longer is no frame. */
export const longestFrame = 1440;

export const macLength = 4;

const checkLength = (check: CheckKind): number => (check === "crc" ? 2 : 1);

/** The bytes of a frame with a mark before them. `mac` is given everything before itself, with the final length in it. */
export function encodeFrame(fields: FrameFields, mac?: (head: Uint8Array) => Uint8Array): Buffer {
  const { address, reply, sequence, check, security, code, data } = fields;
  const block =
    security === undefined
      ? Buffer.alloc(0)
      : Buffer.from([security.data.length + 2, security.type, ...security.data]);
  const bare = headLength + block.length + 1 + data.length;
  const length = bare + (mac === undefined ? 0 : macLength) + checkLength(check);
  if (length > longestFrame) throw new RangeError(`a frame of ${length} bytes; ${longestFrame} are allowed`);
  const control =
    (sequence & sequenceBits) | (check === "crc" ? crcBit : 0) | (security === undefined ? 0 : securityBit);
  const head = Buffer.concat([
    Buffer.of(startOfMessage, address | (reply ? replyBit : 0), length & 0xff, length >> 8, control),
    block,
    Buffer.of(code),
    data,
  ]);
  const checked = mac === undefined ? head : Buffer.concat([head, mac(head)]);
  return Buffer.concat([Buffer.of(mark), checked, checkBytes(checked, check)]);
}

function checkBytes(checked: Uint8Array, check: CheckKind): Buffer {
  if (check === "checksum") return Buffer.of(checksum(checked));
  const remainder = crc16(checked);
  return Buffer.of(remainder & 0xff, remainder >> 8);
}

/** Why bytes that began like a frame were no frame. */
export type FrameFault = "damaged" | "cut" | "oversize" | "malformed" | "weakCheck";

export interface Scan {
  readonly frames: readonly Frame[];
  readonly faults: readonly FrameFault[];
  /** The beginning of a frame that is still on its way; never longer than a frame may be. */
  readonly rest: Uint8Array;
}

export interface ScanOptions {
  /** Nothing more is on its way: what has begun and is not complete was cut. */
  readonly quiet: boolean;
  /** Whether the 8-bit check is good enough here. */
  readonly allowChecksum: boolean;
}

type Candidate =
  | { readonly frame: Frame; readonly length: number }
  | { readonly fault: FrameFault }
  | "incomplete";

/**
 * Finds the frames in what came over the line. Anything may stand between them; what only looked like the beginning of
 * a frame hides none that begins behind it.
 */
export function scanFrames(bytes: Uint8Array, { quiet, allowChecksum }: ScanOptions): Scan {
  const frames: Frame[] = [];
  const faults: FrameFault[] = [];
  let at = 0;
  for (;;) {
    const begin = bytes.indexOf(startOfMessage, at);
    if (begin < 0) return { frames, faults, rest: new Uint8Array(0) };
    const candidate = candidateAt(bytes.subarray(begin), allowChecksum);
    if (candidate === "incomplete") {
      if (!quiet) return { frames, faults, rest: bytes.slice(begin) };
      faults.push("cut");
      at = begin + 1;
    } else if ("fault" in candidate) {
      faults.push(candidate.fault);
      at = begin + 1;
    } else {
      frames.push(candidate.frame);
      at = begin + candidate.length;
    }
  }
}

function candidateAt(bytes: Uint8Array, allowChecksum: boolean): Candidate {
  const [, addressByte, low, high, control] = bytes;
  if (addressByte === undefined || low === undefined || high === undefined || control === undefined) {
    return "incomplete";
  }
  const length = low | (high << 8);
  if (length > longestFrame) return { fault: "oversize" };
  const check: CheckKind = (control & crcBit) === 0 ? "checksum" : "crc";
  const end = length - checkLength(check);
  if (end < headLength + 1) return { fault: "malformed" };
  if (bytes.length < length) return "incomplete";
  const checked = bytes.slice(0, end);
  if (!checkBytes(checked, check).equals(bytes.subarray(end, length))) return { fault: "damaged" };
  if (check === "checksum" && !allowChecksum) return { fault: "weakCheck" };
  const security = (control & securityBit) === 0 ? undefined : securityIn(checked);
  if (security === null) return { fault: "malformed" };
  const codeAt = headLength + (security === undefined ? 0 : security.data.length + 2);
  const code = checked[codeAt];
  if (code === undefined) return { fault: "malformed" };
  return {
    length,
    frame: {
      address: addressByte & ~replyBit,
      reply: (addressByte & replyBit) !== 0,
      sequence: control & sequenceBits,
      check,
      security,
      code,
      data: checked.subarray(codeAt + 1),
      checked,
    },
  };
}

/** Null where it says it is longer than the frame, or shorter than itself. */
function securityIn(checked: Uint8Array): SecurityBlock | null {
  const [length, type] = checked.subarray(headLength, headLength + 2);
  if (length === undefined || type === undefined || length < 2 || headLength + length >= checked.length)
    return null;
  return { type, data: checked.subarray(headLength + 2, headLength + length) };
}

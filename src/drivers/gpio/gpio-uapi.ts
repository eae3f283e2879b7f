/**
 * The kernel's GPIO interface, version 2, as bytes: `linux/gpio.h` of Linux 5.10 and later. Both architectures that we
 * run on are little-endian, align 64-bit fields to 8 bytes and encode ioctl numbers alike.
 */
export const sizes = {
  chipInfo: 68,
  lineInfo: 256,
  lineRequest: 592,
  lineValues: 16,
  lineEvent: 48,
} as const;

const read = 2;
const write = 1;
const gpioType = 0xb4;
const ioctlNumber = (direction: number, number: number, size: number): number =>
  ((direction << 30) | (size << 16) | (gpioType << 8) | number) >>> 0;

export const requests = {
  getChipInfo: ioctlNumber(read, 0x01, sizes.chipInfo),
  getLineInfo: ioctlNumber(read | write, 0x05, sizes.lineInfo),
  getLine: ioctlNumber(read | write, 0x07, sizes.lineRequest),
  getValues: ioctlNumber(read | write, 0x0e, sizes.lineValues),
  setValues: ioctlNumber(read | write, 0x0f, sizes.lineValues),
} as const;

export const flag = {
  used: 1n << 0n,
  activeLow: 1n << 1n,
  input: 1n << 2n,
  output: 1n << 3n,
  edgeRising: 1n << 4n,
  edgeFalling: 1n << 5n,
  pullUp: 1n << 8n,
  pullDown: 1n << 9n,
  noPull: 1n << 10n,
} as const;

/** GPIO_MAX_NAME_SIZE, of which the last byte is zero. */
const nameSize = 32;
export const longestName = nameSize - 1;
const mostOffsets = 64;
const mostAttributes = 10;
const attributeFlags = 1;
const attributeOutputValues = 2;

export interface ChipInfo {
  /** The kernel's own name, such as `gpiochip0`. */
  readonly name: string;
  readonly label: string;
  readonly lines: number;
}

export function chipInfoOf(bytes: Buffer): ChipInfo {
  return { name: text(bytes, 0), label: text(bytes, nameSize), lines: bytes.readUInt32LE(64) };
}

export function lineInfoRequest(offset: number): Buffer {
  const bytes = Buffer.alloc(sizes.lineInfo);
  bytes.writeUInt32LE(offset, 64);
  return bytes;
}

export interface LineInfo {
  readonly name: string;
  /** Who holds it; empty where nobody does. */
  readonly consumer: string;
  readonly flags: bigint;
}

export function lineInfoOf(bytes: Buffer): LineInfo {
  return { name: text(bytes, 0), consumer: text(bytes, nameSize), flags: bytes.readBigUInt64LE(72) };
}

export interface RequestedLine {
  readonly offset: number;
  readonly flags: bigint;
}

/**
 * A gpio_v2_line_request. Outputs take the logical level inactive with the request itself, so that no other level is
 * ever on the line.
 */
export function lineRequest(lines: readonly RequestedLine[], consumer: string): Buffer {
  const bytes = Buffer.alloc(sizes.lineRequest);
  for (const [index, { offset }] of lines.entries()) bytes.writeUInt32LE(offset, index * 4);
  bytes.write(consumer.slice(0, longestName), mostOffsets * 4, "latin1");
  const config = mostOffsets * 4 + nameSize;
  const [first] = lines;
  bytes.writeBigUInt64LE(first?.flags ?? 0n, config);
  const attributes = attributesOf(lines);
  if (attributes.length > mostAttributes)
    throw new RangeError("more kinds of lines than one request may have");
  bytes.writeUInt32LE(attributes.length, config + 8);
  for (const [index, { id, value, mask }] of attributes.entries()) {
    const at = config + 32 + index * 24;
    bytes.writeUInt32LE(id, at);
    bytes.writeBigUInt64LE(value, at + 8);
    bytes.writeBigUInt64LE(mask, at + 16);
  }
  bytes.writeUInt32LE(lines.length, config + 272);
  return bytes;
}

/** The descriptor that the kernel put into a request it granted. */
export const descriptorOf = (request: Buffer): number => request.readInt32LE(sizes.lineRequest - 4);

interface Attribute {
  readonly id: number;
  readonly value: bigint;
  readonly mask: bigint;
}

/** The first line's flags are everybody's; who differs is named in an attribute, together with all that differ alike. */
function attributesOf(lines: readonly RequestedLine[]): Attribute[] {
  const masks = new Map<bigint, bigint>();
  let outputs = 0n;
  for (const [index, { flags }] of lines.entries()) {
    const bit = 1n << BigInt(index);
    if (flags !== lines[0]?.flags) masks.set(flags, (masks.get(flags) ?? 0n) | bit);
    if ((flags & flag.output) !== 0n) outputs |= bit;
  }
  const attributes = [...masks].map(([value, mask]) => ({ id: attributeFlags, value, mask }));
  return outputs === 0n
    ? attributes
    : [{ id: attributeOutputValues, value: 0n, mask: outputs }, ...attributes];
}

/** A gpio_v2_line_values; bit n is the n-th line of the request. */
export function lineValues(bits: bigint, mask: bigint): Buffer {
  const bytes = Buffer.alloc(sizes.lineValues);
  bytes.writeBigUInt64LE(bits, 0);
  bytes.writeBigUInt64LE(mask, 8);
  return bytes;
}

export const bitsOf = (values: Buffer): bigint => values.readBigUInt64LE(0);

export interface LineEvent {
  /** CLOCK_MONOTONIC, in nanoseconds. */
  readonly nanoseconds: bigint;
  /** Whether the line became active. */
  readonly active: boolean;
  readonly offset: number;
  /** Counts the request's events from 1; a gap means that some were lost. */
  readonly number: number;
}

/** `bytes` holds whole events only: the kernel gives no other. */
export function lineEventsOf(bytes: Buffer): readonly LineEvent[] {
  const events: LineEvent[] = [];
  for (let at = 0; at + sizes.lineEvent <= bytes.length; at += sizes.lineEvent) {
    events.push({
      nanoseconds: bytes.readBigUInt64LE(at),
      active: bytes.readUInt32LE(at + 8) === 1,
      offset: bytes.readUInt32LE(at + 12),
      number: bytes.readUInt32LE(at + 16),
    });
  }
  return events;
}

function text(bytes: Buffer, at: number): string {
  const field = bytes.subarray(at, at + nameSize);
  const end = field.indexOf(0);
  return field.subarray(0, end === -1 ? nameSize : end).toString("latin1");
}

import type { Milliseconds } from "../../domain/time.ts";

/**
 * Units on their way to a decoder, as Matroska without an end: the one container every FFmpeg reads from a pipe unit by
 * unit, each with its own time, and whose writer fits a page. Element names after the Matroska specification (RFC 9559).
 */
export function matroskaHeader(codecName: string, width: number, height: number): Buffer {
  const ebml = element(0x1a45dfa3, [
    element(0x4282, Buffer.from("matroska")),
    element(0x4287, unsigned(4)), // version of the format, and the lowest that reads it
    element(0x4285, unsigned(2)),
  ]);
  const info = element(0x1549a966, [element(0x2ad7b1, unsigned(1_000_000))]); // times in milliseconds
  // Some size has to stand here; decoders take the one in the stream.
  const size = [element(0xb0, unsigned(width || 16)), element(0xba, unsigned(height || 16))];
  const track = element(0xae, [
    element(0xd7, unsigned(1)),
    element(0x73c5, unsigned(1)),
    element(0x83, unsigned(1)), // video
    element(0x86, Buffer.from(codecName)),
    element(0xe0, size),
  ]);
  const segment = Buffer.concat([idOf(0x18538067), Buffer.from([0x01, ...Array<number>(7).fill(0xff)])]); // no known end
  return Buffer.concat([ebml, segment, info, element(0x1654ae6b, [track])]);
}

/** A cluster of its own for each unit: no relative times, and the reader waits for nothing after it. */
export function matroskaUnit(bytes: Uint8Array, time: Milliseconds, isKey: boolean): Buffer {
  const block = Buffer.concat([Buffer.from([0x81, 0, 0, isKey ? 0x80 : 0]), bytes]);
  return element(0x1f43b675, [element(0xe7, unsigned(time)), element(0xa3, block)]);
}

function element(id: number, content: Uint8Array | readonly Uint8Array[]): Buffer {
  const body = content instanceof Uint8Array ? content : Buffer.concat(content);
  const size = unsigned(body.length);
  size[0] = 0x01; // eight bytes of size
  return Buffer.concat([idOf(id), size, body]);
}

function idOf(id: number): Buffer {
  const bytes = unsigned(id);
  return bytes.subarray(bytes.findIndex((byte) => byte !== 0));
}

function unsigned(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes;
}

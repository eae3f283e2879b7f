import type { PeripheralChannel } from "./osdp-peripheral-channel.ts";

/** A reply's bytes; `crc` is the control byte's bit for it. */
export function osdpReply(
  address: number,
  sequence: number,
  crc: number,
  block: Buffer | undefined,
  code: number,
  data: Buffer,
  channel?: PeripheralChannel,
): Buffer {
  const body = Buffer.concat([block ?? Buffer.alloc(0), Buffer.of(code), data]);
  const length = 5 + body.length + (channel === undefined ? 0 : 4) + (crc === 0 ? 1 : 2);
  const head = Buffer.of(0x53, address | 0x80, length & 0xff, length >> 8, sequence | crc | (block ? 8 : 0));
  const message = Buffer.concat([head, body]);
  const whole = channel === undefined ? message : Buffer.concat([message, channel.replyMac(message)]);
  return Buffer.concat([whole, crc === 0 ? Buffer.of(sumOf(whole)) : crcOf(whole)]);
}

/** Whether the check at the end of a frame is right, whichever kind it is. */
export const isIntact = (frame: Buffer): boolean =>
  (frame.readUInt8(4) & 4) === 0
    ? sumOf(frame.subarray(0, -1)) === frame[frame.length - 1]
    : crcOf(frame.subarray(0, -2)).equals(frame.subarray(-2));

const sumOf = (bytes: Buffer): number => (256 - (bytes.reduce((sum, byte) => sum + byte, 0) & 0xff)) & 0xff;

function crcOf(bytes: Buffer): Buffer {
  let crc = 0x1d0f;
  for (const byte of bytes) {
    for (let bit = 7; bit >= 0; bit--) {
      const out = (crc >> 15) & 1;
      crc = (crc << 1) & 0xffff;
      if ((((byte >> bit) & 1) ^ out) === 1) crc ^= 0x1021;
    }
  }
  return Buffer.of(crc & 0xff, crc >> 8);
}

import fc from "fast-check";
import { expect, test } from "vitest";
import { PacketLengths } from "./packet-guard.ts";

/** A PUBLISH with `bytes` after its fixed header. */
function publish(bytes: number): Uint8Array {
  const length: number[] = [];
  for (let left = bytes; ; left = Math.floor(left / 128)) {
    length.push(left < 128 ? left : (left % 128) | 0x80);
    if (left < 128) break;
  }
  return Buffer.concat([Uint8Array.of(0x30, ...length), new Uint8Array(bytes)]);
}

test("packets within the limit pass, however the network cuts them", () => {
  const sizes = fc.array(fc.nat(900), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(sizes, fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1 }), (packets, cuts) => {
      const lengths = new PacketLengths(1000);
      const stream = Buffer.concat(packets.map(publish));
      for (let at = 0, cut = 0; at < stream.length; cut++) {
        const size = cuts[cut % cuts.length] ?? 1;
        expect(lengths.accept(stream.subarray(at, at + size))).toBe(true);
        at += size;
      }
    }),
  );
});

test("a packet over the limit is refused by its header, before its content is there", () => {
  const packet = publish(70_000);
  expect(new PacketLengths(64 * 1024).accept(packet.subarray(0, 4))).toBe(false);
  expect(new PacketLengths(80_000).accept(packet)).toBe(true);
});

test("a length of more than four bytes is none", () => {
  expect(new PacketLengths(1e12).accept(Uint8Array.of(0x30, 0x80, 0x80, 0x80, 0x80))).toBe(false);
});

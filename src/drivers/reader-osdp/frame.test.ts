import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { commands } from "./commands.ts";
import { checksum, crc16 } from "./crc.ts";
import { encodeFrame, type FrameFields, longestFrame, scanFrames } from "./frame.ts";
import { parseReply } from "./replies.ts";

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(" ", ""), "hex");
const strict = { quiet: true, allowChecksum: false };

describe("Annex E of SIA OSDP 2.2: checks", () => {
  test.each([
    ["53 7F 0D 00 04 6E 00 80 25 00 00", 0x386e],
    ["53 00 09 00 04 61 00", 0x66c0],
  ])("CRC of %s", (bytes, crc) => expect(crc16(hex(bytes))).toBe(crc));

  test.each([
    ["53 7F 0C 00 00 6E 00 80 25 00 00", 0x0f],
    ["53 00 08 00 00 61 00", 0x44],
  ])("checksum of %s", (bytes, sum) => expect(checksum(hex(bytes))).toBe(sum));
});

describe("whole frames (libosdp, tests/unit-tests/test-cp-phy.c)", () => {
  const command = { address: 0x65, reply: false, sequence: 0, check: "crc", data: Buffer.alloc(0) } as const;
  test.each([
    ["POLL", { ...command, code: 0x60 }, "ff 53 65 08 00 04 60 60 90"],
    ["ID", { ...command, code: 0x61, data: Buffer.of(0) }, "ff 53 65 09 00 04 61 00 d9 7a"],
    [
      "CHLNG without its block",
      { ...command, code: 0x76, data: Buffer.of(1, 2, 3, 4, 5, 6, 7, 8) },
      "ff 53 65 10 00 04 76 01 02 03 04 05 06 07 08 0d 20",
    ],
  ])("%s", (_, fields, bytes) => {
    expect(encodeFrame(fields)).toEqual(hex(bytes));
    expect(scanFrames(hex(bytes), strict).frames).toMatchObject([
      { address: 0x65, code: fields.code, reply: false },
    ]);
  });

  const asked = { ...command, address: 0, sequence: 2 } as const;
  test.each([
    ["COMSET", { ...asked, ...commands.setCommunication(1, 9600) }, "FF53000D00066E0180250000EC7B"],
    [
      "COMSET",
      { ...asked, check: "checksum", ...commands.setCommunication(1, 9600) },
      "FF53000C00026E01802500008B",
    ],
    ["BUZ", { ...asked, ...commands.buzzer({ on: 2, off: 2, times: 1 }) }, "FF53000D00066A00020202015992"],
  ] as const)("%s of OSDP.Net's CommandOutgoingMessageTest and PacketDecodingTest", (_, fields, bytes) => {
    expect(encodeFrame(fields)).toEqual(hex(bytes));
  });

  test("PDID of OSDP.Net's PacketDecodingTest", () => {
    const [frame] = scanFrames(hex("5380140006450 00EE31010000074972306061B88"), strict).frames;
    expect(frame && parseReply(frame.code, frame.data)).toEqual({
      type: "identity",
      identity: { vendor: "000ee3", model: 16, version: 16, serial: 0x97740000, firmware: "35.6.6" },
    });
  });

  test("a reply of the 8-bit check only where it is allowed", () => {
    const ack = encodeFrame({ ...command, reply: true, check: "checksum", code: 0x40 });
    expect(scanFrames(ack, strict)).toMatchObject({ frames: [], faults: ["weakCheck"] });
    expect(scanFrames(ack, { ...strict, allowChecksum: true }).frames).toMatchObject([
      { code: 0x40, reply: true },
    ]);
  });

  test("a wrong check, a length beyond the limit, one below the least, a block that leaves the frame", () => {
    expect(scanFrames(hex("ff 53 e5 08 00 04 40 00 00"), strict).faults).toEqual(["damaged"]);
    expect(scanFrames(hex("ff 53 e5 ff ff 04 40 e7 a1"), strict).faults).toEqual(["oversize"]);
    expect(scanFrames(hex("53 e5 07 00 04 00 00"), strict).faults).toEqual(["malformed"]);
    for (const length of [0, 1, 40]) {
      const bytes = encodeFrame({ ...command, code: length, data: Buffer.of(0x15, 0x60) }).subarray(1);
      bytes[4] = 0x0c;
      const crc = crc16(bytes.subarray(0, -2));
      bytes.writeUInt16LE(crc, bytes.length - 2);
      expect(scanFrames(bytes, strict)).toMatchObject({ frames: [], faults: ["malformed"] });
    }
  });
});

const frames = fc.record({
  address: fc.nat(0x7f),
  reply: fc.boolean(),
  sequence: fc.nat(3),
  check: fc.constant("crc" as const),
  security: fc.option(fc.record({ type: fc.nat(255), data: fc.uint8Array({ maxLength: 3 }) }), {
    nil: undefined,
  }),
  code: fc.nat(255),
  data: fc.uint8Array({ maxLength: 200 }),
}) satisfies fc.Arbitrary<FrameFields>;
const noise = fc.uint8Array({ maxLength: 40 });

describe("T26: whatever comes over the line", () => {
  test("any bytes in any pieces are read without throwing, and no more than one frame's length is kept", () =>
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 600 }), { maxLength: 20 }), (pieces) => {
        let rest: Uint8Array = new Uint8Array(0);
        for (const piece of pieces) {
          ({ rest } = scanFrames(Buffer.concat([rest, piece]), { quiet: false, allowChecksum: true }));
          expect(rest.length).toBeLessThan(longestFrame);
        }
        expect(scanFrames(rest, { quiet: true, allowChecksum: true }).rest).toHaveLength(0);
      }),
    ));

  test("a frame comes through as it was sent, whatever is around it", () =>
    fc.assert(
      fc.property(frames, noise, noise, (fields, before, after) => {
        const bytes = Buffer.concat([before, encodeFrame(fields), after]);
        const found = scanFrames(bytes, strict).frames.map(
          ({ address, reply, sequence, check, security, code, data }) => ({
            ...{ address, reply, sequence, check, code },
            data: [...data],
            security: security && { type: security.type, data: [...security.data] },
          }),
        );
        expect(found).toContainEqual({
          ...fields,
          data: [...fields.data],
          security: fields.security && { type: fields.security.type, data: [...fields.security.data] },
        });
      }),
    ));

  test("a frame cut into single bytes is found once, when it is complete", () =>
    fc.assert(
      fc.property(frames, (fields) => {
        const bytes = encodeFrame(fields);
        let rest: Uint8Array = new Uint8Array(0);
        let found = 0;
        for (const byte of bytes) {
          const scan = scanFrames(Buffer.concat([rest, Buffer.of(byte)]), {
            quiet: false,
            allowChecksum: false,
          });
          rest = scan.rest;
          found += scan.frames.length;
        }
        expect(found).toBe(1);
      }),
    ));

  test("a cut frame is no frame, and does not hide the one behind it", () => {
    const whole = encodeFrame({
      address: 1,
      reply: true,
      sequence: 1,
      check: "crc",
      code: 0x50,
      data: Buffer.alloc(30, 7),
    });
    const good = encodeFrame({
      address: 1,
      reply: true,
      sequence: 1,
      check: "crc",
      code: 0x40,
      data: Buffer.alloc(0),
    });
    const cut = Buffer.concat([whole.subarray(0, 20), good]);
    expect(scanFrames(cut, { quiet: false, allowChecksum: false }).frames).toEqual([]);
    expect(scanFrames(cut, strict)).toMatchObject({ frames: [{ code: 0x40 }], faults: ["cut"] });
  });
});

import { describe, expect, test } from "vitest";
import { StreamUnits } from "./stream-units.ts";
import { isEntrance, isLeading } from "./video-codec.ts";

// As FFmpeg 5.1 wrote it.
const header =
  "#extradata 0:       41, 0xbadb09e0\n#software: Lavf59.27.100\n#tb 0: 1/90000\n#media_type 0: video\n#codec_id 0: h264\n#dimensions 0: 1280x720\n#sar 0: 1/1\n";
const index = `${header}0,          0,          0,     6000,        5, 0xb7a90615\n0,       5999,       9000,     6000,        3, 0x08a6c281, F=0x0\n`;
const bytes = Buffer.from("HELLOyou");

describe("units of the undecoded stream", () => {
  test("cut by the index, whatever the pipes' chunks and their order", () => {
    for (let size = 1; size <= 16; size++) {
      const units = new StreamUnits();
      const taken = [];
      const rest = { bytes, index: Buffer.from(index) };
      while (rest.bytes.length + rest.index.length > 0) {
        units.pushBytes(rest.bytes.subarray(0, size));
        units.pushIndex(rest.index.subarray(0, size * 16));
        rest.bytes = rest.bytes.subarray(size);
        rest.index = rest.index.subarray(size * 16);
        taken.push(...units.take());
      }
      expect(taken.map((unit) => Buffer.from(unit.bytes).toString())).toEqual(["HELLO", "you"]);
      expect(taken.map(({ isKey, streamTime }) => ({ isKey, streamTime }))).toEqual([
        { isKey: true, streamTime: 0 },
        { isKey: false, streamTime: 100 },
      ]);
      expect(units.description).toEqual({ codec: "h264", width: 1280, height: 720 });
    }
  });

  test("a unit without a time has none", () => {
    const units = new StreamUnits();
    units.pushBytes(bytes);
    units.pushIndex(
      Buffer.from(`${header}0, -9223372036854775808, -9223372036854775808, 0, 5, 0x00000000, F=0x1\n`),
    );
    expect(units.take()).toMatchObject([{ isKey: true, streamTime: undefined }]);
  });

  test.each(["no index", "0, 0, 0, 6000, 99999999, 0x00000000", "0, 0, 0, 6000, -1, 0x00000000"])(
    "%s is garbage",
    (line) => {
      const units = new StreamUnits();
      units.pushIndex(Buffer.from(`${line}\n`));
      expect(units.garbage).toBeDefined();
      expect(units.take()).toEqual([]);
    },
  );

  test("bytes nobody speaks of, and an index of nothing, are not kept without end", () => {
    const flooded = new StreamUnits();
    const described = new StreamUnits();
    for (let megabyte = 0; megabyte < 17; megabyte++) flooded.pushBytes(Buffer.alloc(1_000_000));
    for (let line = 0; line < 600; line++) described.pushIndex(Buffer.from("0, 0, 0, 1, 5, 0x00000000\n"));
    expect([flooded.garbage, described.garbage]).toEqual([expect.any(String), expect.any(String)]);
  });
});

describe("where a decoder can begin", () => {
  const unit = (isKey: boolean, ...nalHeaders: number[]) => ({
    bytes: Uint8Array.from(nalHeaders.flatMap((header) => [0, 0, 1, header, 9])),
    isKey,
    streamTime: 0,
  });

  test.each([
    ["h264", unit(true, 0x67, 0x68, 0x65), true],
    ["h264", unit(true, 0x09, 0x06, 0x41), false], // merely recovers from here
    ["h264", unit(false, 0x41), false],
    ["hevc", unit(true, 32 << 1, 33 << 1, 20 << 1), true],
    ["hevc", unit(true, 21 << 1), true], // an open group, as long as nothing in it reaches back
    ["hevc", unit(false, 1 << 1), false],
    ["mjpeg", unit(true), true],
  ])("%s %j: %s", (codec, one, expected) => expect(isEntrance(codec, one, false)).toBe(expected));

  test("an open group of a stream whose pictures reach back is no beginning; a closed one still is", () => {
    expect([8, 9, 1].map((type) => isLeading("hevc", unit(false, type << 1)))).toEqual([true, true, false]);
    expect(isEntrance("hevc", unit(true, 21 << 1), true)).toBe(false);
    expect(isEntrance("hevc", unit(true, 19 << 1), true)).toBe(true);
  });
});

import { describe, expect, test } from "vitest";
import { LineCutter, readDecoderLine } from "./decoder-messages.ts";

// Lines as FFmpeg 5.1 wrote them.
const picture = "pts:  18000 pts_time:0.2     pos:       -1 fmt:rgb24 sar:1/1 s:640x360 i:P iskey:1 type:I ";

describe("lines of the decoder's log", () => {
  test.each([
    ["[rtsp @ 0x55] [error] method DESCRIBE failed: 401 Unauthorized", "unauthorised"],
    ["[error] pipe:3: Server returned 403 Forbidden (access denied)", "unauthorised"],
    ["[rtsp @ 0x55] [error] method DESCRIBE failed: 404 Not Found", "notFound"],
    ["[rtsp @ 0x55] [error] method SETUP failed: 454 Session Not Found", "notFound"],
    ["[rtsp @ 0x55] [error] method DESCRIBE failed: 503 Service Unavailable", "notFound"],
    [
      "[tcp @ 0x55] [error] Connection to tcp://h:1?timeout=4000000 failed: Connection refused",
      "unreachable",
    ],
    ["[tcp @ 0x55] [error] Connection to tcp://h:1?timeout=4000000 failed: No route to host", "unreachable"],
    ["[tcp @ 0x55] [error] Failed to resolve hostname h: Name or service not known", "unreachable"],
    ["[fatal] Stream map '0:v:0' matches no streams.", "undecodable"],
    ["[fatal] Unrecognized option 'fps_mode'.", "decoderFailed"],
  ])("%s", (line, fault) => {
    expect(readDecoderLine(line)).toMatchObject({ kind: "failed", fault });
  });

  test.each([
    "[h264 @ 0x55] [error] error while decoding MB 12 3, bytestream -5",
    "[warning] pipe:3: corrupt decoded frame in stream 0",
    "[rtsp @ 0x55] [warning] RTP: missed 3 packets",
    "[h264 @ 0x55] [error] concealing 120 DC, 120 AC, 120 MV errors in P frame",
  ])("damage: %s", (line) => expect(readDecoderLine(line)).toEqual({ kind: "damaged" }));

  test("pictures: taken, with the time of their unit", () => {
    expect(readDecoderLine(`[showinfo@taken @ 0x55] [info] n:   1 ${picture}`)).toEqual({
      kind: "taken",
      time: 200,
    });
    const timeless = picture.replace("pts_time:0.2", "pts_time:NOPTS");
    expect(readDecoderLine(`[showinfo@taken @ 0x55] [info] n:   1 ${timeless}`)).toEqual({
      kind: "taken",
      time: undefined,
    });
  });

  test.each([
    "",
    "[showinfo@taken @ 0x55] [info]   side data - User Data Unregistered:",
    "[showinfo@taken @ 0x55] [info] config in time_base: 1/90000, frame_rate: 15/1",
    "s=failed: 401 Unauthorized",
    "[info]   Stream #0:0: Video: h264 (High), yuv420p, 1280x720",
  ])("means nothing: %s", (line) => expect(readDecoderLine(line)).toBeUndefined());
});

describe("cutting lines", () => {
  test("chunks cut anywhere give the same lines", () => {
    const text = Buffer.from("one\ntwo\n\nthree\n");
    for (let size = 1; size <= text.length; size++) {
      const cutter = new LineCutter();
      const lines: string[] = [];
      for (let start = 0; start < text.length; start += size) {
        lines.push(...cutter.push(text.subarray(start, start + size)));
      }
      expect(lines).toEqual(["one", "two", "", "three"]);
    }
  });

  test("a line without end is cut, and the next one is whole", () => {
    const cutter = new LineCutter(10);
    for (let index = 0; index < 1_000; index++) expect(cutter.push(Buffer.alloc(1_000, 0x61))).toEqual([]);
    expect(cutter.push(Buffer.from("\nnext\n"))).toEqual(["a".repeat(10), "next"]);
  });
});

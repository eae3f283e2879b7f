import { setImmediate as immediate } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { type Instant, instant } from "../../domain/time.ts";
import { VirtualClock } from "../../simulation/virtual-clock.ts";
import { ClipBuffer, type KeptUnit } from "./clip-buffer.ts";
import { clipFileOf, placed } from "./clip-file.ts";
import type { Launch, ProcessEvents } from "./confined-process.ts";

const unit = (at: number, streamTime: number, more: Partial<KeptUnit> = {}): KeptUnit => ({
  ...{ bytes: new Uint8Array(10), isKey: false, at: instant(at), streamTime, connection: 0 },
  description: { codec: "h264", width: 640, height: 360 },
  ...more,
});
const timesOf = (units: readonly KeptUnit[]) => placed(units).map(({ time }) => time);

describe("when a picture of a clip is shown", () => {
  test("as the camera counts, however the network trembles", () => {
    expect(timesOf([unit(0, 90_000), unit(90, 90_066.7), unit(120, 90_133.3), unit(500, 90_400)])).toEqual([
      ...[0, 67, 133, 400],
    ]);
  });

  test("over another connection, and where the camera's clock jumps, as it came", () => {
    const again = [unit(7_000, 12, { connection: 1 }), unit(7_100, 112, { connection: 1 })];
    expect(timesOf([unit(0, 500), unit(100, 600), ...again])).toEqual([0, 100, 7_000, 7_100]);
    expect(timesOf([unit(0, 500), unit(100, 90_000_000), unit(200, 90_000_100)])).toEqual([0, 100, 200]);
    expect(timesOf([unit(0, 50_000), unit(100, 0), unit(200, 100)])).toEqual([0, 100, 200]);
  });

  test("in the order of showing, where that is not the order of sending; none before the beginning", () => {
    expect(timesOf([unit(0, 200), unit(40, 120), unit(80, 160), unit(120, 320)])).toEqual([80, 0, 40, 200]);
  });
});

describe("an FFmpeg that does not do as it should is no clip", () => {
  const given = [unit(0, 0, { isKey: true }), unit(100, 100)];
  async function answered(play: (events: ProcessEvents) => void, clock = new VirtualClock()) {
    const signals: string[] = [];
    const launch: Launch = (_, events) => {
      setImmediate(() => play(events));
      const kill = () => {
        signals.push("KILL");
        events.onEnd({ code: null, signal: "SIGKILL" });
      };
      return { write() {}, endInput() {}, unwritten: 0, terminate: kill, kill };
    };
    const file = clipFileOf(given, { program: "/bin/false", clock, launch });
    await immediate();
    clock.advance(11_000);
    return { file: await file, signals };
  }

  test.each<[string, (events: ProcessEvents) => void, RegExp]>([
    ["it fails", (events) => events.onEnd({ code: 1, signal: null }), /ended with 1/],
    ["it writes nothing", (events) => events.onEnd({ code: 0, signal: null }), /ended with 0/],
    ["it hangs", () => undefined, /ended with SIGKILL/],
    ["it writes without end", (events) => events.onOutput(Buffer.alloc(5_000_000)), /ended with SIGKILL/],
    [
      "it cannot be started",
      (events) => events.onEnd({ code: null, signal: null, problem: "ENOENT" }),
      /ENOENT/,
    ],
  ])("%s", async (_, play, problem) => {
    expect((await answered(play)).file).toEqual({ problem: expect.stringMatching(problem) });
  });

  test("nothing to show, or nothing that fits into MP4", async () => {
    const clock = new VirtualClock();
    expect(await clipFileOf([], { program: "/bin/false", clock })).toHaveProperty("problem");
    const odd = unit(0, 0, { description: { codec: "vp8", width: 1, height: 1 } });
    expect(await clipFileOf([odd], { program: "/bin/false", clock })).toHaveProperty("problem");
  });
});

describe("what a camera sent lately", () => {
  const second = (n: number, more: Partial<KeptUnit> = {}) =>
    unit(n * 1_000, n * 1_000, { isKey: n % 2 === 0, bytes: new Uint8Array(100), ...more });
  const filled = (bytes: number, seconds: number) => {
    const buffer = new ClipBuffer({ span: 12_000, bytes });
    for (let n = 0; n < seconds; n++) buffer.push(second(n));
    return buffer;
  };
  const seconds = (buffer: ClipBuffer, from: number) => {
    const { units, isCut } = buffer.from((from * 1_000) as Instant);
    return { from: (units[0]?.at ?? Number.NaN) / 1_000, count: units.length, isCut };
  };

  test("is kept as long as it is asked for and no longer, in whole groups", () => {
    const buffer = filled(10_000, 100);
    expect(buffer.bytes).toBe(1_400);
    expect(seconds(buffer, 93)).toEqual({ from: 92, count: 8, isCut: false });
    expect(seconds(buffer, 88)).toEqual({ from: 88, count: 12, isCut: false });
    expect(seconds(buffer, 10).from).toBe(86);
  });

  test("is bounded in bytes, and says so where that cut it short", () => {
    const buffer = filled(450, 100);
    expect(buffer.bytes).toBeLessThanOrEqual(450);
    expect(seconds(buffer, 90)).toMatchObject({ from: 96, isCut: true });
    expect(seconds(buffer, 97)).toMatchObject({ from: 96, isCut: false });
    const one = filled(150, 100);
    expect(one.bytes).toBeLessThanOrEqual(150);
  });

  test("begins with what was shown then, also where that instant lies between two groups", () => {
    const buffer = new ClipBuffer({ span: 12_000, bytes: 10_000 });
    for (let n = 0; n < 45; n++)
      buffer.push(unit(n * 67, n * 67, { isKey: n % 15 === 0, bytes: new Uint8Array(9) }));
    // The picture of 1,943 is shown until the one of 2,010, which is the next group's first.
    expect(seconds(buffer, 1.98)).toMatchObject({ from: 1.005, isCut: false });
    expect(seconds(buffer, 2.02)).toMatchObject({ from: 2.01 });
  });

  test("of a camera that was away, only what belongs to the time asked for", () => {
    const buffer = filled(10_000, 10);
    for (const n of [60, 61, 62, 63]) buffer.push(second(n, { connection: 1 }));
    expect(seconds(buffer, 55)).toEqual({ from: 60, count: 4, isCut: false });
    buffer.push(second(65, { connection: 2 })); // nothing to see of it without a key picture
    expect(seconds(buffer, 55).count).toBe(4);
  });
});

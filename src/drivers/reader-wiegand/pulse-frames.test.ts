import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { instant } from "../../domain/time.ts";
import { mostBits } from "./formats.ts";
import { type Frame, PulseFrames } from "./pulse-frames.ts";

/** Pulses a fixed time apart, from `start`. */
function send(frames: PulseFrames, bits: string, start: number, interval = 2): Frame[] {
  const heard: Frame[] = [];
  for (const [index, bit] of Array.from(bits).entries()) {
    const frame = frames.pulse({ wire: bit === "1" ? 1 : 0, at: instant(start + index * interval) });
    if (frame !== undefined) heard.push(frame);
  }
  return heard;
}

describe("pulses become frames", () => {
  test("by the silence after them, and not before it", () => {
    const frames = new PulseFrames();
    expect(send(frames, "10110", 100)).toEqual([]);
    expect(frames.silence(instant(108 + 24.9))).toBeUndefined();
    expect(frames.deadline()).toBe(instant(108 + 25));
    expect(frames.silence(instant(108 + 25))).toEqual({ bits: "10110" });
    expect(frames.silence(instant(500))).toBeUndefined();
    expect(frames.deadline()).toBeUndefined();
  });

  test("whatever the time between their bits, as long as it is a reader's", () => {
    const bits = fc
      .array(fc.constantFrom("0", "1"), { minLength: 1, maxLength: mostBits })
      .map((all) => all.join(""));
    fc.assert(
      fc.property(
        fc.array(bits, { maxLength: 5 }),
        fc.double({ min: 0.2, max: 20, noNaN: true }),
        (all, gap) => {
          const frames = new PulseFrames();
          const heard: Frame[] = [];
          let at = 1000;
          for (const one of all) {
            heard.push(...send(frames, one, at, gap));
            at += one.length * gap + 30;
          }
          const last = frames.silence(instant(at + 30));
          expect([...heard, ...(last === undefined ? [] : [last])]).toEqual(
            all.map((one) => ({ bits: one })),
          );
        },
      ),
    );
  });

  test("a frame that is heard of late is told by the stamps of its pulses", () => {
    const frames = new PulseFrames();
    send(frames, "1011", 100);
    expect(send(frames, "0011", 140)).toEqual([{ bits: "1011" }]);
  });

  test("T24: both wires at once, or an echo, spoil the frame and not the next one", () => {
    const frames = new PulseFrames();
    send(frames, "1011", 100);
    frames.pulse({ wire: 0, at: instant(106.05) });
    expect(frames.silence(instant(200))).toEqual({ refused: "noise" });
    send(frames, "11", 300);
    expect(frames.silence(instant(400))).toEqual({ bits: "11" });
  });

  test("T24: a wire that never falls silent keeps no more than a frame", () => {
    const frames = new PulseFrames();
    expect(send(frames, "1".repeat(100_000), 0, 1)).toEqual([]);
    expect(frames.silence(instant(200_000))).toEqual({ refused: "overflow" });
  });
});

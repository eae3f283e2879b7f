import { expect, test } from "vitest";
import { seededRandom } from "../../test/support/seeded-random.ts";
import { instant } from "../domain/time.ts";
import type { FrameMeasure } from "./frame-measure.ts";
import { movementBetween } from "./movement.ts";

const columns = 80;
const rows = 45;

/** What a camera of this noise has learned of it, and then whether `after` moved against `before`. */
function hasMoved(before: FrameMeasure, after: FrameMeasure, noise: number): boolean {
  return movementBetween(before, after, learnedFrom(noise)).moved;
}

function learnedFrom(noise: number): number {
  let learned = learnedNoise.get(noise);
  if (learned !== undefined) return learned;
  for (let seed = 1_000; learned === undefined || seed < 1_010; seed++)
    learned = movementBetween(picture(seed, noise), picture(seed + 1, noise), learned).noise;
  learnedNoise.set(noise, learned);
  return learned;
}

const learnedNoise = new Map<number, number>();

/** A wall with a lamp's light falling on it; `noise` to either side, `light` all over, `person` before it. */
function picture(
  seed: number,
  noise: number,
  light = 0,
  person?: { x: number; columns: number },
): FrameMeasure {
  const random = seededRandom(seed);
  const blocks = Float32Array.from({ length: columns * rows }, (_, block) => {
    const column = block % columns;
    const isPerson = person !== undefined && column >= person.x && column < person.x + person.columns;
    const shade = isPerson && block > columns * 10 ? 60 : 150 - column / 2;
    return shade + light + (random() + random() - 1) * noise;
  });
  const mean = blocks.reduce((sum, value) => sum + value, 0) / blocks.length;
  return { at: instant(0), blocks, mean, deviation: 30, sharpness: 60, fingerprint: seed };
}

test.each([0.2, 1, 3, 8])("a still scene with noise of %s does not move", (noise) => {
  for (let seed = 0; seed < 60; seed += 2)
    expect(hasMoved(picture(seed, noise), picture(seed + 1, noise), noise)).toBe(false);
});

test.each([-40, 10, 60])("the light changing by %s all over is no movement", (light) => {
  expect(hasMoved(picture(1, 1), picture(2, 1, light), 1)).toBe(false);
});

test.each([0.2, 1, 3])(
  "with noise of %s a person is seen to come, to sway by a block, and to go",
  (noise) => {
    const person = { x: 30, columns: 8 };
    expect(hasMoved(picture(1, noise), picture(2, noise, 0, person), noise)).toBe(true);
    expect(hasMoved(picture(2, noise, 0, person), picture(3, noise, 0, { ...person, x: 31 }), noise)).toBe(
      true,
    );
    expect(hasMoved(picture(3, noise, 0, person), picture(4, noise), noise)).toBe(true);
  },
);

test("a covered lens and blocks that are no number are no movement, and end", () => {
  const nothing = { ...picture(1, 0), blocks: new Float32Array(columns * rows) };
  expect(hasMoved(nothing, nothing, 1)).toBe(false);
  expect(hasMoved(nothing, { ...nothing, blocks: nothing.blocks.map(() => Number.NaN) }, 1)).toBe(false);
});

test("somebody moving about for minutes is not learned as noise", () => {
  const moments = Array.from({ length: 30 }, (_, step) => picture(step, 1, 0, { x: 20 + step, columns: 8 }));
  let learned: number | undefined;
  for (let turn = 0; turn < 900; turn++) {
    const [before, now] = [moments[turn % 30], moments[(turn + 1) % 30]];
    if (before === undefined || now === undefined) throw new Error("there are thirty");
    const movement = movementBetween(before, now, learned);
    learned = movement.noise;
    expect(movement.moved).toBe(true);
  }
});

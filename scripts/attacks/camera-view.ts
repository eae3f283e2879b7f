import type { Picture } from "../../src/ports/face-engine.ts";
import { type Canvas, softened } from "./canvas.ts";
import { type Dice, dice, wander } from "./random.ts";

/** What a camera makes of the light that reaches it. */
export interface CameraView {
  readonly grey: boolean;
  /** Passes of softening: lens and scaling. */
  readonly softness: number;
  /** Deviation of the sensor's noise in a middle grey. */
  readonly noise: number;
  readonly exposure: (seconds: number) => number;
  readonly balance: readonly [red: number, green: number, blue: number];
}

export function cameraView(random: Dice, grey: boolean): CameraView {
  const drift = wander(random, random.between(0, 0.04));
  const flicker = random.chance(0.3) ? random.between(0, 0.015) : 0;
  const beat = random.between(1, 9);
  const base = random.between(0.85, 1.12);
  return {
    grey,
    softness: random.pick([0, 0, 1, 1, 2]),
    noise: random.between(0.8, 4.5),
    exposure: (seconds) => base * (1 + drift(seconds) + flicker * Math.sin(beat * 2 * Math.PI * seconds)),
    balance: [random.between(0.94, 1.06), 1, random.between(0.94, 1.06)],
  };
}

/** Normal noise drawn once: each row of each frame takes a piece from anywhere in it. */
const noiseLength = 1 << 18;
const noiseTable = ((): Float32Array => {
  const random = dice(1);
  return Float32Array.from({ length: noiseLength + 8192 }, () => random.normal());
})();

/** One frame as the sensor gives it. */
export function exposed(scene: Canvas, view: CameraView, seconds: number, random: Dice): Picture {
  const { width, height, rgb } = softened(scene, view.softness);
  const gain = view.exposure(seconds);
  const [redGain, , blueGain] = view.balance;
  const out = new Uint8ClampedArray(rgb.length);
  for (let row = 0; row < height; row += 1) {
    const piece = Math.floor(random.next() * noiseLength);
    const tints = Math.floor(random.next() * noiseLength);
    for (let column = 0; column < width; column += 1) {
      const at = (row * width + column) * 3;
      const green = (rgb[at + 1] ?? 0) * gain;
      // Shot noise grows with light; most of it is common to the channels after the camera's own denoising.
      const spread = view.noise * (0.6 + green / 320);
      const common = (noiseTable[piece + column] ?? 0) * spread;
      if (view.grey) {
        const luma =
          0.299 * gain * (rgb[at] ?? 0) + 0.587 * green + 0.114 * gain * (rgb[at + 2] ?? 0) + common;
        out[at] = out[at + 1] = out[at + 2] = luma;
      } else {
        const tint = 0.4 * (noiseTable[tints + column] ?? 0) * spread;
        out[at] = (rgb[at] ?? 0) * gain * redGain + common + tint;
        out[at + 1] = green + common;
        out[at + 2] = (rgb[at + 2] ?? 0) * gain * blueGain + common - tint;
      }
    }
  }
  return { width, height, rgb: new Uint8Array(out.buffer) };
}

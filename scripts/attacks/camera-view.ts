import type { Picture } from "../../src/ports/face-engine.ts";
import { type Canvas, softened, toPicture } from "./canvas.ts";
import { type Dice, wander } from "./random.ts";

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

/** One frame as the sensor gives it. */
export function exposed(scene: Canvas, view: CameraView, seconds: number, random: Dice): Picture {
  const soft = softened(scene, view.softness);
  const gain = view.exposure(seconds);
  const { rgb } = soft;
  const out = new Float32Array(rgb.length);
  for (let at = 0; at < rgb.length; at += 3) {
    let [red, green, blue] = [
      (rgb[at] ?? 0) * view.balance[0],
      rgb[at + 1] ?? 0,
      (rgb[at + 2] ?? 0) * view.balance[2],
    ];
    if (view.grey) red = green = blue = 0.299 * red + 0.587 * green + 0.114 * blue;
    // Shot noise grows with light's square root; most of it is common to the channels after the camera's own denoising.
    const spread = view.noise * Math.sqrt(0.25 + Math.max(0, green) / 170);
    const common = (random.next() + random.next() - 1) * 2.2 * spread;
    const tint = view.grey ? 0 : (random.next() - 0.5) * spread;
    out[at] = red * gain + common + tint;
    out[at + 1] = green * gain + common;
    out[at + 2] = blue * gain + common - tint;
  }
  return toPicture({ width: scene.width, height: scene.height, rgb: out });
}

import type { Picture } from "../../src/ports/face-engine.ts";
import { drawArtefact } from "./attack-scenes.ts";
import { cameraView, exposed } from "./camera-view.ts";
import type { Canvas } from "./canvas.ts";
import { livingPerson } from "./genuine-scenes.ts";
import type { Portrait } from "./living-head.ts";
import { type Dice, dice } from "./random.ts";
import type { GenuineKind, Kind } from "./species.ts";
import { compressed } from "./video-codec.ts";

const pictureSize = { width: 640, height: 360 } as const;

export interface SequenceOptions {
  readonly kind: Kind;
  readonly seed: number;
  /** Pictures of one person; `moving` needs at least two. */
  readonly portraits: readonly Portrait[];
  readonly frames: number;
  readonly framesPerSecond: number;
  /** Video compression by FFmpeg in two thirds of the sequences; false: in none. */
  readonly codec: boolean;
}

/** The frames a camera gives of one presentation. The same options give the same frames. */
export async function makeSequence(options: SequenceOptions): Promise<readonly Picture[]> {
  const random = dice(options.seed * 7919 + hash(options.kind));
  const grey = options.portraits.every(isGrey) || random.chance(0.25);
  const view = cameraView(random, grey);
  const sceneAt = sceneOf(options, random);
  const noise = dice(random.next() * 2 ** 32);
  const still =
    options.kind === "frozen" || options.kind === "loop" ? random.pick(["exact", "noisy"]) : "noisy";
  const period = periodOf(options, random);
  const made: Picture[] = [];
  for (let index = 0; index < options.frames; index += 1) {
    const repeated = index % period;
    const before = still === "exact" && index >= period ? made[index - period] : undefined;
    const seconds = repeated / options.framesPerSecond;
    // A repeated frame is filmed anew, with new noise, or sent again bit by bit.
    made.push(before ?? exposed(sceneAt(seconds), view, index / options.framesPerSecond, noise));
  }
  const rate = random.between(500, 2500);
  const coded = options.codec && random.chance(2 / 3) && still === "noisy";
  return coded ? compressed(made, Math.round(rate), options.framesPerSecond) : made;
}

function periodOf({ kind, frames }: SequenceOptions, random: Dice): number {
  if (kind === "frozen") return 1;
  return kind === "loop" ? Math.floor(random.between(5, Math.max(6, frames / 2.2))) : frames;
}

function sceneOf(options: SequenceOptions, random: Dice): (seconds: number) => Canvas {
  const { kind, portraits } = options;
  if (isGenuine(kind)) return livingPerson(kind, portraits, random, pictureSize);
  if (kind === "loop" || kind === "frozen") {
    const living = portraits.length > 1 && random.chance(0.5) ? "moving" : "turning";
    return livingPerson(living, portraits, random, pictureSize);
  }
  return drawArtefact(kind, portraits, random, pictureSize);
}

const isGenuine = (kind: Kind): kind is GenuineKind => kind === "moving" || kind === "turning";

function isGrey({ canvas: { rgb } }: Portrait): boolean {
  for (let at = 0; at < rgb.length; at += 3 * 97)
    if (Math.abs((rgb[at] ?? 0) - (rgb[at + 2] ?? 0)) > 12) return false;
  return true;
}

function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const character of text) value = Math.imul(value ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return value >>> 0;
}

import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { followFace } from "../../src/cli/face-track.ts";
import type { TrackSample } from "../../src/domain/biometric/liveness/track.ts";
import type { FaceEngine } from "../../src/ports/face-engine.ts";
import { makeSequence } from "./sequence.ts";
import type { Kind } from "./species.ts";
import type { Casting } from "./study-sources.ts";

/** One presentation as the cues see it. */
export interface Presentation {
  readonly kind: Kind;
  readonly index: number;
  readonly person: string;
  readonly frames: number;
  readonly samples: readonly TrackSample[];
}

export interface CollectOptions {
  readonly kind: Kind;
  readonly index: number;
  readonly frames: number;
  readonly framesPerSecond: number;
  /** Only every so many frames is looked at, as on a machine that is busy with something else. */
  readonly every: number;
  readonly cache: string;
}

/** Makes one presentation and follows its face, or answers with what was kept of it. */
export async function collect(
  options: CollectOptions,
  casting: Casting,
  engine: FaceEngine,
): Promise<Presentation> {
  const { kind, index, frames, framesPerSecond, every, cache } = options;
  const kept = await keptOf(options);
  if (kept !== undefined) return kept;
  const { person, portraits } = await casting.personFor(kind, index);
  const pictures = await makeSequence({ kind, seed: index, portraits, frames, framesPerSecond, codec: true });
  const looked = pictures.filter((_, frame) => frame % every === 0);
  const { samples } = await followFace(engine, looked, framesPerSecond / every, "taken as given");
  const made: Presentation = { kind, index, person, frames, samples: samples.map(shortened) };
  const file = fileOf(options);
  await mkdir(cache, { recursive: true });
  await writeFile(`${file}.${process.pid}.new`, JSON.stringify(made));
  await rename(`${file}.${process.pid}.new`, file);
  return made;
}

/** Made before, by `collect`. */
export async function keptOf(options: CollectOptions): Promise<Presentation | undefined> {
  const kept = await readFile(fileOf(options), "utf8").catch(() => undefined);
  // Written by `collect`, whole or not at all.
  return kept === undefined ? undefined : (JSON.parse(kept) as Presentation);
}

function fileOf({ kind, index, frames, framesPerSecond, every, cache }: CollectOptions): string {
  const thinned = every === 1 ? "" : `-every${every}`;
  return join(cache, `${kind}-${index}-${frames}x${framesPerSecond}${thinned}.json`);
}

/** A thousandth of a pixel is enough. */
const shortened = (sample: TrackSample): TrackSample => ({
  ...sample,
  landmarks: sample.landmarks.map(({ x, y }) => ({
    x: Math.round(x * 1000) / 1000,
    y: Math.round(y * 1000) / 1000,
  })),
});

import { medianOf } from "./face-figures.ts";
import type { CueName, CueResult, TrackSample } from "./track.ts";

/** The values of one measure over a track, without the frames that lack it. */
export function measured(samples: readonly TrackSample[], name: string): readonly number[] {
  return samples.flatMap(({ pixels }) => {
    const value = pixels[name];
    return value !== undefined && Number.isFinite(value) ? [value] : [];
  });
}

/** The middle value of a measure over a track; undefined where fewer than `fewest` frames have it. */
export function medianMeasured(
  samples: readonly TrackSample[],
  name: string,
  fewest: number,
): number | undefined {
  const values = measured(samples, name);
  return values.length < fewest ? undefined : medianOf(values);
}

export const silentCue = (cue: CueName, figures: CueResult["figures"]): CueResult => ({
  cue,
  says: "silent",
  score: 0,
  figures,
});

/** How far a figure has gone from where it begins to mean something (0) to where it is sure (1). No number means nothing. */
export function between(value: number, begins: number, sure: number): number {
  const share = (value - begins) / (sure - begins);
  return share > 0 ? Math.min(1, share) : 0;
}

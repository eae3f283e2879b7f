import { type Milliseconds, since } from "../../time.ts";
import { between, measured, medianMeasured, silentCue } from "./cue-figures.ts";
import { medianOf } from "./face-figures.ts";
import type { CueResult, TrackSample } from "./track.ts";

/** Frames that must agree: one frame's peak is chance, or a striped collar. */
const fewest = 5;
/**
 * Decibels over what chance comes to, which the number of blocks looked at decides. Enlarged and compressed pictures of
 * living faces stayed within 1.3.
 */
const standing = { begins: 2.2, sure: 4.5 } as const;
const chanceOf = (blocks: number): number => 10.5 * blocks ** -0.415;
/**
 * Decibels of what changed on the upright face. Under so many pixels between the eyes the upright face is the frame
 * enlarged, which has peaks of its own; above, living faces stayed under 8.
 */
const wandering = { begins: 8.6, sure: 10.5, eyes: 42 } as const;
/** Between two looks; after longer a head has turned, and what changed on it is no drift of a raster. */
const longestDrift: Milliseconds = 350;
/** Cycles per pixel that the peak may differ from frame to frame: the same raster, from a little nearer or further. */
const sameFrequency = 0.035;
const agreeing = 0.4;
/** How much more the light beats from row to row than from column to column, and how much at the least. */
const rolling = { begins: 2.6, sure: 3.8, least: 0.006 } as const;

/**
 * Moiré of a screen's or a print's raster against the sensor's, and the bands of a screen's refresh. Never says live: a
 * fine screen shows none of it to a coarse camera.
 */
export function rasterCue(samples: readonly TrackSample[]): CueResult {
  const raster = medianMeasured(samples, "raster", fewest);
  const drift = medianMeasured(samples.filter(isSoonAfter), "drift", fewest);
  const blocks = medianMeasured(samples, "rasterBlocks", fewest);
  const eyes = medianOf(samples.map(({ quality }) => quality.eyeDistance)) ?? 0;
  if (raster === undefined || blocks === undefined) return silentCue("raster", {});
  const peak = raster - chanceOf(blocks);
  const agreement = agreementOf(samples);
  const beats = beatRatio(samples);
  const figures = { peak, agreement, ...(drift === undefined ? {} : { drift }), ...beats };
  const hints = [
    agreement >= agreeing ? between(peak, standing.begins, standing.sure) : 0,
    eyes >= wandering.eyes ? between(drift ?? 0, wandering.begins, wandering.sure) : 0,
    beats.rowBeat >= rolling.least ? between(beats.beatRatio, rolling.begins, rolling.sure) : 0,
  ];
  const sure = Math.max(...hints);
  if (sure <= 0) return silentCue("raster", figures);
  return { cue: "raster", says: "attack", score: -(0.4 + 0.55 * sure), figures };
}

function isSoonAfter({ at }: TrackSample, index: number, samples: readonly TrackSample[]): boolean {
  const before = samples[index - 1];
  return before !== undefined && since(before.at, at) <= longestDrift;
}

/** Share of the frames whose peak lies at the frequency most of them have. */
function agreementOf(samples: readonly TrackSample[]): number {
  const peaks = samples.flatMap(({ pixels }) => {
    const [across, down] = [pixels["rasterAcross"], pixels["rasterDown"]];
    return across === undefined || down === undefined ? [] : [{ across, down }];
  });
  const most = peaks.reduce((best, peak) => {
    const alike = peaks.filter(
      (other) => Math.hypot(other.across - peak.across, other.down - peak.down) <= sameFrequency,
    );
    return Math.max(best, alike.length);
  }, 0);
  return most / Math.max(1, peaks.length);
}

function beatRatio(samples: readonly TrackSample[]): { rowBeat: number; beatRatio: number } {
  const rows = medianMeasured(samples, "rowBeat", fewest) ?? 0;
  const columns = medianMeasured(samples, "columnBeat", fewest) ?? 0;
  // Equal pictures have no beat at all.
  return {
    rowBeat: rows,
    beatRatio: measured(samples, "rowBeat").length === 0 ? 0 : rows / (columns + 0.001),
  };
}

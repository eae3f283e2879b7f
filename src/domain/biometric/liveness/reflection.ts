import { between, medianMeasured, silentCue } from "./cue-figures.ts";
import type { CueResult, TrackSample } from "./track.ts";

const fewest = 5;
/**
 * Share of the face that is blown out by a light reflected in glass. Oily skin under a lamp shows a fraction of a percent,
 * a low sun on a cheek may show as much as glass: so this alone decides nothing.
 */
const glare = { begins: 0.01, sure: 0.08 } as const;
/** Colours of the picture over which a camera is no grey one, in luma; infrared and night pictures stay under 2. */
const coloured = 6;
/**
 * How far skin's shares of red, green and blue are from a third each, beside the scene's own tint: skin of every tone is
 * redder than grey under any white light. A grey print, or a grey picture on a screen, is not.
 */
const tint = { begins: 0.014, sure: 0.006 } as const;
/** How much the tint varies over the skin: a grey picture has only the sensor's noise. */
const evenTint = 0.02;

/**
 * What glass and ink return otherwise than skin: the reflection of a lamp, and no skin colour in a coloured picture. Never
 * says live, and by itself never surely an attack: light differs too much from place to place.
 */
export function reflectionCue(samples: readonly TrackSample[]): CueResult {
  const highlights = medianMeasured(samples, "highlights", fewest);
  const chroma = medianMeasured(samples, "chroma", fewest);
  const red = medianMeasured(samples, "skinRed", fewest);
  const blue = medianMeasured(samples, "skinBlue", fewest);
  const spread = medianMeasured(samples, "chromaSpread", fewest);
  if (highlights === undefined || chroma === undefined) return silentCue("reflection", {});
  const away = red === undefined || blue === undefined ? Number.NaN : Math.hypot(red - 1 / 3, blue - 1 / 3);
  const figures = { highlights, chroma, ...(Number.isNaN(away) ? {} : { tint: away }) };
  const grey =
    chroma >= coloured && away < tint.begins && (spread ?? 1) < evenTint
      ? between(tint.begins - away, 0, tint.begins - tint.sure)
      : 0;
  const sure = Math.max(grey, between(highlights, glare.begins, glare.sure));
  if (sure <= 0) return silentCue("reflection", figures);
  return { cue: "reflection", says: "attack", score: -(0.3 + 0.25 * sure), figures };
}

import type { PixelMeasures } from "../../domain/biometric/liveness/track.ts";
import type { DescribedFace, Picture } from "../../ports/face-engine.ts";
import { changeMeasures } from "./change-measures.ts";
import { colourMeasures } from "./colour-measures.ts";
import { eyeMeasures } from "./eye-measures.ts";
import { type Look, lookAt } from "./look.ts";
import { rasterMeasures } from "./raster-measures.ts";
import { surroundMeasures } from "./surround-measures.ts";

export type { Look } from "./look.ts";

/** One frame measured: the figures for its `TrackSample`, and what the next frame of the track is compared with. */
export interface MeasuredFrame {
  readonly pixels: PixelMeasures;
  readonly look: Look;
}

/**
 * Measures a frame in and around a described face. `previous` is the look at the frame before of the same track;
 * undefined at a track's beginning. About 5 ms at 640×360, half of it for the spectra.
 */
export function measurePixels(
  frame: Picture,
  face: Pick<DescribedFace, "landmarks" | "chip">,
  previous?: Look,
): MeasuredFrame {
  const look = lookAt(frame, face, previous);
  return {
    look,
    pixels: {
      ...changeMeasures(look, previous),
      ...rasterMeasures(look, previous),
      ...surroundMeasures(look),
      ...colourMeasures(frame, face.chip),
      ...eyeMeasures(frame, face.landmarks),
    },
  };
}

import { assess } from "./assess.ts";
import { geometryCue } from "./geometry.ts";
import { infraredCue } from "./infrared.ts";
import { microMotionCue } from "./micro-motion.ts";
import { rasterCue } from "./raster.ts";
import { reflectionCue } from "./reflection.ts";
import { replayCue } from "./replay.ts";
import { seenIn } from "./seen.ts";
import { surroundCue } from "./surround.ts";
import type { CueName, CueResult, LivenessAssessment, TrackSample } from "./track.ts";

type Cue = (samples: readonly TrackSample[]) => CueResult;

/** Every cue that a track is judged by; each is silent where what it reads was not measured. */
export const livenessCues: Readonly<Record<CueName, Cue>> = {
  geometry: geometryCue,
  raster: rasterCue,
  reflection: reflectionCue,
  surround: surroundCue,
  microMotion: microMotionCue,
  replay: replayCue,
  infrared: infraredCue,
};

/** What a track shows, oldest sample first. */
export function assessTrack(samples: readonly TrackSample[]): LivenessAssessment {
  const cues = Object.values(livenessCues).map((cue) => cue(samples));
  return { ...assess(cues), seen: seenIn(samples) };
}

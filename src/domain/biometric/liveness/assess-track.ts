import { assess } from "./assess.ts";
import { geometryCue } from "./geometry.ts";
import { microMotionCue } from "./micro-motion.ts";
import { replayCue } from "./replay.ts";
import type { CueResult, LivenessAssessment, TrackSample } from "./track.ts";

/** Every cue that a track of one camera is judged by. */
const cues: readonly ((samples: readonly TrackSample[]) => CueResult)[] = [geometryCue, microMotionCue, replayCue];

/** What a track shows, oldest sample first. */
export function assessTrack(samples: readonly TrackSample[]): LivenessAssessment {
  return assess(cues.map((cue) => cue(samples)));
}

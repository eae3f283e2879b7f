import { assessTrack } from "../domain/biometric/liveness/assess-track.ts";
import type { LivenessAssessment, TrackSample } from "../domain/biometric/liveness/track.ts";
import type { DescribedFace, Picture } from "../ports/face-engine.ts";
import { type Look, type MeasuredFrame, measurePixels } from "./liveness/measure.ts";

/** What a later frame of the same track is measured against. */
export type MeasuredLook = Look;

/** Tells a person from a picture of one: what is measured on each frame, and what a track of them comes to. */
export interface LivenessSense {
  measure(frame: Picture, face: DescribedFace, previous: MeasuredLook | undefined): MeasuredFrame;
  assess(samples: readonly TrackSample[]): LivenessAssessment;
}

export const livenessSense: LivenessSense = {
  measure: measurePixels,
  assess: assessTrack,
};

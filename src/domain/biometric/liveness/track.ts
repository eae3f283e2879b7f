import type { Instant, Milliseconds } from "../../time.ts";
import type { FaceQuality } from "../quality.ts";

/** How sure somebody has to be that a person stands there and no picture of one. */
export type LivenessLevel =
  /** Nothing is looked at: an explicit choice. */
  | "off"
  /** Refused when the cues say attack; asked to do something when they disagree. */
  | "passive"
  /** Everybody is asked to do something. */
  | "challenge";

export interface TrackPoint {
  readonly x: number;
  readonly y: number;
}

/** One frame of a track: one face, followed without a break. All positions in pixels of the frame. */
export interface TrackSample {
  readonly at: Instant;
  readonly frameWidth: number;
  readonly frameHeight: number;
  readonly box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  /** The 68 landmarks of the iBUG scheme. */
  readonly landmarks: readonly TrackPoint[];
  readonly quality: FaceQuality;
  /** What was measured on the frame's pixels in and around the face; each figure has its own docstring. */
  readonly pixels: PixelMeasures;
}

/** Figures by name, made by `vision/liveness`; a cue reads its own and says nothing where they are missing. */
export type PixelMeasures = Readonly<Record<string, number>>;

export type CueName =
  /** A flat picture's landmarks move by a homography, a head's do not. */
  | "geometry"
  /** Screen raster, moiré and rolling bands. */
  | "raster"
  /** Highlights and colours that skin, paper and glass return differently. */
  | "reflection"
  /** The edges of a phone, a tablet or a sheet around the face. */
  | "surround"
  /** Lids that close and open, and small movements that are not those of a rigid body. */
  | "microMotion"
  /** The same pictures again, or one that stands still while the camera does not. */
  | "replay"
  /** A screen is dark, and paper flat, to an infrared camera beside. */
  | "infrared";

/** What one cue makes of a track. `silent`: there is not enough to say anything. */
export interface CueResult {
  readonly cue: CueName;
  readonly says: "live" | "attack" | "silent";
  /** −1 (surely an attack) to 1 (surely a person); 0 for silent. */
  readonly score: number;
  /** What it decided by, for the record. */
  readonly figures: Readonly<Record<string, number>>;
  /** Silent so far only: what it sees would be an attack if it went on. Nobody is refused for it, nor let in. */
  readonly suspects?: true;
}

/** How much of a face the cues had to go by. */
export interface SeenOfFace {
  /** Pictures, each counted once however often it came. */
  readonly looks: number;
  /** From the first to the last of them. */
  readonly span: Milliseconds;
}

/** What all cues together make of a track. */
export interface LivenessAssessment {
  readonly verdict: "live" | "attack" | "uncertain";
  /** −1 to 1. */
  readonly score: number;
  readonly cues: readonly CueResult[];
  readonly seen?: SeenOfFace;
}

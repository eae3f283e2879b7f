import type { ChallengeStep } from "../domain/biometric/challenge.ts";
import type { LivenessAssessment, LivenessLevel } from "../domain/biometric/liveness/track.ts";
import type { PhotoAdvice } from "../domain/biometric/photo-quality.ts";
import type { Vote } from "../domain/biometric/vote.ts";
import type { AccessPointRef } from "../domain/names.ts";
import type { Instant, Milliseconds } from "../domain/time.ts";
import type { Box, FaceModel, PassedOver } from "./face-engine.ts";
import type { FrameSourceState } from "./frame-source.ts";

/** Controller → vision. */
export type VisionCommand =
  /** Compare what the camera sees around `presentedAt` with these templates only (1:1). */
  | {
      readonly type: "verify";
      readonly passage: string;
      readonly where: AccessPointRef;
      readonly camera: string;
      readonly presentedAt: Instant;
      readonly model: string;
      readonly templates: readonly Float32Array[];
      /** Of each template, in order: those of one appearance are fused. Left out: all of one. */
      readonly appearances?: readonly string[];
      /** For the recogniser that votes, where there is one. */
      readonly second?:
        | {
            readonly model: string;
            readonly templates: readonly Float32Array[];
            readonly appearances?: readonly string[];
          }
        | undefined;
      readonly liveness: LivenessLevel;
    }
  | { readonly type: "cancel"; readonly passage: string }
  /** Decode, judge and describe an uploaded photo (enrolment). */
  | { readonly type: "describePhoto"; readonly request: string; readonly image: Uint8Array }
  /** How a picture would turn out as a photo, while somebody stands before the desk's camera. The doors come first. */
  | { readonly type: "lookAtPicture"; readonly request: string; readonly image: Uint8Array }
  /** Templates of a photo that was enrolled before, by the models in use now. */
  | { readonly type: "describeStored"; readonly request: string; readonly image: Uint8Array }
  /** The newest frame as a JPEG. */
  | { readonly type: "snapshot"; readonly request: string; readonly camera: string }
  /** A4: how many people stand before this camera, in frames from now on. */
  | { readonly type: "countFaces"; readonly request: string; readonly camera: string }
  /** A picture at most every `interval` milliseconds for somebody who is looking, until `until`; said again it goes on. */
  | {
      readonly type: "showLive";
      readonly camera: string;
      readonly interval: Milliseconds;
      readonly until: Instant;
    }
  /** Turn to this preset (ONVIF PTZ). */
  | {
      readonly type: "recallPreset";
      readonly request: string;
      readonly camera: string;
      readonly preset: string;
    }
  /** What the camera sent between these instants, as it sent it; the answer comes once `until` has passed. */
  | {
      readonly type: "keepClip";
      readonly request: string;
      readonly camera: string;
      readonly from: Instant;
      readonly until: Instant;
    }
  /** The next piece of a clip that is kept ready: a few at a time, so that no verdict has to wait behind it. */
  | { readonly type: "takeClip"; readonly request: string; readonly clip: string; readonly offset: number }
  | { readonly type: "report" };

/** Vision → controller. */
export type VisionMessage =
  | {
      readonly type: "ready";
      readonly model: FaceModel;
      /** Whose vote is asked for too. */
      readonly second?: FaceModel | undefined;
      readonly backend: string;
      /** What would have been preferred, and why it was not taken. */
      readonly passedOver?: readonly PassedOver[];
      readonly threshold: number;
      readonly loadedIn: number;
    }
  | { readonly type: "cameraState"; readonly camera: string; readonly state: FrameSourceState }
  | {
      readonly type: "cameraHealth";
      readonly camera: string;
      readonly at: Instant;
      readonly event: CameraHealthEvent;
    }
  /** The person is asked to do something; undefined: nothing any more. */
  | { readonly type: "challenge"; readonly passage: string; readonly step: ChallengeStep | undefined }
  | { readonly type: "verdict"; readonly passage: string; readonly verdict: FaceVerdict }
  | { readonly type: "photoDescribed"; readonly request: string; readonly outcome: PhotoOutcome }
  | { readonly type: "pictureLookedAt"; readonly request: string; readonly outcome: PictureLook }
  | { readonly type: "storedDescribed"; readonly request: string; readonly outcome: StoredPhotoOutcome }
  | { readonly type: "snapshot"; readonly request: string; readonly jpeg: Uint8Array | undefined }
  | { readonly type: "facesCounted"; readonly request: string; readonly count: FaceCount | undefined }
  | {
      readonly type: "livePicture";
      readonly camera: string;
      readonly at: Instant;
      readonly jpeg: Uint8Array;
    }
  | { readonly type: "presetRecalled"; readonly request: string; readonly outcome: PresetOutcome }
  | { readonly type: "clip"; readonly request: string; readonly outcome: ClipOutcome }
  /** Undefined: it is not kept ready any more. */
  | { readonly type: "clipPiece"; readonly request: string; readonly bytes: Uint8Array | undefined }
  /** What the camera itself has noticed (ONVIF events). */
  | {
      readonly type: "cameraDevice";
      readonly camera: string;
      readonly at: Instant;
      readonly event: CameraDeviceEvent;
    };

/** `unsupported`: the camera has no such thing, or is not spoken to over ONVIF; the CCTV system may do it. */
export type PresetOutcome =
  | { readonly recalled: true }
  | { readonly recalled: false; readonly why: "unsupported" | "failed"; readonly detail: string };

export type ClipOutcome =
  | ({ readonly kept: true } & ClipReady)
  | { readonly kept: false; readonly detail: string };

/** An MP4 that is ready to be taken away, piece by piece. */
export interface ClipReady {
  /** Its name for `takeClip`. */
  readonly clip: string;
  readonly size: number;
  /** Hexadecimal SHA-256 of the whole. */
  readonly hash: string;
  /** What it really covers, beginning with a picture that stands alone. */
  readonly from: Instant;
  readonly until: Instant;
  /** Why it is not all that was asked for. */
  readonly cut: string | null;
}

/** Of a clip, in bytes: a verdict behind one of these waits less than a millisecond. */
export const clipPieceSize = 64 * 1024;

export type CameraDeviceEvent =
  /** The camera says that somebody is at it: its housing, its view, its lens. */
  | { readonly type: "CameraTampered"; readonly detail: string }
  | { readonly type: "CameraTamperEnded" }
  | { readonly type: "CameraInputChanged"; readonly input: string; readonly active: boolean }
  /** Its clock differs from ours by this; positive: it is ahead. Judged against a limit by the controller. */
  | { readonly type: "CameraClockMeasured"; readonly offset: Milliseconds };

/** The most faces that one frame showed at once, of enough frames to believe it. */
export interface FaceCount {
  readonly faces: number;
  readonly frames: number;
  /** The frame that shows them. */
  readonly jpeg: Uint8Array | undefined;
}

export type CameraHealthEvent =
  | { readonly type: "CameraLost"; readonly detail: string }
  | { readonly type: "CameraFrozen"; readonly detail: string }
  | { readonly type: "CameraCovered"; readonly detail: string }
  /** The fault of that name is over. */
  | { readonly type: "CameraRestored"; readonly from: "CameraLost" | "CameraFrozen" | "CameraCovered" };

export type FaceRefusalReason =
  | "noFace"
  | "multipleFaces"
  | "poorQuality"
  | "notLive"
  | "faceMismatch"
  | "cameraFault";

/** What the comparison came to, with everything the record wants (domain.md §3). */
export type FaceVerdict = FaceMeasurements &
  (
    | {
        readonly accepted: true /** A5: the gesture that says so was seen on the way. */;
        readonly duress?: boolean;
      }
    | {
        readonly accepted: false;
        readonly reason: FaceRefusalReason /** For people: which limit was missed. */;
        readonly detail: string;
      }
  );

export interface FaceMeasurements {
  /** Cosine distance of the fused probe; undefined where nothing could be compared. */
  readonly distance?: number;
  readonly threshold: number;
  readonly model: string;
  readonly modelHash: string;
  readonly framesUsed: number;
  readonly framesSeen: number;
  /** Arrival of the frames compared. */
  readonly frameTimes: readonly Instant[];
  readonly quality?: Readonly<Record<string, number>>;
  readonly box?: Box;
  /** Milliseconds. */
  readonly timings: Readonly<Record<string, number>>;
  readonly liveness?: LivenessAssessment;
  /** Of the second recogniser, where one votes. */
  readonly vote?: Vote;
  /** How far under the threshold; negative over it. */
  readonly margin?: number;
  /** The frame that decided, as it was captured. */
  readonly evidence?: Uint8Array;
  /** With `notLive`: the frames that show it, oldest first, at most 5. */
  readonly attackFrames?: readonly Uint8Array[];
}

export type PhotoOutcome =
  | {
      readonly usable: true;
      readonly model: string;
      readonly descriptor: Float32Array;
      /** By the recogniser that votes. */
      readonly second?: { readonly model: string; readonly descriptor: Float32Array } | undefined;
      readonly quality: Readonly<Record<string, number>>;
      /** Re-encoded, upright, bounded in size: what is stored. */
      readonly jpeg: Uint8Array;
      readonly box: Box;
    }
  | {
      readonly usable: false;
      readonly reason:
        | "notAPicture"
        | "tooLarge"
        | "noFace"
        | "multipleFaces"
        | "poorQuality"
        | "engineFault";
      readonly detail: string;
      /** What to do about it, what helps most first. */
      readonly advice?: readonly PhotoAdvice[];
      readonly quality?: Readonly<Record<string, number>>;
    };

/** What can be said of one picture of a guide; nothing of it is kept. */
export type PictureLook =
  | {
      readonly is: "seen";
      /** It would do as a photo. */
      readonly good: boolean;
      readonly faces: number;
      /** Of the largest face, in the picture's pixels. */
      readonly box: Box | null;
      readonly width: number;
      readonly height: number;
      readonly advice: readonly PhotoAdvice[];
      readonly quality: Readonly<Record<string, number>> | null;
    }
  /** Somebody stands at a door: this has to wait. */
  | { readonly is: "busy" }
  | { readonly is: "notAPicture"; readonly detail: string }
  | { readonly is: "failed"; readonly detail: string };

export type StoredPhotoOutcome =
  | {
      readonly usable: true;
      /** One of each model in use. */
      readonly templates: readonly { readonly model: string; readonly descriptor: Float32Array }[];
    }
  | {
      readonly usable: false;
      readonly reason: "notAPicture" | "noFace" | "multipleFaces" | "poorQuality" | "engineFault";
      readonly detail: string;
    };

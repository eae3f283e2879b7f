import { type FaceQuality, type QualityAdvice, type QualityLimits, qualityFaults } from "./quality.ts";

/** What else can be said of a photo that is to be enrolled: everybody later compares with it. */
export interface PhotoQuality extends FaceQuality {
  /** Estimated nod, in degrees: up is positive. */
  readonly pitch: number;
  /** Share of the face's pixels that are black or white, 0 to 1. */
  readonly clipped: number;
  /** How much of what makes an eye is seen, of the eye that shows less: 0 covered, 1 as usual. */
  readonly eyes: number;
  /** Share of the eyes' surroundings that shines white. */
  readonly glare: number;
  /** How much of what makes a mouth is seen: 0 covered, 1 as usual. */
  readonly mouth: number;
  /** How much looks like a frame of glasses: 0 nothing, 1 surely. */
  readonly glasses: number;
}

export interface PhotoLimits extends QualityLimits {
  readonly maxPitch: number;
  readonly maxClipped: number;
  readonly minEyes: number;
  readonly maxGlare: number;
  readonly minMouth: number;
}

export type PhotoAdvice = QualityAdvice | "showEyes" | "noGlare" | "showMouth" | "onePerson";

export interface PhotoFault {
  readonly figure: keyof PhotoQuality;
  readonly value: number;
  readonly limit: number;
  readonly advice: PhotoAdvice;
}

/** Every limit that is missed, what helps most first: who hides the face is told so before anything about light. */
export function photoFaults(quality: PhotoQuality, limits: PhotoLimits): readonly PhotoFault[] {
  const pitch = Math.abs(quality.pitch);
  const checks: readonly (readonly [boolean, PhotoFault])[] = [
    missed("glare", quality.glare, "max", limits.maxGlare, "noGlare"),
    missed("eyes", quality.eyes, "min", limits.minEyes, "showEyes"),
    missed("mouth", quality.mouth, "min", limits.minMouth, "showMouth"),
    missed("pitch", pitch, "max", limits.maxPitch, "faceCamera"),
    missed("clipped", quality.clipped, "max", limits.maxClipped, clippedAdvice(quality)),
  ];
  return [...checks.flatMap(([is, fault]) => (is ? [fault] : [])), ...qualityFaults(quality, limits)];
}

function missed(
  figure: keyof PhotoQuality,
  value: number,
  bound: "min" | "max",
  limit: number,
  advice: PhotoAdvice,
): readonly [boolean, PhotoFault] {
  if (Number.isNaN(value)) return [true, { figure, value, limit, advice: "tryAgain" }];
  return [bound === "min" ? value < limit : value > limit, { figure, value, limit, advice }];
}

/** Black and white at once is light from one side. */
const clippedAdvice = ({ brightness }: FaceQuality): PhotoAdvice =>
  brightness > 170 ? "lessLight" : brightness < 80 ? "moreLight" : "evenLight";

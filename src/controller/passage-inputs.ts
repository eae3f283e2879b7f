import type { AccessInput, FaceFacts, KnownCredential } from "../domain/access/access.ts";
import type { Directory } from "../ports/directory.ts";
import type { FaceVerdict } from "../ports/vision-link.ts";

/** What ports say, in the access rules' words. */

/** `templates`: how many of the cardholder's the present model can compare with. */
export function knownCredential(
  { cardholder, card }: NonNullable<ReturnType<Directory["findByCard"]>>,
  templates: number,
): KnownCredential {
  return {
    cardholder: cardholder.id,
    cardStatus: card.status,
    cardholderStatus: cardholder.status,
    validFrom: cardholder.validFrom,
    validUntil: cardholder.validUntil,
    accessLevels: cardholder.accessLevels,
    templates,
  };
}

/** `evidence`: hash of the picture that is kept, or null. */
export function faceFacts(verdict: FaceVerdict, evidence: string | null): FaceFacts {
  return {
    score: verdict.distance === undefined ? null : 1 - verdict.distance,
    distance: verdict.distance ?? null,
    threshold: verdict.threshold,
    model: verdict.model,
    modelHash: verdict.modelHash,
    framesUsed: verdict.framesUsed,
    framesSeen: verdict.framesSeen,
    frameTimes: verdict.frameTimes,
    quality: verdict.quality ?? {},
    timings: verdict.timings,
    evidence,
  };
}

/** The same, as it is to be decided where nothing can be written. */
export function withoutStorage(input: AccessInput): AccessInput {
  return "surroundings" in input
    ? { ...input, surroundings: { ...input.surroundings, storage: "failed" } }
    : input;
}

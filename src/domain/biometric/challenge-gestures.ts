import type { ChallengeAction } from "./challenge.ts";
import { type FaceFigures, figuresOf, medianOf } from "./liveness/face-figures.ts";
import type { TrackSample } from "./liveness/track.ts";

/** A person's own face doing nothing; everything is judged against it. */
export interface RestingFace {
  readonly yaw: number;
  /** Undefined where the lids cannot be seen: then nobody is asked to blink. */
  readonly eyes: number | undefined;
  readonly mouth: number;
}

/** Degrees of the coarse yaw beside the person's own rest. A glance to the side is less, a shoulder check more. */
const turnedBy = 15;
/** Somebody who asks themselves which side is left moves a little; this far the wrong way is an answer. */
const wrongTurnBy = 15;
const atRestWithin = 8;
/** Of the opening at rest. */
const lidsShutUnder = 0.8;
const lidsOpenOver = 0.88;
/** Height by width over what it is at rest; of somebody who is asked for something else, more: people ask back. */
const mouthOpenBy = 0.25;
const mouthWronglyOpenBy = 0.35;
const mouthShutWithin = 0.15;
export function restOf(samples: readonly TrackSample[]): RestingFace | undefined {
  const figures = samples.map(figuresOf);
  const yaw = medianOf(figures.map((each) => each.yaw));
  const eyes = medianOf(figures.map((each) => each.eyes));
  const mouth = medianOf(figures.map((each) => each.mouth));
  if (yaw === undefined || mouth === undefined) return undefined;
  return { yaw, mouth, eyes: eyes !== undefined && eyes > 0 ? eyes : undefined };
}

/** Everybody blinks without being asked, and many when they turn their head; a turned head's mouth is seen askew. */
export function mayAccompany(action: ChallengeAction, asked: ChallengeAction): boolean {
  return action === "blink" || (action === "openMouth" && isTurn(asked));
}

export function actionsIn(
  face: FaceFigures,
  rest: RestingFace,
  asked: ChallengeAction,
): readonly ChallengeAction[] {
  const turned = face.yaw - rest.yaw;
  const actions: ChallengeAction[] = [];
  if (turned >= turnedBy) actions.push("turnLeft");
  if (turned <= -wrongTurnBy) actions.push("turnRight");
  // Lids and lips of a turned head are seen from the side: nothing is said about them.
  if (Math.abs(turned) >= turnedBy) return actions;
  if (rest.eyes !== undefined && face.eyes <= rest.eyes * lidsShutUnder) actions.push("blink");
  const openBy = asked === "openMouth" ? mouthOpenBy : mouthWronglyOpenBy;
  if (face.mouth >= rest.mouth + openBy) actions.push("openMouth");
  return actions;
}

const isTurn = (action: ChallengeAction | undefined): boolean =>
  action === "turnLeft" || action === "turnRight";

/**
 * A head away from its own rest need not look like itself: the nets' landmarks, and the yaw by them, are off there,
 * by how far is each face's own.
 */
export const isAside = (yaw: number, restYaw: number): boolean => Math.abs(yaw - restYaw) > atRestWithin;

/**
 * Whether the face of a frame has to be the one that was asked. Of a head that turns because it was asked to, the one
 * at rest, where every turn begins and ends; of anything else whatever could count as an answer (T19).
 */
export function mustMatch(yaw: number, rest: RestingFace, asked: ChallengeAction | undefined): boolean {
  return isTurn(asked) ? !isAside(yaw, rest.yaw) : !(Math.abs(yaw - rest.yaw) >= turnedBy);
}

/** The yaw of rest of whoever is asked to turn. */
export const turnsFrom = (rest: RestingFace | undefined, asked: ChallengeAction | undefined) =>
  isTurn(asked) ? rest?.yaw : undefined;

export function rests(face: FaceFigures, rest: RestingFace): boolean {
  return (
    Math.abs(face.yaw - rest.yaw) <= atRestWithin &&
    (rest.eyes === undefined || !(face.eyes < rest.eyes * lidsOpenOver)) &&
    face.mouth <= rest.mouth + mouthShutWithin
  );
}

import { isUsable } from "../domain/biometric/descriptor.ts";
import type { LivenessAssessment, TrackSample } from "../domain/biometric/liveness/track.ts";
import type { LivenessEvidence } from "../domain/biometric/liveness-decision.ts";
import { after, type Instant, since } from "../domain/time.ts";
import type { Clock } from "../ports/clock.ts";
import type { Box } from "../ports/face-engine.ts";
import type { Frame } from "../ports/frame-source.ts";
import {
  beginTrack,
  continueTrack,
  type FaceInFrame,
  type FaceTrack,
  type TrackLimits,
  withSample,
} from "./face-track.ts";
import type { FramePicture } from "./frame-picture.ts";
import type { LivenessSense, MeasuredLook } from "./liveness-sense.ts";
import { type FacesFound, forgetLook, type Look } from "./look.ts";
import type { WatchPolicy } from "./watch-policy.ts";

type MemoryLimits = TrackLimits & Pick<WatchPolicy, "mostLooks" | "forgetAfter">;

/** What was seen before one camera lately: one track at most, a few looks, and nothing of anybody who has gone. */
export class TrackMemory {
  readonly #limits: MemoryLimits;
  readonly #clock: Clock;
  readonly #sense: LivenessSense;
  #measured: MeasuredLook | undefined;
  #looks: Look[] = [];
  #track: FaceTrack | undefined;
  #tracks = 0;
  #assessed:
    | { readonly samples: readonly TrackSample[]; readonly assessment: LivenessAssessment }
    | undefined;
  #forgetting: Disposable | undefined;

  constructor(limits: MemoryLimits, clock: Clock, sense: LivenessSense) {
    this.#sense = sense;
    this.#limits = limits;
    this.#clock = clock;
  }

  looks(): readonly Look[] {
    return [...this.#looks];
  }

  /** Whether a face stands there, as far as is known. */
  seesFace(now: Instant): boolean {
    const newest = this.#looks.at(-1);
    // Nothing speaks against it but that nobody has looked again.
    if (newest?.box !== undefined) return since(newest.doneAt, now) <= this.#limits.longestGap;
    const seen = this.#looks.findLast(({ box }) => box !== undefined);
    return seen !== undefined && since(seen.frameAt, now) <= this.#limits.longestBreak;
  }

  /** `turningFrom`: the yaw at rest of somebody who is asked to turn now. */
  remember(
    frame: Frame,
    found: FacesFound,
    doneAt: Instant,
    picture: FramePicture,
    turningFrom?: number,
  ): Look {
    const face = faceIn(frame, found, this.#looks.at(-1)?.track === undefined);
    if (face !== undefined) {
      this.#follow(face, turningFrom);
      this.#sample(frame, found);
    }
    // Two people: which of them goes through is open, and nothing of before counts for either.
    else if (found.faces.length > 1 && found.described === undefined) this.#endTrack();
    const { faces, box, spent } = found;
    const track = face === undefined ? undefined : this.#track?.number;
    const look = { frameAt: frame.at, doneAt, faces, box, track, spent, picture };
    this.#looks.at(-1)?.picture.dropPixels();
    this.#looks.push(look);
    while (this.#looks.length > this.#limits.mostLooks) {
      const oldest = this.#looks.shift();
      if (oldest !== undefined) forgetLook(oldest);
    }
    if (box !== undefined || this.#forgetting === undefined) this.#forgetLater();
    return look;
  }

  /** Everything, at once. */
  forget(): void {
    this.#forgetting?.[Symbol.dispose]();
    this.#forgetting = undefined;
    this.#endTrack();
    for (const look of this.#looks) forgetLook(look);
    this.#looks = [];
  }

  /** Where the face was when it was last seen. */
  place(): Box | undefined {
    return this.#track?.box;
  }

  livenessOf(track: number | undefined): LivenessEvidence | undefined {
    const current = this.#track;
    if (track === undefined || current?.number !== track) return undefined;
    if (this.#assessed?.samples !== current.samples) {
      this.#assessed = { samples: current.samples, assessment: this.#sense.assess(current.samples) };
    }
    const { assessment } = this.#assessed;
    return { assessment, samples: current.samples };
  }

  picturesOf(track: number | undefined): readonly FramePicture[] {
    return this.#looks.flatMap((look) => (track !== undefined && look.track === track ? [look.picture] : []));
  }

  sinceOf(track: number | undefined): Instant | undefined {
    return this.#track?.number === track ? this.#track?.since : undefined;
  }

  #follow(face: FaceInFrame, turningFrom: number | undefined): void {
    const before = this.#track;
    const next = before === undefined ? "break" : continueTrack(before, face, this.#limits, turningFrom);
    if (typeof next === "string") {
      this.#endTrack();
      this.#tracks += 1;
      this.#track = beginTrack(this.#tracks, face);
      return;
    }
    if (next.descriptor !== before?.descriptor) before?.descriptor.values.fill(0);
    this.#track = next;
  }

  /** Measured against the frame before it of the same track, so only once it is known whose this one is. */
  #sample(frame: Frame, { box, described }: FacesFound): void {
    if (this.#track === undefined || box === undefined || described === undefined) return;
    const { pixels, look } = this.#sense.measure(frame, described, this.#measured);
    this.#measured = look;
    const { landmarks, quality } = described;
    const size = { frameWidth: frame.width, frameHeight: frame.height };
    this.#track = withSample(
      this.#track,
      { at: frame.at, ...size, box, landmarks, quality, pixels },
      this.#limits,
    );
  }

  #endTrack(): void {
    const ended = this.#track;
    if (ended === undefined) return;
    ended.descriptor.values.fill(0);
    this.#track = undefined;
    this.#assessed = undefined;
    this.#measured = undefined;
    for (const look of this.#looks) if (look.track === ended.number) forgetLook(look);
    this.#looks = this.#looks.filter((look) => look.track !== ended.number);
  }

  #forgetLater(): void {
    this.#forgetting?.[Symbol.dispose]();
    const at = after(this.#clock.now(), this.#limits.forgetAfter);
    this.#forgetting = this.#clock.wakeAt(at, () => this.forget());
  }
}

function faceIn(
  frame: Frame,
  { faces, box, described }: FacesFound,
  wasMissed: boolean,
): FaceInFrame | undefined {
  const seen = faces[0]?.described;
  if (box === undefined || described === undefined || seen === undefined) return undefined;
  // A descriptor that is no direction is nobody's.
  if (!isUsable(seen.descriptor.values)) return undefined;
  const { width, height } = frame;
  return {
    at: frame.at,
    box,
    frame: { width, height },
    descriptor: seen.descriptor,
    yaw: described.quality.yaw,
    wasMissed,
  };
}

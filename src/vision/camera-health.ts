import { type Instant, since } from "../domain/time.ts";
import type { FrameSourceState } from "../ports/frame-source.ts";
import type { CameraHealthEvent } from "../ports/vision-link.ts";
import type { CameraHealthPolicy } from "./camera-health-policy.ts";
import { type Coverage, type CoveredCause, observeCoverage, unknownCoverage } from "./coverage.ts";
import type { FrameMeasure } from "./frame-measure.ts";
import {
  type FrozenCause,
  forgetNeighbours,
  observeStillness,
  type Stillness,
  unknownStillness,
} from "./stillness.ts";
import { observeView, unknownView, type ViewWatch } from "./view.ts";

/**
 * Whether one camera can be believed. Fed with every frame and every change of its source's state; says what to
 * raise an alarm for, and whether a face may be compared right now. The two differ in patience: an alarm waits
 * for certainty, a comparison is refused at the first doubt.
 */
export interface CameraHealth {
  readonly lostDetail: string | undefined;
  readonly newest: { readonly at: Instant; readonly intact: boolean } | undefined;
  readonly stillness: Stillness;
  readonly coverage: Coverage;
  readonly view: ViewWatch;
}

export interface Observed {
  readonly health: CameraHealth;
  readonly events: readonly CameraHealthEvent[];
}

export const unknownHealth: CameraHealth = {
  lostDetail: undefined,
  newest: undefined,
  stillness: unknownStillness,
  coverage: unknownCoverage,
  view: unknownView,
};

export function observeState(health: CameraHealth, state: FrameSourceState): Observed {
  switch (state.phase) {
    case "starting":
    // Connected again, but what comes first may be damaged: a lost camera is back with its first intact picture.
    case "live":
      return { health, events: [] };
    case "lost":
      return {
        health: {
          ...health,
          lostDetail: state.detail,
          newest: undefined,
          stillness: forgetNeighbours(health.stillness),
        },
        events: health.lostDetail === undefined ? [{ type: "CameraLost", detail: state.detail }] : [],
      };
  }
}

/** `measure` is of a frame that arrived at `measure.at`; `intact` as the frame says. */
export function observeFrame(
  health: CameraHealth,
  measure: FrameMeasure,
  intact: boolean,
  policy: CameraHealthPolicy,
): Observed {
  const newest = { at: measure.at, intact };
  // Damage freezes, greys and repeats pictures: it is the stream's fault and says nothing of the camera.
  if (!intact)
    return { health: { ...health, newest, stillness: forgetNeighbours(health.stillness) }, events: [] };

  const coverage = observeCoverage(health.coverage, measure, policy);
  // A covered camera's pictures are all alike: one alarm says it.
  const stillness =
    coverage.seen === "clear"
      ? observeStillness(health.stillness, measure, policy)
      : { ...forgetNeighbours(health.stillness), last: measure };
  const view = coverage.seen === "clear" ? observeView(health.view, measure, policy) : health.view;
  const next = { ...health, lostDetail: undefined, newest, coverage, stillness, view };
  const returned: readonly CameraHealthEvent[] =
    health.lostDetail === undefined ? [] : [{ type: "CameraRestored", from: "CameraLost" }];
  return {
    health: next,
    events: [...returned, ...coverageEvents(health, next), ...stillnessEvents(health, next)],
  };
}

/** Why nobody may be verified by this camera at `now`, for people; undefined when nothing speaks against it. */
export function verificationObstacle(
  health: CameraHealth,
  now: Instant,
  policy: CameraHealthPolicy,
): string | undefined {
  const { lostDetail, newest, stillness, coverage } = health;
  if (lostDetail !== undefined) return lostDetail;
  if (newest === undefined) return "no picture yet";
  const age = since(newest.at, now);
  if (age > policy.frameMaxAge) return `the newest picture is ${(age / 1000).toFixed(1)} s old`;
  if (!newest.intact) return "the picture is damaged";
  const hidden = hiddenCause(health);
  if (hidden !== undefined) return hiddenDetails[hidden];
  if (coverage.seen !== undefined && coverage.seen !== "clear") return hiddenDetails[coverage.seen];
  if (stillness.cause !== undefined) return frozenDetails[stillness.cause];
  if (stillness.repeats >= policy.repeatsRefused) return frozenDetails.identical;
  return undefined;
}

/** Why what should be seen is not. */
type HiddenCause = CoveredCause | "turned";

const hiddenCause = ({ coverage, view }: CameraHealth): HiddenCause | undefined =>
  coverage.cause ?? (view.isTurned ? "turned" : undefined);

const hiddenDetails: Readonly<Record<HiddenCause, string>> = {
  black: "the picture is black",
  covered: "the picture shows nothing: the lens may be covered",
  blurred: "the picture is blurred",
  turned: "the picture shows another view than before: the camera may have been turned away",
};

const frozenDetails: Readonly<Record<FrozenCause, string>> = {
  identical: "the picture stands still: every one is the same",
  still: "the picture stands still: not even noise moves",
  looping: "the same pictures come again and again",
};

function coverageEvents(before: CameraHealth, now: CameraHealth): CameraHealthEvent[] {
  const cause = hiddenCause(now);
  if ((hiddenCause(before) === undefined) === (cause === undefined)) return [];
  return cause === undefined
    ? [{ type: "CameraRestored", from: "CameraCovered" }]
    : [{ type: "CameraCovered", detail: hiddenDetails[cause] }];
}

function stillnessEvents(before: CameraHealth, now: CameraHealth): CameraHealthEvent[] {
  const { cause } = now.stillness;
  if ((before.stillness.cause === undefined) === (cause === undefined)) return [];
  return cause === undefined
    ? [{ type: "CameraRestored", from: "CameraFrozen" }]
    : [{ type: "CameraFrozen", detail: frozenDetails[cause] }];
}

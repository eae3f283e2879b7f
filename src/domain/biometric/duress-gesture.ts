import { type Instant, type Milliseconds, since } from "../time.ts";
import type { ChallengeAction } from "./challenge.ts";
import { actionsIn, restOf } from "./challenge-gestures.ts";
import { figuresOf } from "./liveness/face-figures.ts";
import type { TrackSample } from "./liveness/track.ts";

/** Held so long nobody does it by the way: a blink takes a third of a second, a word opens the mouth for less. */
const heldFor: Milliseconds = 700;
/** Two looks at the least, or a single bad picture would be one. */
const leastLooks = 3;
/** What was done longer before the decision was about something else. */
const noOlderThan: Milliseconds = 6_000;

/**
 * A5: whether a face held the gesture agreed on, unasked, in the seconds before `until`. Judged against the same
 * person's own rest over the track, as a challenge's answers are. `samples`: one track, oldest first.
 */
export function showsDuress(
  samples: readonly TrackSample[],
  gesture: ChallengeAction,
  until: Instant,
): boolean {
  const seen = samples.filter(({ at }) => at <= until && since(at, until) <= noOlderThan);
  const rest = restOf(seen);
  if (rest === undefined) return false;
  let held: TrackSample[] = [];
  for (const sample of seen) {
    const holds = actionsIn(figuresOf(sample), rest, gesture).includes(gesture);
    held = holds ? [...held, sample] : [];
    const first = held[0];
    if (first !== undefined && held.length >= leastLooks && since(first.at, sample.at) >= heldFor)
      return true;
  }
  return false;
}

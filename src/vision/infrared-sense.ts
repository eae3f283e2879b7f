import { type Milliseconds, since } from "../domain/time.ts";
import type { Clock } from "../ports/clock.ts";
import type { Frame } from "../ports/frame-source.ts";
import { infraredMeasures } from "./liveness/infrared-measures.ts";
import type { LivenessSense } from "./liveness-sense.ts";

/** Older than this the infrared picture shows another moment than the one beside it. */
const together: Milliseconds = 400;

/** The same, with what a second camera beside sees in the infrared; without a picture of this moment it says nothing. */
export function withInfrared(
  sense: LivenessSense,
  newest: () => Frame | undefined,
  clock: Pick<Clock, "now">,
): LivenessSense {
  return {
    assess: (samples) => sense.assess(samples),
    measure(frame, face, previous) {
      const measured = sense.measure(frame, face, previous);
      const infrared = newest();
      if (infrared === undefined || since(infrared.at, clock.now()) > together) return measured;
      const { width, height } = frame;
      const beside = infraredMeasures(infrared, { width, height, landmarks: face.landmarks });
      return { ...measured, pixels: { ...measured.pixels, ...beside } };
    },
  };
}

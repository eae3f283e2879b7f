import type { ChallengeAction } from "../domain/biometric/challenge.ts";
import type { Milliseconds } from "../domain/time.ts";
import type { Picture, Point } from "../ports/face-engine.ts";
import { HeadMotion } from "./head-motion.ts";
import { LivingPicture } from "./living-picture.ts";
import type { SensorNoise } from "./sensor-noise.ts";

/** A scene that is another one every moment. */
export interface MovingScene {
  /** What the sensor sees so many milliseconds after the scene began. */
  picture(time: Milliseconds): Uint8Array;
  /** Whoever is there does this from `time` on, if it is somebody who does as asked. */
  perform(action: ChallengeAction, time: Milliseconds): void;
}

export interface LivingPeopleOptions {
  readonly photograph: Picture;
  /** The 68 landmarks of each face in it. */
  readonly faces: readonly (readonly Point[])[];
  readonly noise: SensorNoise;
  readonly seed: number;
  readonly obeys: boolean;
}

/** The people of a photograph, alive: they sway, breathe, blink, and do what they are asked. */
export class LivingPeople implements MovingScene {
  readonly #living: LivingPicture;
  readonly #motions: readonly HeadMotion[];
  readonly #noise: SensorNoise;
  readonly #obeys: boolean;

  constructor({ photograph, faces, noise, seed, obeys }: LivingPeopleOptions) {
    this.#living = new LivingPicture(photograph, faces);
    this.#motions = Array.from(
      { length: this.#living.heads },
      (_, index) => new HeadMotion(seed * 31 + index * 7_919),
    );
    this.#noise = noise;
    this.#obeys = obeys;
    noise.look(photograph.rgb, 0);
  }

  picture(time: Milliseconds): Uint8Array {
    const picture = this.#noise.picture();
    const { noise, from } = this.#noise.grain();
    this.#living.paint(
      picture,
      this.#motions.map((motion) => motion.at(time)),
      noise,
      from,
    );
    return picture;
  }

  perform(action: ChallengeAction, time: Milliseconds): void {
    if (this.#obeys) for (const motion of this.#motions) motion.perform(action, time);
  }
}

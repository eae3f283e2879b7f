import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ChallengeAction, challengeActions } from "../../src/domain/biometric/challenge.ts";
import {
  type ChallengeEvent,
  type ChallengeState,
  decide,
  defaultChallengePolicy,
  drawActions,
  evolve,
  initialChallenge,
} from "../../src/domain/biometric/challenge-rules.ts";
import { cosineDistance } from "../../src/domain/biometric/descriptor.ts";
import { assessTrack } from "../../src/domain/biometric/liveness/assess-track.ts";
import { geometryCue } from "../../src/domain/biometric/liveness/geometry.ts";
import type { TrackSample } from "../../src/domain/biometric/liveness/track.ts";
import { after } from "../../src/domain/time.ts";
import { readManifest } from "../../src/drivers/face-nets/model-manifest.ts";
import { openFaceEngine } from "../../src/drivers/face-nets/open-face-engine.ts";
import { decodePicture } from "../../src/drivers/picture-sharp/decode.ts";
import type { DescribedFace, FaceEngine, Picture } from "../../src/ports/face-engine.ts";
import { type DemoPerson, demoPeople, probeScene } from "../../src/simulation/demo-people.ts";
import { SimulatedFrameSource, type SimulatedScene } from "../../src/simulation/simulated-frame-source.ts";
import { VirtualClock } from "../../src/simulation/virtual-clock.ts";
import { type Look, measurePixels } from "../../src/vision/liveness/measure.ts";

let engine: FaceEngine;
let threshold: number;
beforeAll(async () => {
  engine = await openFaceEngine();
  threshold = (await readManifest()).thresholds.single["1e-4"];
});
afterAll(async () => {
  await engine[Symbol.asyncDispose]();
});

async function faceOn(picture: Picture): Promise<DescribedFace> {
  const [face] = await engine.detect(picture, "quick");
  const described = face && (await engine.describe(picture, face));
  if (described === undefined) throw new Error("there is a face");
  return described;
}

type People = Extract<SimulatedScene, { readonly kind: "people" }>;

/** A demo person before a simulated camera, followed by the real nets eight times a second. */
class Watched {
  readonly samples: TrackSample[] = [];
  readonly distances: number[] = [];
  readonly camera: SimulatedFrameSource;
  readonly clock = new VirtualClock();
  readonly #photographed: DescribedFace;
  #look: Look | undefined;

  private constructor(scene: People, photographed: DescribedFace) {
    this.#photographed = photographed;
    this.camera = new SimulatedFrameSource(
      { cameraId: "c1", seed: 5, framesPerSecond: 8, scene },
      this.clock,
    );
  }

  static async over(person: DemoPerson, how: Partial<People> = {}): Promise<Watched> {
    const picture = await decodePicture(await probeScene([person]));
    const face = await faceOn(picture);
    const scene = {
      kind: "people",
      picture,
      faces: [face.landmarks],
      presented: "live",
      obeys: true,
      ...how,
    } as const;
    return new Watched(scene, face);
  }

  async next(): Promise<TrackSample> {
    this.clock.advance(125);
    const frame = this.camera.newest();
    if (frame === undefined) throw new Error("the camera shows something");
    const face = await faceOn(frame);
    const { pixels, look } = measurePixels(frame, face, this.#look);
    this.#look = look;
    const model = engine.model.id;
    const distance = cosineDistance(
      { model, values: face.descriptor },
      { model, values: this.#photographed.descriptor },
    );
    this.distances.push(distance ?? Number.NaN);
    const { box, landmarks, quality } = face;
    const sample = {
      at: frame.at,
      frameWidth: frame.width,
      frameHeight: frame.height,
      box,
      landmarks,
      quality,
      pixels,
    };
    this.samples.push(sample);
    return sample;
  }

  async goesOn(frames: number): Promise<this> {
    for (let frame = 0; frame < frames; frame += 1) await this.next();
    return this;
  }
}

describe("simulated people before the real nets", () => {
  test.each(demoPeople)("$name stands there alive, and is still recognised", async (person) => {
    const watched = await (await Watched.over(person)).goesOn(32);
    expect(Math.max(...watched.distances)).toBeLessThan(threshold / 2);
    const { verdict, cues } = assessTrack(watched.samples);
    expect(cues.filter(({ says }) => says === "attack")).toEqual([]);
    expect(verdict).toBe("live");
  });

  test.each(["print", "screen"] as const)(
    "T15 T16: the same picture on a %s is an attack",
    async (presented) => {
      for (const person of demoPeople) {
        const watched = await (await Watched.over(person, { presented })).goesOn(16);
        expect(assessTrack(watched.samples).verdict, person.name).toBe("attack");
      }
    },
  );

  /** Asks for one thing, 1.5 s after the person came; answers how it ended. */
  async function asked(
    person: DemoPerson,
    action: ChallengeAction,
    obeys: boolean,
  ): Promise<ChallengeEvent | undefined> {
    const watched = await (await Watched.over(person, { obeys })).goesOn(12);
    const policy = { ...defaultChallengePolicy, actions: [action], count: 1 };
    expect(drawActions([0], policy, undefined)).toEqual([action]);
    let state: ChallengeState = initialChallenge;
    const seen: ChallengeEvent[] = [];
    const take = (input: Parameters<typeof decide>[1]): void => {
      for (const event of decide(state, input, policy)) {
        seen.push(event);
        state = evolve(state, event);
      }
    };
    const at = watched.clock.now();
    take({ type: "ChallengeRequested", at, draws: [0], previous: undefined, samples: watched.samples });
    watched.clock.wakeAt(after(at, 700), () => watched.camera.perform(action));
    for (let frame = 0; frame < 42 && state.phase === "asking"; frame += 1) {
      const sample = await watched.next();
      take({ type: "FaceSampled", at: sample.at, sample });
    }
    return seen.at(-1);
  }

  test.each(
    demoPeople.flatMap((person) => challengeActions.map((action) => [person.name, action, person] as const)),
  )("%s is asked to %s and does, and the rules see it", async (_, action, person) => {
    expect(await asked(person, action, true)).toMatchObject({ type: "ChallengePassed" });
  });

  test("somebody who just stands there does not pass", async () => {
    expect(await asked(demoPeople[0] as DemoPerson, "turnLeft", false)).toMatchObject({
      type: "ChallengeFailed",
      reason: "tooLate",
    });
  });

  test("turned far enough, the depth of a head is seen", async () => {
    const watched = await Watched.over(demoPeople[0] as DemoPerson);
    await watched.goesOn(4);
    watched.camera.perform("turnRight");
    await watched.goesOn(14);
    expect(geometryCue(watched.samples).says).toBe("live");
  });
});

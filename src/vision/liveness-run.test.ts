import { describe, expect, test } from "vitest";
import { posedLandmarks } from "../../test/support/posed-landmarks.ts";
import {
  annasFace,
  goodQuality,
  strangersFace,
  VisionInOneProcess,
} from "../../test/support/vision-in-one-process.ts";
import type { ChallengeAction, ChallengeStep } from "../domain/biometric/challenge.ts";
import { defaultChallengePolicy } from "../domain/biometric/challenge-rules.ts";
import type { LivenessAssessment } from "../domain/biometric/liveness/track.ts";
import type { VerificationPolicy } from "../domain/biometric/verification-policy.ts";

const attack: LivenessAssessment = {
  verdict: "attack",
  score: -0.9,
  cues: [{ cue: "raster", says: "attack", score: -0.9, figures: { peak: 12 } }],
};
const disputed: LivenessAssessment = {
  verdict: "uncertain",
  score: -0.1,
  cues: [
    { cue: "raster", says: "attack", score: -0.4, figures: {} },
    { cue: "microMotion", says: "live", score: 0.5, figures: {} },
  ],
};

async function watching(assessment?: LivenessAssessment, policy: Partial<VerificationPolicy> = {}) {
  const vision = new VisionInOneProcess({ framesPerSecond: 10, policy });
  if (assessment !== undefined) vision.sense.assessment = assessment;
  await vision.passes(1_000);
  vision.someoneComes();
  await vision.passes(2_000);
  return vision;
}

const steps = (vision: VisionInOneProcess): readonly (ChallengeStep | undefined)[] =>
  vision.told.flatMap((message) => (message.type === "challenge" ? [message.step] : []));

/** Does what is asked, as long as it is asked, and comes back to rest in between. */
async function obey(vision: VisionInOneProcess, passage: string, act = perform, comesBack = false) {
  for (let turn = 0; turn < 40 && vision.verdict(passage) === undefined; turn++) {
    rest(vision);
    if (comesBack) vision.engine.descriptor = annasFace;
    await vision.passes(400);
    const asked = steps(vision).at(-1);
    if (asked !== undefined) act(vision, asked.action);
    await vision.passes(400);
  }
}

function rest(vision: VisionInOneProcess): void {
  vision.engine.landmarks = posedLandmarks();
  vision.engine.quality = goodQuality;
}

function perform(vision: VisionInOneProcess, action: ChallengeAction): void {
  const yaw = action === "turnLeft" ? 25 : action === "turnRight" ? -25 : 0;
  vision.engine.quality = { ...goodQuality, yaw };
  vision.engine.landmarks = posedLandmarks({
    ...(action === "blink" ? { eyes: 0.1 } : {}),
    ...(action === "openMouth" ? { mouth: 0.6 } : {}),
  });
}

describe("passive", () => {
  test("T15: a picture of the cardholder is refused as not live, with the frames that show it", async () => {
    const vision = await watching(attack);
    const passage = vision.verify({ liveness: "passive" });
    await vision.passes(600);
    const verdict = vision.verdict(passage);
    expect(verdict).toMatchObject({ accepted: false, reason: "notLive", liveness: attack });
    expect(verdict?.attackFrames?.length).toBeGreaterThanOrEqual(3);
    expect(verdict?.attackFrames?.length).toBeLessThanOrEqual(5);
    expect(verdict?.margin).toBeGreaterThan(0);
  });

  test("a stranger is told nothing of it: his face does not match", async () => {
    const vision = await watching(attack);
    const passage = vision.verify({ liveness: "passive", templates: [strangersFace] });
    await vision.passes(4_000);
    const verdict = vision.verdict(passage);
    expect(verdict).toMatchObject({ accepted: false, reason: "faceMismatch" });
    expect(verdict).not.toHaveProperty("attackFrames");
    expect(verdict?.margin).toBeLessThan(0);
  });

  test("cues that are silent hold nobody up", async () => {
    const vision = await watching();
    const passage = vision.verify({ liveness: "passive" });
    await vision.passes(20);
    expect(vision.verdict(passage)).toMatchObject({ accepted: true, liveness: { verdict: "uncertain" } });
    expect(steps(vision)).toEqual([]);
  });

  test("a face that came with the card is followed for a moment first", async () => {
    const vision = new VisionInOneProcess({ framesPerSecond: 10 });
    await vision.passes(1_000);
    const passage = vision.verify({ liveness: "passive" });
    await vision.passes(320);
    expect(vision.verdict(passage)).toBeUndefined();
    await vision.passes(260);
    expect(vision.verdict(passage)).toMatchObject({ accepted: true, framesUsed: 2 });
  });

  test("too few frames to say: refused for the picture, not as an attack", async () => {
    const vision = new VisionInOneProcess();
    await vision.passes(1_000);
    vision.engine.takes = 1_300;
    const passage = vision.verify({ liveness: "passive" });
    await vision.passes(4_000);
    expect(vision.verdict(passage)).toMatchObject({ accepted: false, reason: "poorQuality" });
  });

  test("cues that disagree ask the person to do something", async () => {
    const vision = await watching(disputed);
    const passage = vision.verify({ liveness: "passive" });
    await vision.passes(100);
    expect(vision.verdict(passage)).toBeUndefined();
    expect(steps(vision)).toHaveLength(1);
    await obey(vision, passage);
    expect(vision.verdict(passage)).toMatchObject({ accepted: true, liveness: disputed });
  });
});

describe("challenge", () => {
  async function challenged(policy: Partial<VerificationPolicy> = {}) {
    const vision = await watching(undefined, policy);
    const passage = vision.verify({ liveness: "challenge" });
    await vision.passes(100);
    return { vision, passage };
  }

  test("whoever does what is asked is accepted; each step is shown, and nothing at the end", async () => {
    const { vision, passage } = await challenged();
    await obey(vision, passage);
    expect(vision.verdict(passage)?.accepted).toBe(true);
    expect(steps(vision).map((step) => step?.step)).toEqual([1, 2, undefined]);
  });

  test("who just stands there is refused, with the frames, within the challenge's time", async () => {
    const { vision, passage } = await challenged();
    await vision.passes(5_100);
    expect(vision.verdict(passage)).toMatchObject({ accepted: false, reason: "notLive" });
    expect(vision.verdict(passage)?.attackFrames?.length).toBeGreaterThan(0);
    expect(steps(vision).at(-1)).toBeUndefined();
  });

  test("T19: somebody else's face under the challenge ends it, whatever it does", async () => {
    const { vision, passage } = await challenged();
    vision.engine.descriptor = strangersFace;
    await vision.passes(300);
    expect(vision.verdict(passage)).toMatchObject({ accepted: false, reason: "notLive" });
  });

  test("T19: another face that is turned aside when it comes, and not the one that matched afterwards", async () => {
    const { vision, passage } = await challenged();
    await obey(vision, passage, (one, action) => {
      perform(one, action);
      one.engine.descriptor = strangersFace;
    });
    expect(vision.verdict(passage)).toMatchObject({ accepted: false, reason: "notLive" });
  });

  const turns = {
    challenge: { ...defaultChallengePolicy, actions: ["turnLeft", "turnRight"] },
  } as const;

  /** Somebody whose face looks like another's while it is turned this far. */
  const turnsTo = (degrees: number) => (vision: VisionInOneProcess, action: ChallengeAction) => {
    perform(vision, action);
    const { yaw } = vision.engine.quality;
    vision.engine.quality = { ...goodQuality, yaw: Math.sign(yaw) * degrees };
    vision.engine.descriptor = strangersFace;
  };

  test("whoever turns as asked need not look like themselves on the way", async () => {
    const { vision, passage } = await challenged(turns);
    await obey(vision, passage, turnsTo(18), true);
    expect(vision.verdict(passage)?.accepted).toBe(true);
  });

  test("T19: another face with the head hardly turned ends it", async () => {
    const { vision, passage } = await challenged(turns);
    await obey(vision, passage, turnsTo(7), true);
    expect(vision.verdict(passage)).toMatchObject({ accepted: false, reason: "notLive" });
  });

  test("T19: nor is anybody let off while another waits at the same camera who was asked nothing", async () => {
    const { vision, passage } = await challenged(turns);
    let other = "";
    await obey(
      vision,
      passage,
      (one, action) => {
        // Not near enough to be accepted, nor far enough to be refused at once.
        other ||= one.verify({ templates: [Float32Array.of(0.93, 0.37, 0, 0)] });
        turnsTo(18)(one, action);
      },
      true,
    );
    expect(other).not.toBe("");
    expect(vision.verdict(passage)).toMatchObject({ accepted: false, reason: "notLive" });
  });

  test("T19: a face that looks the same, suddenly elsewhere, is not followed: it ends too", async () => {
    const { vision, passage } = await challenged();
    vision.engine.faces = [{ confidence: 0.9, box: { x: 90, y: 30, width: 40, height: 50 } }];
    await vision.passes(300);
    expect(vision.verdict(passage)).toMatchObject({ accepted: false, reason: "notLive" });
  });

  test("who has gone does not come back as the same", async () => {
    const { vision, passage } = await challenged();
    const { faces } = vision.engine;
    vision.engine.faces = [];
    await vision.passes(900);
    vision.engine.faces = faces;
    await vision.passes(300);
    expect(vision.verdict(passage)).toMatchObject({ accepted: false, reason: "notLive" });
  });

  test("the camera lost meanwhile is the camera's fault", async () => {
    const { vision, passage } = await challenged();
    vision.street.show({ kind: "unplugged" });
    await vision.passes(1_000);
    expect(vision.verdict(passage)).toMatchObject({ accepted: false, reason: "cameraFault" });
  });

  test("cancelled, nothing is asked any more", async () => {
    const { vision, passage } = await challenged();
    vision.send({ type: "cancel", passage });
    await vision.passes(100);
    expect(steps(vision).at(-1)).toBeUndefined();
    expect(vision.verdict(passage)).toBeUndefined();
  });

  test("two in a row are not asked the same", async () => {
    const sequences: string[] = [];
    const { vision, passage: first } = await challenged();
    for (let passage = first; sequences.length < 12; passage = vision.verify({ liveness: "challenge" })) {
      await obey(vision, passage);
      const asked = steps(vision).filter((step) => step !== undefined);
      sequences.push(
        asked
          .slice(-2)
          .map(({ action }) => action)
          .join(),
      );
      await vision.passes(2_000);
    }
    for (const [index, sequence] of sequences.entries()) expect(sequence).not.toBe(sequences[index - 1]);
  });
});

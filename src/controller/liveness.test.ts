import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { anna, bo, SiteInOneProcess } from "../../test/support/site-in-one-process.ts";
import type { LivenessAssessment } from "../domain/biometric/liveness/track.ts";
import { after } from "../domain/time.ts";

const hashOf = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
const frames = [1, 2, 3, 4, 5, 6].map((nth) => Uint8Array.of(0xff, 0xd8, nth, 0xff, 0xd9));
const liveness: LivenessAssessment = {
  verdict: "attack",
  score: -0.876_543_21,
  cues: [
    { cue: "raster", says: "attack", score: -0.9, figures: { peak: 14.2, phase: Number.NaN } },
    { cue: "geometry", says: "silent", score: 0, figures: {} },
  ],
};

async function attacked(): Promise<SiteInOneProcess> {
  const site = await SiteInOneProcess.open();
  await site.present(anna.card);
  site.vision.attack(frames, liveness);
  await site.settles();
  return site;
}

test("vision is told how sure it has to be, by access point", async () => {
  const site = await SiteInOneProcess.open({
    policy: { liveness: { usual: "passive", at: { "v1/inner-entry": "challenge" } } },
  });
  await site.present(anna.card);
  site.vision.refuse("noFace");
  await site.passes(5_000);
  await site.present(bo.card, "inner-entry");
  expect(site.vision.verifications().map((asked) => asked.liveness)).toEqual(["passive", "challenge"]);
  expect(site.records("VerificationStarted").map(({ payload }) => payload.liveness)).toEqual([
    "passive",
    "challenge",
  ]);
});

test("T15, T16: a picture in place of a face is an alarm with the pictures that show it, at most five", async () => {
  const site = await attacked();
  const kept = frames.slice(0, 5).map(hashOf);
  expect(site.services.alarms()).toMatchObject([
    {
      id: "v1.outer-entry.PresentationAttack",
      priority: "high",
      phase: "returned-unacknowledged",
      detail: "raster: peak 14.2",
      evidence: kept,
    },
  ]);
  for (const hash of kept)
    expect(await site.services.evidence.open(hash, "olga")).toMatchObject({ is: "kept" });
  expect(site.lock("outer")).toBe("secured");
});

test("the record says by which figures, and only figures that are some", async () => {
  const site = await attacked();
  expect(site.records("AccessDenied").at(-1)?.payload).toMatchObject({
    reason: "notLive",
    face: {
      margin: 0.028,
      liveness: {
        verdict: "attack",
        score: -0.8765,
        cues: [
          { cue: "raster", says: "attack", figures: { peak: 14.2 } },
          { cue: "geometry", says: "silent" },
        ],
      },
      attackFrames: frames.slice(0, 5).map(hashOf),
    },
  });
});

test.each([
  ["which cues spoke against it", liveness, "a picture, by its raster"],
  ["what was not done", { verdict: "uncertain", score: 0, cues: [] } as const, "what was asked was not done"],
])("where vision says no more, the alarm says %s", async (_, assessment, detail) => {
  const site = await SiteInOneProcess.open();
  await site.present(anna.card);
  site.vision.attack(frames, assessment, "");
  await site.settles();
  expect(site.alarm("v1.outer-entry.PresentationAttack")?.detail).toBe(detail);
});

test("whoever holds the picture is told to try again, as any stranger is", async () => {
  const site = await attacked();
  const shown = site.vestibule().displays["outer-entry"];
  await site.passes(5_000);
  await site.present(anna.card);
  site.vision.refuse("faceMismatch");
  await site.settles();
  const { text, hint } = site.vestibule().displays["outer-entry"] ?? {};
  expect(shown).toMatchObject({ text, hint });
});

test("a challenge is shown step by step, and the door opens after it", async () => {
  const site = await SiteInOneProcess.open();
  await site.present(anna.card);
  const passage = site.vision.verifications().at(-1)?.passage ?? "";
  const ask = async (step: number, action: "turnLeft" | "blink"): Promise<unknown> => {
    const until = after(site.clock.now(), 5_000);
    site.vision.tell({ type: "challenge", passage, step: { action, step, of: 2, until } });
    await site.settles();
    const shown = site.vestibule().displays["outer-entry"];
    expect(shown?.until).toBe(until);
    await site.passes(4_000);
    return shown;
  };
  expect(await ask(1, "turnLeft")).toMatchObject({ text: "turnLeft", progress: { step: 1, of: 2 } });
  expect(await ask(2, "blink")).toMatchObject({ text: "blink", progress: { step: 2, of: 2 } });
  site.vision.tell({ type: "challenge", passage, step: undefined });
  await site.settles();
  expect(site.vestibule().displays["outer-entry"]).toMatchObject({ text: "look" });
  site.vision.accept();
  await site.passes(200);
  expect(site.lock("outer")).toBe("released");
  expect(site.records("ChallengeAsked").map(({ payload }) => payload.action)).toEqual(["turnLeft", "blink"]);
});

test("T33: a challenge that vision never ends is given up 20 s after the card, and cancelled", async () => {
  const site = await SiteInOneProcess.open();
  await site.present(anna.card);
  const passage = site.vision.verifications().at(-1)?.passage ?? "";
  for (const step of [1, 2, 3, 4, 5]) {
    const until = after(site.clock.now(), 60_000);
    site.vision.tell({ type: "challenge", passage, step: { action: "blink", step, of: 5, until } });
    await site.passes(3_900);
  }
  expect(site.records("AccessDenied")).toEqual([]);
  await site.passes(600);
  expect(site.records("AccessDenied").at(-1)?.payload).toMatchObject({ reason: "timeout" });
  expect(site.vision.asked.at(-1)).toMatchObject({ type: "cancel", passage });
  site.vision.accept(passage);
  await site.settles();
  expect(site.lock("outer")).toBe("secured");
});

test("where a picture may pass for a face is said at every start", async () => {
  // At the way out no camera looks at anybody: nothing is weaker there than the card alone.
  const off = { usual: "passive", at: { "v1/inner-entry": "off", "v1/outer-exit": "off" } } as const;
  const site = await SiteInOneProcess.open({ policy: { liveness: off } });
  const said = () => site.records("LivenessOff").map(({ payload }) => payload);
  expect(said()).toEqual([{ places: ["v1/inner-entry"] }]);
  site.killController();
  await site.startController();
  expect(said()).toHaveLength(2);
  expect(site.vestibule().liveness).toEqual({ "outer-entry": "passive", "inner-entry": "off" });
});

test("nothing is said where every face has to be a living one", async () => {
  const site = await SiteInOneProcess.open({ policy: { liveness: { usual: "challenge", at: {} } } });
  expect(site.records("LivenessOff")).toEqual([]);
});

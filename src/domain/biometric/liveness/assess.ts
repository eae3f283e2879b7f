import type { CueName, CueResult, LivenessAssessment } from "./track.ts";

/** One cue this sure of an attack needs no second. */
const surelyAttack = -0.6;
/** A single cue this sure of a person is enough where nothing speaks against it. */
const likelyLive = 0.3;

/**
 * What these cues see is the material: a screen, a sheet, a repeated recording. A clip of the real person played on a
 * screen moves and blinks as the person did, so no movement speaks for life against them.
 */
const ofTheMaterial: ReadonlySet<CueName> = new Set([
  "raster",
  "reflection",
  "surround",
  "infrared",
  "replay",
]);

/**
 * Weighs the cues against each other. One that is sure of an attack wins over silence, and over movement where it has
 * seen the material; cues that contradict each other otherwise leave it uncertain, as silence does.
 */
export function assess(cues: readonly CueResult[]): LivenessAssessment {
  const said = cues.filter((cue) => cue.says !== "silent" && Number.isFinite(cue.score));
  const against = said.filter(({ says }) => says === "attack");
  const speaking = said.filter(({ says }) => says === "live");
  const worst = Math.min(0, ...against.map(({ score }) => score));
  const best = Math.max(0, ...speaking.map(({ score }) => score));
  if (against.length === 0) {
    return { verdict: best >= likelyLive ? "live" : "uncertain", score: best, cues };
  }
  // Independent hints add up: two that are half sure are as good as one that is.
  const sum = Math.max(
    -1,
    against.reduce((total, { score }) => total + score, 0),
  );
  const outweighs = against.some((cue) => cue.score <= surelyAttack && ofTheMaterial.has(cue.cue));
  const contradicted = speaking.some((cue) => cue.score >= likelyLive);
  if (outweighs || (sum <= surelyAttack && !contradicted)) {
    return { verdict: "attack", score: outweighs ? Math.min(worst, sum) : sum, cues };
  }
  // Doubt weighs more than its opposite.
  return { verdict: "uncertain", score: Math.min(0, Math.max(-1, sum + best / 2)), cues };
}

/** Whether an uncertain assessment is one where something speaks for an attack, and not mere silence. */
export const isDisputed = ({ cues }: LivenessAssessment): boolean =>
  cues.some(({ says }) => says === "attack");

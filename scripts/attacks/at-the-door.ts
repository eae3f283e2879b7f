import { wilson } from "../../src/domain/biometric/accuracy.ts";
import { assessTrack } from "../../src/domain/biometric/liveness/assess-track.ts";
import type { TrackSample } from "../../src/domain/biometric/liveness/track.ts";
import {
  isJudgeable,
  type LivenessEvidence,
  livenessStep,
} from "../../src/domain/biometric/liveness-decision.ts";
import { defaultVerificationPolicy as policy } from "../../src/domain/biometric/verification-policy.ts";
import { type Milliseconds, since } from "../../src/domain/time.ts";
import type { Presentation } from "./collect.ts";
import { attackSpecies, genuineKinds, type Kind } from "./species.ts";

/** What level `passive` comes to for a face that is the card's owner's. `asked`: to do something. */
type Answer = "passed" | "asked" | "refused";

/** As the door's own rules have it, the card read when the face had been in view for so long. */
function answerAtTheDoor(samples: readonly TrackSample[], watchedFor: Milliseconds): Answer {
  const [first] = samples;
  if (first === undefined) return "refused";
  let evidence: LivenessEvidence | undefined;
  for (const [index, { at }] of samples.entries()) {
    const next = samples[index + 1];
    // The newest look that there was when the card was read, then each one, until the time is over.
    if (next !== undefined && since(first.at, next.at) <= watchedFor) continue;
    if (since(first.at, at) > watchedFor + policy.verifyTimeout) break;
    const seen = samples.slice(0, index + 1);
    evidence = { assessment: assessTrack(seen), samples: seen };
    const step = livenessStep("passive", evidence, policy);
    if (step === "accept") return "passed";
    if (step === "refuse") return "refused";
    if (step === "challenge") return "asked";
  }
  return evidence !== undefined && isJudgeable(evidence, policy) ? "asked" : "refused";
}

/** Shares of each kind that pass unasked, are asked to do something, and are refused. */
export function doorTable(
  all: readonly Presentation[],
  watchedFor: readonly Milliseconds[],
): readonly string[] {
  const share = (kinds: readonly Kind[], time: Milliseconds): string => {
    const some = all.filter(({ kind }) => kinds.includes(kind));
    const count = (answer: Answer): number =>
      some.filter(({ samples }) => answerAtTheDoor(samples, time) === answer).length;
    const percent = (answer: Answer): string => (100 * wilson(count(answer), some.length).share).toFixed(1);
    return `${percent("passed")} / ${percent("asked")} / ${percent("refused")}`;
  };
  const rows = [...attackSpecies, ...genuineKinds].map((kind) => {
    const count = all.filter((one) => one.kind === kind).length;
    return `| ${kind} | ${count} | ${watchedFor.map((time) => share([kind], time)).join(" | ")} |`;
  });
  return [
    `| passed / asked / refused, % | n | ${watchedFor.map((time) => `card after ${time / 1000} s`).join(" | ")} |`,
    `| --- | ---: |${" ---: |".repeat(watchedFor.length)}`,
    ...rows,
    `| living, together | | ${watchedFor.map((time) => share(genuineKinds, time)).join(" | ")} |`,
  ];
}

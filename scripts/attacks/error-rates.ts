import { wilson } from "../../src/domain/biometric/accuracy.ts";
import { assess } from "../../src/domain/biometric/liveness/assess.ts";
import { livenessCues } from "../../src/domain/biometric/liveness/assess-track.ts";
import type { CueName, CueResult } from "../../src/domain/biometric/liveness/track.ts";
import type { Presentation } from "./collect.ts";
import { attackSpecies, genuineKinds, type Kind } from "./species.ts";

/** What every cue says of one presentation. */
export interface Judged {
  readonly kind: Kind;
  readonly person: string;
  readonly results: readonly CueResult[];
  /** No face was found often enough to say anything: no response, in the words of ISO/IEC 30107-3. */
  readonly noResponse: boolean;
}

const fewestFaces = 4;

export function judge({ kind, person, samples }: Presentation): Judged {
  const results = Object.values(livenessCues).map((cue) => cue(samples));
  return { kind, person, results, noResponse: samples.length < fewestFaces };
}

/** `shown`: only who showed life passes; `unless`: everybody passes whom nothing speaks against. */
export type Rule = "shown" | "unless";

function passes(judged: Judged, cues: readonly CueName[], rule: Rule): boolean {
  if (judged.noResponse) return false;
  const { verdict, cues: all } = assess(judged.results.filter(({ cue }) => cues.includes(cue)));
  if (rule === "shown") return verdict === "live";
  return verdict !== "attack" && !(verdict === "uncertain" && all.some(({ says }) => says === "attack"));
}

export interface Rates {
  /** Attack presentation classification error rate of one species: attacks that passed as living. */
  readonly apcer: ReadonlyMap<Kind, ReturnType<typeof wilson>>;
  /** Bona fide presentation classification error rate: living people who did not pass. */
  readonly bpcer: ReturnType<typeof wilson>;
  readonly bpcerOf: ReadonlyMap<Kind, ReturnType<typeof wilson>>;
}

export function errorRates(all: readonly Judged[], cues: readonly CueName[], rule: Rule): Rates {
  const counted = (kinds: readonly Kind[], wrong: (judged: Judged) => boolean) => {
    const some = all.filter(({ kind }) => kinds.includes(kind));
    return wilson(some.filter(wrong).length, some.length);
  };
  const refused = (judged: Judged): boolean => !passes(judged, cues, rule);
  const passed = (judged: Judged): boolean => passes(judged, cues, rule);
  return {
    apcer: new Map(attackSpecies.map((species) => [species, counted([species], passed)])),
    bpcer: counted(genuineKinds, refused),
    bpcerOf: new Map(genuineKinds.map((kind) => [kind, counted([kind], refused)])),
  };
}

/** Half of the people, always the same half: thresholds were chosen on the others. */
export function isForReport(person: string): boolean {
  let value = 0x811c9dc5;
  for (const character of person) value = Math.imul(value ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return ((value >>> 7) & 1) === 1;
}

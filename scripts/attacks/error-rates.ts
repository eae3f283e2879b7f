import { wilson } from "../../src/domain/biometric/accuracy.ts";
import { assess } from "../../src/domain/biometric/liveness/assess.ts";
import { livenessCues } from "../../src/domain/biometric/liveness/assess-track.ts";
import type { CueName, CueResult } from "../../src/domain/biometric/liveness/track.ts";
import type { Presentation } from "./collect.ts";
import { attackSpecies, genuineKinds, type Kind } from "./species.ts";

/** What every cue says of one presentation. */
export interface Judged {
  readonly kind: Kind;
  readonly index: number;
  readonly person: string;
  readonly results: readonly CueResult[];
  /** No face was found often enough to say anything: no response, in the words of ISO/IEC 30107-3. */
  readonly noResponse: boolean;
}

const fewestFaces = 4;

export function judge({ kind, index, person, samples }: Presentation): Judged {
  const results = Object.values(livenessCues).map((cue) => cue(samples));
  return { kind, index, person, results, noResponse: samples.length < fewestFaces };
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

/**
 * The last thresholds were set when these numbers of each kind had been made and looked at: a presentation with another
 * number has decided nothing.
 */
const lookedAt: readonly (readonly [first: number, last: number])[] = [
  [0, 35],
  [50, 59],
  [80, 86],
  [100, 112],
];

export const isUnseen = ({ index }: Judged): boolean =>
  !lookedAt.some(([first, last]) => index >= first && index <= last);

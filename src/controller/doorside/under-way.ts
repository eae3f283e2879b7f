import type { AccessInput, AccessState, KnownCredential, Reviewed } from "../../domain/access/access.ts";
import type { PassageFacts } from "./decision-facts.ts";

/** Records of what may take from somebody the right to pass: of people, their cards, and the rules. */
const changes: ReadonlySet<string> = new Set([
  "CardReportedLost",
  "CardStatusChanged",
  "CardReplaced",
  "CardholderChanged",
  "CardholderRemoved",
  "CardholdersImported",
  "ConfigurationChanged",
]);

export const mayTakeRights = (recordType: string): boolean => changes.has(recordType);

type Judged = Omit<Reviewed, "credential">;

/** Who is under way, with what was so when each was last judged: by that they are asked about again (A8). */
export class PeopleUnderWay {
  #judged = new Map<string, Judged>();

  /** `state`: after it. */
  note(input: AccessInput, state: AccessState): void {
    if ("local" in input) {
      const { local, surroundings } = input;
      const { openedSchedules } = surroundings;
      this.#judged.set(input.passage, { local, surroundings: { openedSchedules } });
    }
    const present = new Set(factsIn(state).map(({ passage }) => passage));
    this.#judged = new Map([...this.#judged].filter(([passage]) => present.has(passage)));
  }

  /** Each with what `credentialOf` says now; undefined where nobody is under way. */
  review(
    state: AccessState,
    credentialOf: (facts: PassageFacts) => KnownCredential | undefined,
  ): Readonly<Record<string, Reviewed>> | undefined {
    const people = factsIn(state).flatMap((facts) => {
      const judged = this.#judged.get(facts.passage);
      return judged === undefined
        ? []
        : [[facts.passage, { ...judged, credential: credentialOf(facts) }] as const];
    });
    return people.length === 0 ? undefined : Object.fromEntries(people);
  }
}

function factsIn({ attempts, parties }: AccessState): readonly PassageFacts[] {
  const trying = Object.values(attempts).flatMap((attempt) =>
    attempt.phase === "verifying" ? [attempt.facts] : attempt.people.map(({ facts }) => facts),
  );
  const waiting = Object.values(parties).flatMap(({ people }) => people.map(({ facts }) => facts));
  return [...trying, ...waiting];
}

import { type CredentialJudgement, companyOf, judgeCredential } from "./credential.ts";
import { deny, denyEach, type Refusal } from "./denial.ts";
import type { AccessEvent, DenialReason } from "./event.ts";
import { evolve } from "./evolve.ts";
import { factorsOf } from "./factors.ts";
import type { AccessInput } from "./input.ts";
import type { AccessPolicy } from "./policy.ts";
import { type AccessState, type Attempt, peopleWaiting, type VerifiedPerson } from "./state.ts";

type Review = Extract<AccessInput, { readonly type: "CredentialsReviewed" }>;
/** Whose passage it is, and what was asked for. */
type Asked = Pick<VerifiedPerson, "facts" | "mode">;
type Releasing = Extract<Attempt, { readonly phase: "releasing" | "released" }>;

/**
 * A8: people, cards or rules are no longer what they were. Whoever is being verified, or waits for others, is refused; a
 * release is taken back. Who is being counted (A4) is judged again before anything is released, a moment later.
 */
export function onCredentialsReviewed(
  state: AccessState,
  input: Review,
  policy: AccessPolicy,
): readonly AccessEvent[] {
  const events: AccessEvent[] = [];
  for (const attempt of Object.values(state.attempts)) {
    switch (attempt.phase) {
      case "verifying": {
        const { facts, face } = attempt;
        const current = events.reduce(evolve, state);
        const reason = lapsedSince(attempt, input, policy, peopleWaiting(current, facts));
        if (reason !== undefined) events.push(...deny(current, facts, since(reason), face, input.at, policy));
        break;
      }
      case "releasing":
      case "released":
        events.push(...withdrawn(attempt, input, policy));
        break;
      case "counting":
        break;
    }
  }
  for (const { people } of Object.values(state.parties))
    events.push(
      ...denyEach(events.reduce(evolve, state), lapsedAmong(people, input, policy), input.at, policy),
    );
  return events;
}

const since = (reason: DenialReason): Refusal => ({ reason, detail: "since the card was presented" });

/** One for each whose passage it may not be any more; none of a group passes without them (A1, A7). */
function withdrawn(
  { facts, people, withdrawn: already }: Releasing,
  input: Review,
  policy: AccessPolicy,
): readonly AccessEvent[] {
  // R15: nobody is held between the doors by a card; out of the outer door whoever it is gains nothing.
  if (already === true || facts.accessPoint === "outer-exit") return [];
  return people.flatMap((person): readonly AccessEvent[] => {
    const reason = lapsedSince(person, input, policy, people);
    const lead = facts.passage;
    return reason === undefined
      ? []
      : [{ type: "AccessWithdrawn", at: input.at, reason, lead, ...person.facts }];
  });
}

function lapsedAmong(people: readonly VerifiedPerson[], input: Review, policy: AccessPolicy) {
  return people.flatMap((person) => {
    const reason = lapsedSince(person, input, policy, people);
    return reason === undefined
      ? []
      : [[person, { reason, detail: "while others were waited for" }] as const];
  });
}

/**
 * By the day and hour of their own decision: a schedule that has ended since takes nothing back, nor does an operator's
 * word on where they are (A3). By the clock of now only what a person's dates say: `until now` ends it now.
 */
function lapsedSince(
  asked: Asked,
  { people, wall }: Review,
  policy: AccessPolicy,
  company: readonly VerifiedPerson[],
): DenialReason | undefined {
  const { facts } = asked;
  const reviewed = Object.hasOwn(people, facts.passage) ? people[facts.passage] : undefined;
  if (reviewed === undefined) return undefined;
  const { credential, ...moment } = reviewed;
  if (credential === undefined || credential.cardholder !== facts.cardholder) return "unknownCredential";
  const judge = (groups: readonly string[]) =>
    judgeCredential({ ...credential, area: undefined }, facts, { ...moment, wall, company: groups }, policy);
  const together = judge(companyOf(company));
  if (!together.good) return together.reason;
  // A2: what opens only now that the first person is there was not asked of whoever came before.
  return isEnough(asked, together) || isEnough(asked, judge([])) ? undefined : "noAccessLevel";
}

/** The level that let them pass for less may be the one that was taken away. */
function isEnough({ facts, mode }: Asked, judgement: CredentialJudgement): boolean {
  if (!judgement.good) return false;
  const wants = facts.card === null ? judgement.withoutCard : judgement.wants;
  // With an operator there may have been a PIN, too: of that there is no name (`modeOf`).
  return (
    wants !== undefined && (mode === "face+remote" || wants.every((one) => factorsOf(mode).includes(one)))
  );
}

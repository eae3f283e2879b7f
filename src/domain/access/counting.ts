import type { Instant } from "../time.ts";
import { lapseOf } from "./credential.ts";
import { denyEach, type Refusal } from "./denial.ts";
import { refusalUnderDuress } from "./duress.ts";
import type { AccessEvent } from "./event.ts";
import type { AccessInput } from "./input.ts";
import { barred, grants } from "./passing.ts";
import type { AccessPolicy } from "./policy.ts";
import { type AccessState, type Attempt, attemptOf, type VerifiedPerson } from "./state.ts";

type Counted = Extract<AccessInput, { readonly type: "FacesCounted" }>;
export type Counting = Extract<Attempt, { readonly phase: "counting" }>;

/**
 * A4, T45: more faces between the doors than people verified, and the inner door stays shut; they leave by the outer
 * one. Fewer pass: who looks away from that camera has still been verified. Nobody at all is a camera that sees nothing.
 */
export function onFacesCounted(
  state: AccessState,
  input: Counted,
  policy: AccessPolicy,
): readonly AccessEvent[] {
  const attempt = attemptOf(state, input.passage);
  if (attempt?.phase !== "counting") return [];
  const { facts, people } = attempt;
  const { at, faces, evidence, surroundings } = input;
  const lapsed = lapsedAmong(state, people, input, policy);
  if (lapsed.size > 0)
    return denyEach(
      state,
      people.map((person) => [person, lapsed.get(person) ?? leftAlone] as const),
      at,
      policy,
    );
  const refusal =
    barred(state, facts, surroundings) ?? refusalUnderDuress(state, facts, false, policy) ?? uncounted(faces);
  if (refusal !== undefined) return notReleased(state, attempt, refusal, at, policy);
  const seen = faces ?? 0;
  if (seen <= people.length) return grants(people, at);
  const verified = people.length;
  const tooMany: Refusal = { reason: "occupancyLimit", detail: `${seen} faces, ${verified} verified` };
  return [
    { type: "TailgatingFound", at, faces: seen, verified, evidence, ...facts },
    ...notReleased(state, attempt, tooMany, at, policy),
  ];
}

const leftAlone: Refusal = {
  reason: "multiPersonIncomplete",
  detail: "somebody else's card is no longer good",
};

/** Everybody who wanted to pass together is told. */
function notReleased(
  state: AccessState,
  { people }: Counting,
  refusal: Refusal,
  at: Instant,
  policy: AccessPolicy,
): readonly AccessEvent[] {
  return denyEach(
    state,
    people.map((person) => [person, refusal] as const),
    at,
    policy,
  );
}

function uncounted(faces: number | undefined): Refusal | undefined {
  if (faces === undefined)
    return { reason: "cameraFault", detail: "the faces between the doors could not be counted" };
  // Not a number is no count either.
  return faces >= 1
    ? undefined
    : { reason: "cameraFault", detail: "the camera between the doors saw nobody" };
}

/** A8 */
function lapsedAmong(
  state: AccessState,
  people: readonly VerifiedPerson[],
  input: Counted,
  policy: AccessPolicy,
): ReadonlyMap<VerifiedPerson, Refusal> {
  const { waiting } = input.surroundings;
  return new Map(
    people.flatMap((person) => {
      const reason = lapseOf(state, person.facts, waiting[person.facts.passage], input, policy, people);
      return reason === undefined
        ? []
        : [[person, { reason, detail: "while the faces were counted" }] as const];
    }),
  );
}

import type { AccessPointName } from "../names.ts";
import { displayAfter } from "./display.ts";
import type { AccessEvent } from "./event.ts";
import {
  AccessPoints,
  annas,
  face,
  faceAccepted,
  feeding,
  monday,
  outerEntry,
  type Presented,
  policyWith,
  presents,
  quiet,
  type Step,
  staff,
  wall,
} from "./given.ts";
import type { KnownCredential, Surroundings } from "./input.ts";
import { type AccessPolicy, type AreaRules, noAreaRules } from "./policy.ts";

/** For tests of the rules on people: levels of every mode, and everybody has a PIN. */
export const modes = [
  staff,
  { ...staff, name: "porters", mode: "card" },
  { ...staff, name: "vault", mode: "card+face+pin" },
  { ...staff, name: "pins", mode: "card+pin" },
  { ...staff, name: "forgetful", mode: "face+remote" },
] as const;

export const policyFor = (changes: Partial<AccessPolicy> = {}): AccessPolicy =>
  policyWith({ levels: modes, ...changes });

/** Area rules of the one vestibule of the tests. */
export const areas = (rules: Partial<AreaRules>): Pick<AccessPolicy, "areas"> => ({
  areas: { v1: { ...noAreaRules, ...rules } },
});

export const called = (cardholder: string, changes: Partial<KnownCredential> = {}): KnownCredential => ({
  ...annas,
  cardholder,
  hasPin: true,
  ...changes,
});

export const at = (accessPoint: AccessPointName) => ({ ...outerEntry, accessPoint });

/** A person of that name presents the own card. */
export const comes = (
  name: string,
  changes: Partial<KnownCredential> = {},
  presented: Omit<Presented, "credential"> = {},
): Step => presents(name, { credential: called(name, changes), ...presented });

/** Presents the card and is recognised. */
export const shows = (
  name: string,
  changes: Partial<KnownCredential> = {},
  presented: Omit<Presented, "credential"> = {},
): readonly Step[] => [
  comes(name, changes, presented),
  faceAccepted(presented.passage ?? name, presented.surroundings),
];

/** What the directory says of the card of that passage from now on. */
export const becomes =
  (passage: string, credential: KnownCredential | undefined): Step =>
  (points) => {
    if (credential === undefined) points.credentials.delete(passage);
    else points.credentials.set(passage, credential);
  };

export const enters =
  (passage: string, verdict: "correct" | "duress" | "wrong", surroundings: Surroundings = quiet): Step =>
  (points) =>
    points.feed({
      type: "PinJudged",
      at: points.now,
      wall,
      local: monday,
      passage,
      verdict,
      credential: points.credentials.get(passage),
      surroundings,
    });

/** The face is the owner's, and the gesture agreed on was seen. */
export const gestures =
  (passage: string): Step =>
  (points) =>
    points.feed({
      type: "FaceJudged",
      at: points.now,
      wall,
      local: monday,
      credential: points.credentials.get(passage),
      passage,
      verdict: { accepted: true, duress: true },
      face,
      surroundings: quiet,
    });

export const operatorDecides =
  (passage: string, granted: boolean, surroundings: Surroundings = quiet): Step =>
  (points) =>
    points.feed({
      type: "RemoteDecided",
      at: points.now,
      wall,
      local: monday,
      passage,
      operator: "olga",
      granted,
      reason: "seen on the camera",
      credential: points.credentials.get(passage),
      surroundings,
    });

export const operatorAsksFor =
  (passage: string, credential: KnownCredential | undefined, surroundings: Surroundings = quiet): Step =>
  (points) => {
    if (credential !== undefined) points.credentials.set(passage, credential);
    points.feed({
      type: "RemoteVerificationRequested",
      at: points.now,
      wall,
      local: monday,
      passage,
      operator: "olga",
      reason: "left the card at home",
      credential,
      surroundings,
      ...outerEntry,
    });
  };

export const counted = (
  passage: string,
  faces: number | undefined,
  surroundings: Surroundings = quiet,
): Step =>
  feeding((now) => ({
    type: "FacesCounted",
    at: now,
    wall,
    local: monday,
    passage,
    faces,
    evidence: "picture",
    surroundings,
  }));

export const duressCleared: Step = feeding((now) => ({ type: "DuressCleared", at: now, vestibule: "v1" }));

export const occupied = (vestibule: number, secure: number): Surroundings => ({
  ...quiet,
  occupancy: { vestibule, secure },
});

/** Everything that happened, and what each display shows after it. */
export function ran(policy: AccessPolicy, ...steps: readonly Step[]) {
  const points = new AccessPoints(policy);
  for (const step of steps) step(points);
  const last = <T extends AccessEvent["type"]>(type: T) =>
    points.events.findLast((event): event is Extract<AccessEvent, { type: T }> => event.type === type);
  return {
    points,
    events: points.events,
    last,
    displays: points.events.flatMap((event) => displayAfter(event) ?? []),
  };
}

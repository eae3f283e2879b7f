import fc from "fast-check";
import type { AccessEvent } from "../../src/domain/access/event.ts";
import { AccessPoints, face, monday, outerEntry, quiet, wall } from "../../src/domain/access/given.ts";
import { called, policyFor } from "../../src/domain/access/given-people.ts";
import type { AccessInput, KnownCredential, Surroundings } from "../../src/domain/access/input.ts";
import type { AccessPolicy, AreaRules, DuressRules } from "../../src/domain/access/policy.ts";
import type { Attempt } from "../../src/domain/access/state.ts";
import { accessPointNames } from "../../src/domain/names.ts";
import { after } from "../../src/domain/time.ts";

export const people: readonly KnownCredential[] = [
  called("anna", { groups: ["manager"] }),
  called("ben", { groups: ["custodian"], accessLevels: ["vault"] }),
  called("chi", { groups: ["manager", "custodian"], accessLevels: ["porters"] }),
  called("dan", { accessLevels: ["pins"] }),
  called("eva", { accessLevels: ["forgetful"], area: "secure" }),
  called("vic", { kind: "visitor", host: "anna" }),
  called("anna", { groups: ["manager"], accessLevels: ["vault", "forgetful"] }),
];
const areaRules: fc.Arbitrary<AreaRules> = fc.record({
  antiPassback: fc.constantFrom("off", "soft", "hard"),
  vestibuleMax: fc.constantFrom(0, 1, 3),
  secureMax: fc.constantFrom(0, 3),
  secureMin: fc.constantFrom(0, 2),
  countingCamera: fc.option(fc.constant("between"), { nil: undefined }),
});
const multiPerson = fc.option(
  fc.record({
    count: fc.constantFrom(2, 3),
    groups: fc.constantFrom([], ["manager"], ["manager", "custodian"]),
    window: fc.constant(30_000),
    directions: fc.constantFrom("entry" as const, "both" as const),
  }),
  { nil: undefined },
);
const doorRules = fc.record({ multiPerson, remoteGrant: fc.constantFrom(false, false, true) });
export const policies: fc.Arbitrary<AccessPolicy> = fc
  .record({
    outer: doorRules,
    inner: doorRules,
    v1: areaRules,
    duress: fc.constantFrom<DuressRules["policy"]>("grant", "deny", "grantOuterHoldInner"),
  })
  .map(({ outer, inner, v1, duress }) =>
    policyFor({
      doors: { "v1/outer": outer, "v1/inner": inner },
      areas: { v1 },
      duress: { policy: duress },
      maxFailures: 4,
    }),
  );
const surroundings: fc.Arbitrary<Surroundings> = fc.oneof(
  { weight: 6, arbitrary: fc.constant(quiet) },
  {
    weight: 1,
    arbitrary: fc.record({
      secure: fc.record({ outer: fc.boolean(), inner: fc.boolean() }),
      camera: fc.constantFrom("usable", "faulty"),
      storage: fc.constantFrom("ok", "failed"),
      lockdown: fc.boolean(),
      occupancy: fc.record({ vestibule: fc.constantFrom(0, 1, 3), secure: fc.constantFrom(0, 1, 2, 3) }),
      openedSchedules: fc.constant([]),
      waiting: fc.constant({}),
    }),
  },
);

function often<A, B>(usual: fc.Arbitrary<A>, seldom: fc.Arbitrary<B>): fc.Arbitrary<A | B> {
  return fc.oneof({ weight: 7, arbitrary: usual }, { weight: 2, arbitrary: seldom });
}

/** What is done, `next` being what is waited for; at whom it is aimed is found when its turn comes. */
const move = fc.record({
  wait: often(fc.constantFrom(0, 100, 1_500), fc.constantFrom(4_999, 14_999, 29_000, 61_000)),
  who: fc.nat({ max: people.length - 1 }),
  where: often(fc.constantFrom("outer-entry", "inner-entry"), fc.constantFrom(...accessPointNames)),
  lapses: often(fc.constant(false), fc.boolean()),
  surroundings,
  act: often(
    fc.constant("next"),
    fc.constantFrom(
      "card",
      "request",
      "wrong face",
      "pin",
      "wrong pin",
      "refuse",
      "three faces",
      "not passed",
      "vision lost",
      "interlock lost",
      "cleared",
      "time",
    ),
  ),
});
type Move = typeof move extends fc.Arbitrary<infer M> ? M : never;
export const moves = fc.array(move, { minLength: 10, maxLength: 60, size: "max" });

interface Forced {
  /** A5: whoever does this number of the run says that he is forced. */
  readonly at: ReadonlySet<number>;
}
const nobody: Forced = { at: new Set() };

/** For tests: one run; `look` sees each input with what came of it. */
export function run(
  policy: AccessPolicy,
  done: readonly Move[],
  look: (input: AccessInput, events: readonly AccessEvent[], before: AccessPoints) => void = () => {},
  forced = nobody,
): AccessPoints {
  const points = new AccessPoints(policy);
  done.forEach((one, index) => {
    points.now = after(points.now, one.wait);
    const input = inputOf(points, one, index, forced.at.has(index));
    if (input === undefined) return;
    const before = Object.assign(new AccessPoints(policy), { state: points.state });
    const seen = points.events.length;
    points.feed(input);
    look(input, points.events.slice(seen), before);
  });
  return points;
}

function inputOf(points: AccessPoints, one: Move, index: number, forced: boolean): AccessInput | undefined {
  const where = { ...outerEntry, accessPoint: one.where };
  const at = points.now;
  const times = { at, wall, local: monday };
  const attempt = points.state.attempts[`v1/${one.where}`];
  const around = { surroundings: one.surroundings };
  const credential = people[one.who];
  const act = one.act === "next" ? nextOf(attempt) : one.act;
  if (act === "card" || act === "request") {
    const passage = `p${index}`;
    if (credential === undefined) return undefined;
    const known = act === "card" ? { ...credential, isDuressCard: forced } : credential;
    points.credentials.set(passage, known);
    const common = { ...times, passage, credential: known, ...around, ...where };
    return act === "card"
      ? { type: "CardPresented", card: `c${one.who}`, format: "f", ...common }
      : { type: "RemoteVerificationRequested", operator: "olga", reason: "", ...common };
  }
  if (act === "vision lost") return { type: "VisionLost", at };
  if (act === "interlock lost") return { type: "InterlockLost", at };
  if (act === "cleared") return { type: "DuressCleared", at, vestibule: "v1" };
  if (act === "time") return { type: "TimePassed", at };
  if (attempt === undefined) return undefined;
  const { passage } = attempt.facts;
  const found = points.credentials.get(passage);
  if (one.lapses && found !== undefined) points.credentials.set(passage, { ...found, cardStatus: "lost" });
  const judged = { ...times, passage, credential: points.credentials.get(passage), ...around };
  switch (act) {
    case "face":
      return {
        type: "FaceJudged",
        ...judged,
        verdict: forced ? { accepted: true, duress: true } : { accepted: true },
        face,
      };
    case "wrong face":
      return {
        type: "FaceJudged",
        ...judged,
        verdict: { accepted: false, reason: "faceMismatch", detail: "" },
        face,
      };
    case "pin":
      return { type: "PinJudged", ...judged, verdict: forced ? "duress" : "correct" };
    case "wrong pin":
      return { type: "PinJudged", ...judged, verdict: "wrong" };
    case "grant":
    case "refuse":
      return { type: "RemoteDecided", ...judged, operator: "olga", granted: act === "grant", reason: "" };
    case "one face":
    case "three faces": {
      const faces = act === "one face" ? 1 : 3;
      return { type: "FacesCounted", ...times, passage, faces, evidence: null, ...around };
    }
    case "released":
      return { type: "DoorReleased", at, passage };
    case "passed":
      return { type: "DoorPassed", at, passage, openFor: 1_000 };
    case "not passed":
      return { type: "DoorNotPassed", at, passage };
  }
}

function nextOf(attempt: Attempt | undefined) {
  switch (attempt?.phase) {
    case undefined:
      return "card";
    case "verifying":
      return ({ face: "face", pin: "pin", remote: "grant" } as const)[attempt.wants[0] ?? "face"];
    case "counting":
      return "one face";
    case "releasing":
      return "released";
    case "released":
      return "passed";
  }
}

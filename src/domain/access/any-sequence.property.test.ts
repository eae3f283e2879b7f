import fc from "fast-check";
import { expect, test } from "vitest";
import { type AccessPointName, accessPointNames, doorOf, opposite } from "../names.ts";
import { after, instant } from "../time.ts";
import { decide } from "./decide.ts";
import type { AccessEvent } from "./event.ts";
import { evolve } from "./evolve.ts";
import { AccessPoints, annas, face, monday, policyWith, quiet, wall } from "./given.ts";
import type { AccessInput, KnownCredential, Reviewed, Surroundings } from "./input.ts";
import { initialAccessState } from "./state.ts";

const policy = policyWith({ maxFailures: 2 });
const passages = ["p1", "p2", "p3", "p4", "p5", "p6"] as const;
const aPassage = fc.constantFrom(...passages);
const surroundings: fc.Arbitrary<Surroundings> = fc.record({
  secure: fc.record({ outer: fc.boolean(), inner: fc.boolean() }),
  camera: fc.constantFrom("usable", "usable", "faulty", "unfitted"),
  storage: fc.constantFrom("ok", "ok", "ok", "failed"),
  lockdown: fc.constantFrom(false, false, false, true),
  occupancy: fc.constant({ vestibule: 0, secure: 0 }),
  openedSchedules: fc.constant([]),
  waiting: fc.constant({}),
});
const credential: fc.Arbitrary<KnownCredential | undefined> = fc.constantFrom(
  annas,
  annas,
  { ...annas, accessLevels: ["porters"] },
  { ...annas, accessLevels: ["porters", "staff"] },
  { ...annas, cardStatus: "lost" as const },
  { ...annas, templates: 0 },
  undefined,
);

type Unsent = AccessInput extends infer I ? (I extends AccessInput ? Omit<I, "at"> : never) : never;
/** Of everybody under way; `run` says who they are. */
const review = credential.map((now) => ({
  type: "CredentialsReviewed" as const,
  wall,
  people: { everybody: { credential: now, local: monday, surroundings: quiet } },
}));
const input: fc.Arbitrary<Unsent> = fc.oneof(
  fc.record({
    type: fc.constant("CardPresented" as const),
    vestibule: fc.constantFrom("v1", "v2"),
    accessPoint: fc.constantFrom(...accessPointNames),
    wall: fc.constant(wall),
    local: fc.constant(monday),
    passage: aPassage,
    card: fc.constantFrom("c1", "c2", "__proto__"),
    format: fc.constant("wiegand26"),
    credential,
    surroundings,
  }),
  fc.record({
    type: fc.constant("FaceJudged" as const),
    wall: fc.constant(wall),
    local: fc.constant(monday),
    credential,
    passage: aPassage,
    verdict: fc.constantFrom(
      { accepted: true as const },
      { accepted: false as const, reason: "faceMismatch" as const, detail: "" },
      { accepted: false as const, reason: "noFace" as const, detail: "" },
    ),
    face: fc.constant(face),
    surroundings,
  }),
  fc.record({
    type: fc.constantFrom("DoorReleased" as const, "DoorNotPassed" as const),
    passage: aPassage,
  }),
  fc.record({
    type: fc.constant("ChallengeShown" as const),
    passage: aPassage,
    step: fc.option(
      fc.record({
        action: fc.constantFrom("turnLeft" as const, "blink" as const),
        step: fc.constantFrom(1, 2, 3),
        of: fc.constant(3),
        until: fc.constantFrom(instant(0), instant(12_000), instant(1e12)),
      }),
      { nil: undefined },
    ),
  }),
  fc.record({ type: fc.constant("DoorPassed" as const), passage: aPassage, openFor: fc.constant(1_000) }),
  fc.record({ type: fc.constant("ReleaseRefused" as const), passage: aPassage, refusal: fc.constant("x") }),
  fc.record({
    type: fc.constant("ExitRequested" as const),
    vestibule: fc.constant("v1"),
    door: fc.constantFrom("outer" as const, "inner" as const),
    passage: fc.constant("exit"),
    surroundings,
  }),
  review,
  fc.record({
    type: fc.constantFrom("InterlockLost" as const, "VisionLost" as const, "TimePassed" as const),
  }),
);
const aTime = fc
  .constantFrom(0, 100, 1_000, 5_000, 60_000)
  .chain((limit) => fc.constantFrom(Math.max(limit - 1, 0), limit, limit + 1));
const anInput = fc.record({ wait: aTime, input });
const sequence = fc.array(anInput, { maxLength: 40 });

/** Runs the inputs, each passage's id made its own presentation's, and shows each with what came of it. */
function run(
  inputs: readonly { readonly wait: number; readonly input: Unsent }[],
  look: (input: AccessInput, events: readonly AccessEvent[], before: AccessPoints) => void,
): AccessPoints {
  const points = new AccessPoints(policy);
  let count = 0;
  for (const { wait, input: unsent } of inputs) {
    points.now = after(points.now, wait);
    // A new presentation has a new id; the others mean the last one of that name.
    const fresh = unsent.type === "CardPresented" ? { passage: `${unsent.passage}.${count++}` } : {};
    const current =
      "passage" in unsent && unsent.type !== "CardPresented" ? latestNamed(points, unsent.passage) : {};
    const asked =
      unsent.type === "CredentialsReviewed" ? everybodyAs(points, unsent.people["everybody"]) : {};
    const sent = { ...unsent, ...current, ...asked, ...fresh, at: points.now } as AccessInput; // only `at` was missing
    const seen = points.events.length;
    const before = Object.assign(new AccessPoints(policy), { state: points.state, now: points.now });
    points.feed(sent);
    look(sent, points.events.slice(seen), before);
  }
  return points;
}

function latestNamed({ state }: AccessPoints, name: string): { readonly passage?: string } {
  const found = Object.values(state.attempts).findLast(({ facts }) => facts.passage.startsWith(name));
  return found === undefined ? {} : { passage: found.facts.passage };
}

const everybodyAs = ({ state }: AccessPoints, reviewed: Reviewed | undefined) => ({
  people: Object.fromEntries(
    Object.values(state.attempts).map(({ facts }) => [facts.passage, reviewed] as const),
  ),
});

const surroundingsOf = (input: AccessInput): Surroundings =>
  "surroundings" in input ? input.surroundings : quiet;

test("nothing is granted with the other door insecure, without storage, or, where a face is asked for, unseen", () => {
  fc.assert(
    fc.property(sequence, (inputs) => {
      run(inputs, (input, events) => {
        for (const event of events) {
          if (event.type !== "AccessGranted" && event.type !== "Egress") continue;
          const door = event.type === "Egress" ? event.door : doorOf(event.accessPoint);
          expect(surroundingsOf(input).secure[opposite(door)]).toBe(true);
          expect(surroundingsOf(input).storage).toBe("ok");
          if (event.type === "Egress") continue;
          if (event.mode === "card+face")
            expect(input).toMatchObject({ type: "FaceJudged", verdict: { accepted: true } });
          else expect(input).toMatchObject({ credential: { accessLevels: ["porters"] } });
        }
      });
    }),
    { numRuns: 300 },
  );
});

test("R2: while the other door is not secure no verification is started", () => {
  fc.assert(
    fc.property(sequence, (inputs) => {
      run(inputs, (input, events) => {
        for (const event of events) {
          if (event.type === "VerificationStarted")
            expect(surroundingsOf(input).secure[opposite(doorOf(event.accessPoint))]).toBe(true);
        }
      });
    }),
    { numRuns: 200 },
  );
});

test("a door is being released for one passage at a time", () => {
  fc.assert(
    fc.property(sequence, (inputs) => {
      const points = run(inputs, (_input, _events, { state }) => {
        const doors = Object.values(state.attempts)
          .filter(({ phase }) => phase !== "verifying")
          .map(({ facts }) => `${facts.vestibule} ${doorOf(facts.accessPoint)}`);
        expect(new Set(doors).size).toBe(doors.length);
      });
      expect(points.state).toBeDefined();
    }),
    { numRuns: 200 },
  );
});

const aGrant = fc.constantFrom(...accessPointNames).map((accessPoint) => {
  const known = { ...annas, accessLevels: ["porters"] };
  const shown = { card: "c1", format: "wiegand26", credential: known, surroundings: quiet };
  const when = { wall, local: monday, passage: "p1" };
  const input = { type: "CardPresented" as const, vestibule: "v1", accessPoint, ...when, ...shown };
  return [{ wait: 0, input }];
});
const reviews = fc.array(fc.record({ wait: aTime, input: review }), { minLength: 1, maxLength: 3 });

test("A8: after a review nobody under way but to leave is somebody who may not pass, and none is taken back twice", () => {
  fc.assert(
    fc.property(fc.tuple(aGrant, fc.array(anInput, { maxLength: 3 }), reviews), (parts) => {
      const points = run(parts.flat(), (input, events, { state }) => {
        if (input.type !== "CredentialsReviewed") return;
        const now = Object.values(input.people)[0]?.credential;
        const left = Object.values(events.reduce(evolve, state).attempts);
        const standing = left.filter((one) => !("withdrawn" in one));
        const kept = standing.filter(({ facts: { accessPoint } }) => accessPoint !== "outer-exit");
        if (now === undefined || now.cardStatus === "lost") expect(kept).toEqual([]);
      });
      const taken = points.events.flatMap((event) =>
        event.type === "AccessWithdrawn" ? [event.passage] : [],
      );
      expect(new Set(taken).size).toBe(taken.length);
    }),
    { numRuns: 200 },
  );
});

test("each presentation that is not a repeat ends in one grant or one denial, each grant in one end", () => {
  fc.assert(
    fc.property(sequence, (inputs) => {
      const points = run(inputs, () => {});
      points.now = after(points.now, 100_000);
      points.feed({ type: "InterlockLost", at: points.now });
      const of = (...types: readonly string[]) =>
        points.events
          .filter(({ type }) => types.includes(type))
          .map((event) => ("passage" in event ? event.passage : ""));
      const presented = of("CardPresented");
      const granted = of("AccessGranted");
      const ended = of("AccessDenied", "AccessTaken", "AccessNotTaken");
      expect(ended.toSorted()).toEqual(presented.toSorted());
      expect(new Set(granted).size).toBe(granted.length);
      expect(Object.keys(points.state.attempts)).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

const anyEvent: fc.Arbitrary<AccessEvent> = fc
  .record({
    at: fc.constant(after(new AccessPoints(policy).now, 0)),
    vestibule: fc.constant("v1"),
    accessPoint: fc.constantFrom<AccessPointName>(...accessPointNames),
    passage: aPassage,
    card: fc.constantFrom("c1", "__proto__"),
    cardholder: fc.constant("anna"),
  })
  .chain((facts) =>
    fc.constantFrom<AccessEvent>(
      { type: "CardPresented", format: "f", ...facts },
      { type: "CardRepeated", ...facts },
      {
        type: "VerificationStarted",
        mode: "card+face",
        wants: ["face"],
        liveness: "passive",
        until: after(facts.at, 1),
        ...facts,
      },
      {
        type: "AccessGranted",
        mode: "card",
        presentedAt: facts.at,
        face: null,
        lead: facts.passage,
        people: 1,
        operator: null,
        groups: [],
        ...facts,
      },
      { type: "AccessDenied", reason: "faceMismatch", detail: null, face: null, ...facts },
      { type: "PassageReleased", presentedAt: facts.at, ...facts },
      { type: "AccessWithdrawn", reason: "lostCredential", lead: facts.passage, ...facts },
      { type: "AccessTaken", openFor: 1, lead: facts.passage, groups: [], ...facts },
      { type: "AccessNotTaken", lead: facts.passage, ...facts },
      { type: "CardLockedOut", until: after(facts.at, 5), failures: 3, ...facts },
      { type: "CardLockoutEnded", at: facts.at, card: facts.card },
      { type: "RepeatedDenials", failures: 3, until: after(facts.at, 5), ...facts },
      { type: "Egress", at: facts.at, vestibule: "v1", door: "outer", passage: facts.passage },
      { type: "EgressDenied", at: facts.at, vestibule: "v1", door: "outer", reason: "interlocked" },
    ),
  );

test("evolve is total, and time ends whatever can end by itself", () => {
  fc.assert(
    fc.property(fc.array(anyEvent, { maxLength: 40 }), (events) => {
      const state = events.reduce(evolve, initialAccessState);
      const points = Object.assign(new AccessPoints(policy), { state });
      points.now = after(points.now, 100_000);
      points.feed({ type: "TimePassed", at: points.now });
      expect(decide(points.state, { type: "TimePassed", at: points.now }, policy)).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

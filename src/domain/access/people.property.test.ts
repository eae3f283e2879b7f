import fc from "fast-check";
import { expect, test } from "vitest";
import { moves, people, policies, run } from "../../../test/support/any-people.ts";
import { accessPointNames, doorOf, leadsInwards, opposite } from "../names.ts";
import { after } from "../time.ts";
import { decide } from "./decide.ts";
import { displayAfter } from "./display.ts";
import type { AccessEvent } from "./event.ts";
import { evolve } from "./evolve.ts";
import { modesNow, union } from "./factors.ts";
import { type AccessPoints, face, monday, outerEntry, quiet, wall } from "./given.ts";
import { called, modes } from "./given-people.ts";
import type { AccessInput } from "./input.ts";
import type { AccessPolicy } from "./policy.ts";
import { attemptOf, initialAccessState, mostPeopleTogether, waitingAt } from "./state.ts";
import { deadline } from "./timeouts.ts";

const isGrant = (event: AccessEvent): event is Extract<AccessEvent, { readonly type: "AccessGranted" }> =>
  event.type === "AccessGranted";
const runs = { numRuns: 150 };

test("R1, R14: nothing is granted while the other door is not secure, in a lockdown or without a record", () => {
  let granted = 0;
  fc.assert(
    fc.property(policies, moves, (policy, done) => {
      run(policy, done, (input, events) => {
        for (const event of events.filter(isGrant)) {
          granted += 1;
          expect(input).toMatchObject({ surroundings: { storage: "ok", lockdown: false } });
          if (!("surroundings" in input)) throw new Error("granted without looking");
          expect(input.surroundings.secure[opposite(doorOf(event.accessPoint))]).toBe(true);
        }
      });
    }),
    runs,
  );
  expect(granted).toBeGreaterThan(100);
});

test("whoever is granted has shown everything that his levels and the door ask for", () => {
  const shownBy = new Map<string, Set<string>>();
  const seen = new Set<string>();
  const note = (passage: string, factor: string) =>
    shownBy.set(passage, new Set([...(shownBy.get(passage) ?? []), factor]));
  fc.assert(
    fc.property(policies, moves, (policy, done) => {
      shownBy.clear();
      run(policy, done, (input, events) => {
        if (input.type === "FaceJudged" && input.verdict.accepted) note(input.passage, "face");
        if (input.type === "PinJudged" && input.verdict !== "wrong") note(input.passage, "pin");
        if (input.type === "RemoteDecided" && input.granted) note(input.passage, "remote");
        if (input.type === "RemoteVerificationRequested") note(input.passage, "remote");
        for (const event of events.filter(isGrant)) {
          const shown = [...(shownBy.get(event.passage) ?? [])];
          const wanted = wantedOf(event, policy);
          for (const factor of wanted) expect(shown).toContain(factor);
          seen.add(wanted.join());
        }
      });
    }),
    runs,
  );
  expect([...seen].toSorted()).toEqual(
    expect.arrayContaining(["", "face", "face,pin", "face,remote", "pin"]),
  );
});

/** Worked out here a second time, from the levels' names alone. */
function wantedOf(
  { card, cardholder, accessPoint }: Extract<AccessEvent, { readonly type: "AccessGranted" }>,
  policy: AccessPolicy,
): readonly string[] {
  const number =
    card === null ? people.findLastIndex((one) => one.cardholder === cardholder) : Number(card.slice(1));
  const names = people[number]?.accessLevels ?? [];
  const all = modes
    .filter(({ name }) => names.includes(name))
    .flatMap((level) => modesNow(level, monday, () => false));
  const byCard = card !== null && all.length > 1 ? all.filter((mode) => mode !== "face+remote") : all;
  const atDoor = policy.doors[`v1/${doorOf(accessPoint)}`]?.remoteGrant === true && leadsInwards(accessPoint);
  return [...new Set([...union(byCard), ...(atDoor ? ["remote"] : [])])];
}

test("A1, A7, T44: a group is of as many different people as asked, of each group one, with every visitor's host", () => {
  let groups = 0;
  fc.assert(
    fc.property(policies, moves, (policy, done) => {
      run(policy, done, (_input, events) => {
        const granted = events.filter(isGrant);
        const [first] = granted;
        if (first === undefined) return;
        const holders = granted.map(({ cardholder }) => cardholder);
        expect(new Set(holders).size).toBe(holders.length);
        expect(granted.length).toBeLessThanOrEqual(mostPeopleTogether);
        for (const { people: size, lead } of granted)
          expect([size, lead]).toEqual([granted.length, granted.at(-1)?.passage]);
        if (!leadsInwards(first.accessPoint)) return;
        if (holders.includes("vic")) expect(holders).toContain("anna");
        const rule = policy.doors[`v1/${doorOf(first.accessPoint)}`]?.multiPerson;
        if (rule === undefined) return;
        groups += 1;
        const staff = granted.filter(({ cardholder }) => cardholder !== "vic");
        expect(staff.length).toBeGreaterThanOrEqual(rule.count);
        for (const group of rule.groups)
          expect(staff.some((person) => person.groups.includes(group))).toBe(true);
      });
    }),
    { numRuns: 250 },
  );
  expect(groups).toBeGreaterThan(20);
});

test("A4: more faces than people verified release nothing, and nobody goes in uncounted where they are counted", () => {
  fc.assert(
    fc.property(policies, moves, (policy, done) => {
      run(policy, done, (input, events) => {
        const granted = events.filter(isGrant);
        const inward = granted.some(({ accessPoint }) => accessPoint === "inner-entry");
        if (!inward || policy.areas.v1?.countingCamera === undefined) return;
        expect(input).toMatchObject({ type: "FacesCounted" });
        if (input.type === "FacesCounted") expect(input.faces).toBeLessThanOrEqual(granted.length);
      });
    }),
    runs,
  );
});

test("A5: what anybody may see is the same whether somebody is forced or not", () => {
  let signalled = 0;
  fc.assert(
    fc.property(
      policies,
      moves,
      fc.array(fc.nat({ max: 59 }), { minLength: 1, maxLength: 8 }),
      (any, done, at) => {
        const policy = { ...any, duress: { policy: "grant" as const } };
        const forced = run(policy, done, () => {}, { at: new Set(at) });
        const free = run(policy, done);
        const seen = forced.events.filter(({ type }) => type !== "DuressSignalled");
        signalled += forced.events.length - seen.length;
        expect(seen).toEqual(free.events);
        expect(seen.map(displayAfter)).toEqual(free.events.map(displayAfter));
        expect(deadline(forced.state, policy)).toBe(deadline(free.state, policy));
      },
    ),
    runs,
  );
  expect(signalled).toBeGreaterThan(100);
});

test("A5: each forced passage is signalled once", () => {
  fc.assert(
    fc.property(policies, moves, (policy, done) => {
      const forced = run(policy, done, () => {}, { at: new Set(done.keys()) });
      const signals = forced.events.flatMap((event) =>
        event.type === "DuressSignalled" ? [event.passage] : [],
      );
      expect(new Set(signals).size).toBe(signals.length);
    }),
    runs,
  );
});

test("A5: held, the inner door lets nobody in; a refusal says no more than that the camera has failed", () => {
  let held = 0;
  fc.assert(
    fc.property(policies, moves, fc.nat({ max: 10 }), (any, done, at) => {
      const policy = { ...any, duress: { policy: "grantOuterHoldInner" as const } };
      const forced = { at: new Set([at, at + 1, at + 2]) };
      const look = (_input: AccessInput, events: readonly AccessEvent[], { state }: AccessPoints): void => {
        if (!state.held.includes("v1") || events.some(({ type }) => type === "DuressHoldEnded")) return;
        held += 1;
        for (const event of events.filter(isGrant)) expect(event.accessPoint).not.toBe("inner-entry");
      };
      run(policy, done, look, forced);
    }),
    runs,
  );
  expect(held).toBeGreaterThan(100);
});

test("R15: somebody with a card and a face leaves by the outer door whatever the rules and whatever was done before", () => {
  fc.assert(
    fc.property(policies, moves, (policy, done) => {
      const points = run(policy, done);
      points.now = after(points.now, 200_000);
      points.feed({ type: "InterlockLost", at: points.now });
      const zoe = called("zoe");
      const times = {
        at: points.now,
        wall,
        local: monday,
        passage: "out",
        credential: zoe,
        surroundings: quiet,
      };
      points.credentials.set("out", zoe);
      const leaves = { ...outerEntry, accessPoint: "outer-exit" } as const;
      points.feed({ type: "CardPresented", card: "zoe", format: "f", ...times, ...leaves });
      points.feed({ type: "FaceJudged", verdict: { accepted: true }, face, ...times });
      expect(points.events.at(-1)).toMatchObject({ type: "AccessGranted", passage: "out" });
    }),
    runs,
  );
});

test("everybody's attempt ends once, and nothing is left of it", () => {
  fc.assert(
    fc.property(policies, moves, (policy, done) => {
      const points = run(policy, done);
      points.now = after(points.now, 200_000);
      points.feed({ type: "InterlockLost", at: points.now });
      const of = (...types: readonly string[]) =>
        points.events
          .filter(({ type }) => types.includes(type))
          .map((event) => ("passage" in event ? event.passage : ""))
          .toSorted();
      const begun = new Set(of("CardPresented", "RemoteVerificationStarted"));
      const ended = of("AccessDenied", "AccessTaken", "AccessNotTaken");
      expect(new Set(ended).size).toBe(ended.length);
      for (const passage of begun) expect(ended).toContain(passage);
      expect([points.state.attempts, points.state.parties]).toEqual([{}, {}]);
      expect(waitingAt(points.state, outerEntry)).toEqual([]);
    }),
    runs,
  );
});

test("the record alone gives the same state, and the same inputs decide the same", () => {
  fc.assert(
    fc.property(policies, moves, (policy, done) => {
      const points = run(policy, done, (input, events, { state }) => {
        // A passage under way is found by what is on record of it.
        if (
          "passage" in input &&
          input.type !== "CardPresented" &&
          input.type !== "RemoteVerificationRequested"
        )
          expect(attemptOf(state, input.passage)?.facts.passage).toBe(input.passage);
        expect(events).toEqual(events.map((event) => structuredClone(event)));
      });
      expect(points.events.reduce(evolve, initialAccessState)).toEqual(points.state);
      expect(run(policy, done).events).toEqual(points.events);
      points.feed({ type: "TimePassed", at: points.now });
      expect(decide(points.state, { type: "TimePassed", at: points.now }, policy)).toEqual([]);
    }),
    runs,
  );
});

test("what is remembered has a bound", () => {
  fc.assert(
    fc.property(policies, moves, (policy, done) => {
      run(policy, done, (_input, _events, { state }) => {
        expect(Object.keys(state.attempts).length).toBeLessThanOrEqual(accessPointNames.length);
        expect(Object.keys(state.parties).length).toBeLessThanOrEqual(accessPointNames.length);
        for (const { people: waiting } of Object.values(state.parties))
          expect(waiting.length).toBeLessThanOrEqual(mostPeopleTogether);
      });
    }),
    { numRuns: 100 },
  );
});

import { describe, expect, test } from "vitest";
import { decide } from "./decide.ts";
import {
  annas,
  doorNotPassed,
  doorPassed,
  doorReleased,
  faceAccepted,
  given,
  monday,
  passes,
  policyWith,
  presents,
  quiet,
  type Step,
  staff,
  wall,
} from "./given.ts";
import {
  areas,
  at,
  becomes,
  called,
  comes,
  counted,
  operatorAsksFor,
  policyFor,
  ran,
  shows,
} from "./given-people.ts";
import type { KnownCredential } from "./input.ts";

const asking = (count: number) =>
  policyFor({
    doors: { "v1/outer": { multiPerson: { count, groups: [], window: 30_000, directions: "entry" } } },
  });

/** Everybody under way is asked about again, as the shell does it: each at the time of the own decision. */
const reviewed: Step = (points) => {
  const people = [...points.credentials.keys()].map((passage) => {
    const judged = { local: monday, surroundings: quiet };
    return [passage, { ...judged, credential: points.credentials.get(passage) }] as const;
  });
  points.feed({ type: "CredentialsReviewed", at: points.now, wall, people: Object.fromEntries(people) });
};

const policy = policyWith();
const grantedToAnna = [presents("1001"), faceAccepted("1001")];
const released = [...grantedToAnna, doorReleased("1001")];
const changes: readonly (readonly [string, KnownCredential])[] = [
  ["lostCredential", { ...annas, cardStatus: "lost" }],
  ["suspendedCredential", { ...annas, cardStatus: "suspended" }],
  ["unknownCredential", { ...annas, cardStatus: "revoked" }],
  ["suspendedCredential", { ...annas, cardholderStatus: "suspended" }],
  ["expiredCredential", { ...annas, validUntil: wall }],
  ["noAccessLevel", { ...annas, accessLevels: [] }],
  ["unknownCredential", { ...annas, cardholder: "ben" }],
];

describe("A8: a release stands for somebody who may not pass any more", () => {
  test.each(changes)("%s: it is taken back once, and ends as the interlock says", (reason, credential) => {
    const changed = [becomes("1001", credential), reviewed];
    expect(given(policy, ...released).when(...changed, reviewed, doorNotPassed("1001"))).toEqual([
      `1001 AccessWithdrawn ${reason}`,
      "1001 AccessNotTaken",
    ]);
  });

  test("deleted: the same, under the pseudonym", () => {
    const gone: Step = (points) =>
      points.feed({
        type: "CredentialsReviewed",
        at: points.now,
        wall,
        people: { "1001": { local: monday, surroundings: quiet, credential: undefined } },
      });
    expect(given(policy, ...released).when(gone)).toEqual(["1001 AccessWithdrawn unknownCredential"]);
  });

  test("before the interlock has answered as well; whoever went through all the same is on record", () => {
    const lost = [becomes("1001", { ...annas, cardStatus: "lost" }), reviewed];
    expect(
      given(policy, ...grantedToAnna).when(...lost, doorReleased("1001"), reviewed, doorPassed("1001")),
    ).toEqual(["1001 AccessWithdrawn lostCredential", "1001 PassageReleased", "1001 AccessTaken"]);
  });

  test("nothing that concerns them changed: it stands, whatever the clock or an operator says since", () => {
    expect(given(policy, ...released).when(reviewed)).toEqual([]);
    const moved = [becomes("1001", { ...annas, area: "secure" }), reviewed];
    const strict = policyWith(areas({ antiPassback: "hard" }));
    expect(given(strict, ...released).when(...moved)).toEqual([]);
  });

  test("R15: out of the outer door they go", () => {
    const leaving = [
      presents("1001", { where: at("outer-exit") }),
      faceAccepted("1001"),
      doorReleased("1001"),
    ];
    const lost = [becomes("1001", { ...annas, cardStatus: "lost" }), reviewed];
    expect(given(policy, ...leaving).when(...lost)).toEqual([]);
  });
});

test("A8: the level that let them pass by card alone is taken away: one that asks for a face does not stand in", () => {
  const both = { ...annas, accessLevels: ["porters"] };
  const byCard = [presents("1001", { credential: both }), doorReleased("1001")];
  const left = [becomes("1001", { ...annas, accessLevels: ["staff"] }), reviewed];
  expect(given(policy, ...byCard).when(...left)).toEqual(["1001 AccessWithdrawn noAccessLevel"]);
  // Nor is anything taken back where another level asks for less, or for what was shown.
  expect(given(policy, ...released).when(becomes("1001", both), reviewed)).toEqual([]);
});

test("A8: without a card at hand: taken back where no level lets an operator help any more", () => {
  const helped = called("anna", { accessLevels: ["forgetful"] });
  const history = [operatorAsksFor("anna", helped), faceAccepted("anna"), doorReleased("anna")];
  expect(given(policyFor(), ...history).when(reviewed)).toEqual([]);
  const left = [becomes("anna", called("anna")), reviewed];
  expect(given(policyFor(), ...history).when(...left)).toEqual(["anna AccessWithdrawn noAccessLevel"]);
});

describe("A8: somebody is asked for more, or waits", () => {
  const lost = (name: string): readonly Step[] => [
    becomes(name, called(name, { cardStatus: "lost" })),
    reviewed,
  ];

  test("is refused at once, not when it is over", () => {
    expect(given(policyFor(), comes("anna")).when(...lost("anna"))).toEqual([
      "anna AccessDenied lostCredential",
    ]);
    const pin = shows("anna", { accessLevels: ["vault"] });
    expect(given(policyFor(), ...pin).when(...lost("anna"))).toEqual(["anna AccessDenied lostCredential"]);
  });

  test("A1: of a group that waits, who may not pass is refused; the others wait on", () => {
    const three = asking(3);
    const waiting = [...shows("anna"), ...shows("ben")];
    expect(given(three, ...waiting).when(...lost("anna"), passes(30_000))).toEqual([
      "anna AccessDenied lostCredential",
      "ben AccessDenied multiPersonIncomplete",
    ]);
  });

  test("A1: a group's release is taken back whoever of it may not pass", () => {
    const together = [...shows("anna"), ...shows("ben"), doorReleased("ben")];
    expect(given(asking(2), ...together).when(...lost("anna"), doorNotPassed("ben"))).toEqual([
      "anna AccessWithdrawn lostCredential",
      "anna AccessNotTaken",
      "ben AccessNotTaken",
    ]);
  });

  test("A7: a visitor's release is taken back with the host's card", () => {
    const together = [...shows("vic", { kind: "visitor", host: "holly" }), ...shows("holly")];
    const released = [...together, doorReleased("holly")];
    expect(given(policyFor(), ...released).when(...lost("holly"))).toEqual([
      "holly AccessWithdrawn lostCredential",
    ]);
  });

  test("A4: who is counted is asked about again before anything is released", () => {
    const counting = policyFor(areas({ countingCamera: "inside" }));
    const there = [...shows("anna", {}, { where: at("inner-entry") })];
    const history = given(counting, ...there);
    expect(history.when(...lost("anna"))).toEqual([]);
    expect(history.when(...lost("anna"), counted("anna", 1))).toContain("anna AccessDenied lostCredential");
  });
});

test("A8: the display says to ask somebody, with one text for whatever is wrong with a card", () => {
  const { displays } = ran(policy, ...released, becomes("1001", { ...annas, cardStatus: "lost" }), reviewed);
  expect(displays.at(-1)).toEqual({ text: "askStaff", hint: null });
});

test("A9: a level that the operator gives other hours is withdrawn where they are not open", () => {
  const sunday = { ...monday, day: "sunday", yesterday: "saturday" } as const;
  const judged = { local: sunday, surroundings: quiet, credential: annas };
  const weekdays = { name: "weekdays", spans: [{ days: ["monday"], from: 0, to: 1_440 }] } as const;
  const points = ran(policy, ...released).points;
  const events = decide(
    points.state,
    { type: "CredentialsReviewed", at: points.now, wall, people: { "1001": judged } },
    policyWith({ levels: [{ ...staff, schedule: weekdays }] }),
  );
  expect(events).toMatchObject([{ type: "AccessWithdrawn", reason: "outOfSchedule", lead: "1001" }]);
});

import { describe, expect, test } from "vitest";
import {
  contact,
  fire,
  given,
  givenFromStart,
  occupancyKnown,
  occupancyReset,
  overrideBy,
  passes,
  policyWith,
  requested,
  type Step,
} from "./given.ts";

const policy = policyWith({ heldOpenTime: 300_000 });

/** Somebody goes through a door, or several together: released for them, opened, closed, settled. */
const goes = (door: "outer" | "inner", who: string, enters: boolean, people?: number): readonly Step[] => [
  requested(door, who, 1_000, enters, people),
  contact(door, "open"),
  passes(1_000),
  contact(door, "closed"),
  passes(1_000),
];

describe("R15: person detained", () => {
  test("whoever has come in and does not leave within the dwell time", () => {
    expect(given(policy, ...goes("outer", "anna", true)).when(passes(119_000))).toEqual([]);
    expect(given(policy, ...goes("outer", "anna", true)).when(passes(120_000))).toEqual(["PersonDetained"]);
  });

  test("from the secure side too", () => {
    expect(given(policy, ...goes("inner", "anna", true)).when(passes(120_000))).toEqual(["PersonDetained"]);
  });

  test("nobody is once they have left, by either door", () => {
    for (const door of ["outer", "inner"] as const) {
      expect(
        given(policy, ...goes("outer", "anna", true), ...goes(door, "again", false)).when(passes(300_000)),
      ).toEqual([]);
    }
  });

  test("it ends when they leave by the door they came in through", () => {
    expect(
      given(policy, ...goes("outer", "anna", true), passes(120_000)).when(...goes("outer", "again", false)),
    ).toEqual([
      "outer DoorReleased again",
      "outer DoorOpened granted",
      "outer DoorSecured opened",
      "outer DoorClosed",
      "outer AccessTaken again",
      "DetentionEnded",
    ]);
  });

  test("a release that nobody takes puts nobody inside", () => {
    expect(given(policy, requested("outer", "anna")).when(passes(300_000))).not.toContain("PersonDetained");
  });

  test("of two the one who has been there longer counts", () => {
    const two = [...goes("outer", "anna", true), passes(60_000), ...goes("outer", "bo", true)];
    expect(given(policy, ...two).when(passes(60_000))).toEqual(["PersonDetained"]);
    expect(given(policy, ...two, ...goes("inner", "out", false)).when(passes(116_000))).toEqual([]);
    expect(given(policy, ...two, ...goes("inner", "out", false)).when(passes(120_000))).toEqual([
      "PersonDetained",
    ]);
  });

  test("A1: a group is as many as it is, in and out", () => {
    const group = [...goes("outer", "two", true, 2), passes(60_000)];
    expect(given(policy, ...group, ...goes("inner", "both", false, 2)).when(passes(300_000))).toEqual([]);
    // One of them stays: from when they came in.
    expect(given(policy, ...group, ...goes("inner", "one", false)).when(passes(57_000))).toEqual([]);
    expect(given(policy, ...group, ...goes("inner", "one", false)).when(passes(57_100))).toEqual([
      "PersonDetained",
    ]);
  });

  test("A1: two groups: the first that came in counts, until all of it has left", () => {
    const groups = [
      ...goes("outer", "three", true, 3),
      passes(60_000),
      ...goes("outer", "two", true, 2),
      ...goes("inner", "out", false, 3),
    ];
    expect(given(policy, ...groups).when(passes(117_000))).toEqual([]);
    expect(given(policy, ...groups).when(passes(117_100))).toEqual(["PersonDetained"]);
  });

  test("A1: no more than 16, and none fewer than nobody, whatever the controller says", () => {
    const counted = (people: number) => {
      const steps = [...goes("outer", "in", true, people), ...goes("inner", "out", false, 15)];
      return given(policy, ...steps).when(passes(300_000)).length;
    };
    // 16 of 40 were let in, and one is left; what is no number of people was one.
    expect([40, 16, 15, 1, 0, -3, Number.NaN].map(counted)).toEqual([1, 1, 0, 0, 0, 0, 0]);
    expect(given(policy, ...goes("outer", "in", true, Number.NaN)).when(passes(300_000))).toEqual([
      "PersonDetained",
    ]);
  });

  test("R13: through a door that operators opened they may have left", () => {
    expect(
      given(policy, ...goes("outer", "anna", true)).when(
        overrideBy("wang", "outer"),
        overrideBy("li", "outer"),
        contact("outer", "open"),
        passes(1_000),
        contact("outer", "closed"),
        passes(300_000),
      ),
    ).not.toContain("PersonDetained");
  });

  test("R12: nor is anybody once a door was opened in an emergency", () => {
    const left = [fire("active"), contact("inner", "open"), passes(1_000)];
    expect(given(policy, ...goes("outer", "anna", true)).when(...left, passes(300_000))).not.toContain(
      "PersonDetained",
    );
  });

  test("those who were inside when the interlock was started anew are counted from then", () => {
    expect(givenFromStart(policy, occupancyKnown(2)).when(passes(119_999))).not.toContain("PersonDetained");
    expect(givenFromStart(policy, occupancyKnown(2)).when(passes(120_000))).toContain("PersonDetained");
  });

  test("an operator says that they are not there: nobody is detained, and the next one counts anew", () => {
    const inside = [...goes("outer", "anna", true), passes(120_000)];
    expect(given(policy, ...inside).when(occupancyReset(-1))).toEqual([
      "OccupancyCorrected",
      "DetentionEnded",
    ]);
    expect(given(policy, ...inside).when(occupancyReset("nobody"))).toEqual([
      "OccupancyCorrected",
      "DetentionEnded",
    ]);
    const next = [...inside, occupancyReset(-1), ...goes("outer", "bo", true)];
    expect(given(policy, ...next).when(passes(119_000))).toEqual([]);
    expect(given(policy, ...next).when(passes(120_000))).toEqual(["PersonDetained"]);
  });

  test("everybody is said to be elsewhere: nobody is left, however many came in", () => {
    const three = goes("outer", "three", true, 3);
    expect(given(policy, ...three).when(occupancyReset("nobody"), passes(300_000))).toEqual([
      "OccupancyCorrected",
    ]);
  });

  test("whoever stays is measured from when the first came in: said of one of two, nobody is told too late", () => {
    const two = [...goes("outer", "anna", true), passes(60_000), ...goes("outer", "bo", true)];
    expect(given(policy, ...two, occupancyReset(-1)).when(passes(57_000))).toEqual([]);
    expect(given(policy, ...two, occupancyReset(-1)).when(passes(57_100))).toEqual(["PersonDetained"]);
    // The one who is detained is not the one who was said to be elsewhere.
    expect(given(policy, ...two, passes(60_000)).when(occupancyReset(-1))).toEqual(["OccupancyCorrected"]);
  });

  test("an operator says that somebody is there: from then", () => {
    expect(given(policy, occupancyReset(1)).when(passes(119_999))).toEqual([]);
    expect(given(policy, occupancyReset(1)).when(passes(120_000))).toEqual(["PersonDetained"]);
    // Beside somebody who has been there longer it changes nothing for them.
    const beside = [...goes("outer", "anna", true), passes(60_000), occupancyReset(1)];
    expect(given(policy, ...beside).when(passes(59_100))).toEqual(["PersonDetained"]);
    expect(given(policy, ...beside, ...goes("inner", "out", false)).when(passes(117_900))).toEqual([]);
    expect(given(policy, ...beside, ...goes("inner", "out", false)).when(passes(118_000))).toEqual([
      "PersonDetained",
    ]);
  });

  test("what is said of people is bounded, and nonsense changes nothing", () => {
    const left = (change: number, leaving: number) =>
      given(
        policy,
        ...goes("outer", "three", true, 3),
        occupancyReset(change),
        ...goes("inner", "out", false, leaving),
      ).when(passes(300_000)).length;
    // 3 − 2 = 1; 3 + 40 is 16; 3 − 40 is nobody.
    expect([left(-2, 1), left(-1, 1), left(40, 15), left(40, 16), left(-40, 0)]).toEqual([0, 1, 1, 0, 0]);
    const said = [0, Number.NaN, 0.5, -0.9].map(occupancyReset);
    expect(given(policy, ...goes("outer", "anna", true)).when(...said)).toEqual([]);
    expect(given(policy).when(...[-1, -40, "nobody" as const].map(occupancyReset))).toEqual([]);
  });

  test("what is known of them is not overwritten by what was known before", () => {
    expect(
      given(policy, ...goes("outer", "anna", true), passes(60_000), occupancyKnown(3)).when(passes(60_000)),
    ).toEqual(["PersonDetained"]);
    expect(given(policy, ...goes("outer", "anna", true)).when(occupancyKnown(3))).toEqual([]);
    expect(given(policy).when(occupancyKnown(0), occupancyKnown(-1), passes(300_000))).toEqual([]);
  });
});

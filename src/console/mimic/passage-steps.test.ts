import { expect, test } from "vitest";
import { instant } from "../../domain/time.ts";
import type { PassageView } from "../../ports/controller-services.ts";
import { figuresIn } from "./mimic-figures.ts";
import { peopleOf, stepsOf } from "./passage-steps.ts";

const passage = (more: Partial<PassageView>): PassageView => ({
  ...{ id: "p1", accessPoint: "outer-entry", step: "verifying", cardholder: "anna" },
  ...{ mode: "card+face", wants: ["face"], verified: [], of: 1, since: instant(0) },
  ...more,
});

/** `card! face> release open close`: done, current, still to come. */
const told = (view: PassageView): string =>
  stepsOf(view)
    .map(({ name, state, progress }) => {
      const count = progress === null ? "" : `${progress.present}/${progress.of}`;
      return `${name}${count}${{ done: "!", current: ">", todo: "" }[state]}`;
    })
    .join(" ");

test.each([
  [passage({}), "card! face> release open close"],
  [passage({ mode: "card+face+pin", wants: ["face", "pin"] }), "card! face> pin release open close"],
  [passage({ mode: "card+face+pin", wants: ["pin"] }), "card! face! pin> release open close"],
  [passage({ mode: "face+remote", wants: ["face", "remote"] }), "face> remote release open close"],
  [passage({ wants: ["remote"] }), "card! face! remote> release open close"],
  [passage({ step: "released", wants: [] }), "card! face! release! open> close"],
  [passage({ step: "open", wants: [] }), "card! face! release! open! close>"],
  [passage({ step: "counting", wants: [] }), "card! face! count> release open close"],
] as const)("a passage's steps and where it is: %#", (view, expected) => {
  expect(told(view)).toBe(expected);
});

test("A1: the second person is verified while the first waits: 1 of 2", () => {
  const first = passage({ step: "waiting", wants: [], verified: ["anna"], of: 2 });
  expect(told(first)).toBe("card! face! others1/2> release open close");
  const second = passage({ cardholder: "li", verified: ["anna"], of: 2 });
  expect(told(second)).toBe("card! face> others1/2 release open close");
  expect(peopleOf(second)).toEqual(["anna", "li"]);
});

test("whoever passes stands at the reader, and behind the door once it is open, counted once", () => {
  const spots = (view: PassageView | null, occupancy: number) =>
    figuresIn({ passage: view, occupancy }).map(({ where, cardholder }) => [
      where.at ?? where.area,
      cardholder,
    ]);
  expect(spots(null, 0)).toEqual([]);
  expect(spots(passage({}), 0)).toEqual([["outer-entry", "anna"]]);
  const open = passage({ step: "open", verified: ["anna"] });
  expect(spots(open, 0)).toEqual([["vestibule", "anna"]]);
  expect(spots(open, 1)).toEqual([["vestibule", "anna"]]);
  const goesIn = passage({ accessPoint: "inner-entry" });
  expect(spots(goesIn, 2)).toEqual([
    ["inner-entry", "anna"],
    ["vestibule", null],
  ]);
  expect(spots(null, 9)).toHaveLength(3);
});

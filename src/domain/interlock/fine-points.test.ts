import { describe, expect, test } from "vitest";
import { instant } from "../time.ts";
import { evolve } from "./evolve.ts";
import {
  bolt,
  boltsAre,
  commandFailed,
  commandWorked,
  contact,
  fire,
  given,
  givenFromStart,
  overrideBy,
  Pair,
  passes,
  policyWith,
  ready,
  requested,
  type Step,
} from "./given.ts";
import { initialState, isWarning } from "./state.ts";

// What only a mutation tool had noticed that nothing tested.

const policy = policyWith();
const bolted = policyWith({ bolt: "fitted" });
const overriding: readonly Step[] = [overrideBy("wang", "outer"), overrideBy("li", "outer")];

describe("R17: both open", () => {
  test("an override of one door explains the other that somebody holds open with leave", () => {
    const heldInner = [requested("inner", "anna"), contact("inner", "open"), passes(1_000)];
    expect(given(policy, ...heldInner, ...overriding).when(contact("outer", "open"), passes(200))).toEqual([
      "outer DoorOpened override",
    ]);
  });
});

describe("R6: the local warning", () => {
  test("stops when a fire or operators hold the door open", () => {
    const pair = new Pair(policyWith({ heldOpenTime: 6_000 }));
    for (const step of [ready, requested("outer", "anna"), contact("outer", "open"), passes(2_000)])
      step(pair);
    expect(isWarning(pair.state)).toBe(true);
    fire("active")(pair);
    expect(isWarning(pair.state)).toBe(false);
  });
});

describe("R4: the end of a release", () => {
  test("counts from the opening, also where the door is pulled shut again before", () => {
    expect(
      given(policy, requested("outer", "anna"), contact("outer", "open"), passes(250)).when(
        contact("outer", "closed"),
        passes(1_000),
      ),
    ).toEqual(["outer DoorSecured opened", "outer DoorClosed", "outer AccessTaken anna"]);
  });

  test("a contact that fails in the last moment is not waited for", () => {
    expect(
      given(policy, requested("outer", "anna"), passes(4_950), contact("outer", "fault")).when(passes(50)),
    ).toEqual(["outer DoorSecured timeUp", "outer AccessNotTaken anna"]);
  });
});

describe("R8: a bolt that would not throw", () => {
  const faulty: readonly Step[] = [requested("outer", "anna"), boltsAre("outer", "stuck"), passes(8_000)];

  test("is not mended by opening the door, nor by a sensor that says thrown beside an open one", () => {
    expect(given(bolted, ...faulty).when(contact("outer", "open"), passes(50))).not.toContain(
      "outer LockFaultCleared",
    );
    expect(
      given(bolted, ...faulty, contact("outer", "open")).when(bolt("outer", "thrown"), passes(50)),
    ).not.toContain("outer LockFaultCleared");
    expect(given(bolted, ...faulty).when(bolt("outer", "thrown"))).toContain("outer LockFaultCleared");
  });

  test("one that has never been read is no fault", () => {
    const unread = [boltsAre("outer", "stuck"), boltsAre("inner", "stuck"), contact("outer", "closed")];
    expect(givenFromStart(bolted, ...unread).when(passes(10_000))).toEqual(["ControllerReturned"]);
  });
});

test("R12: a lock that lets go only at the second try was meant to be released all the time", () => {
  expect(
    given(policy, fire("active"), commandFailed("outer"), contact("outer", "open"), passes(50)).when(
      commandWorked("outer"),
      passes(100),
    ),
  ).toEqual(["outer LockFaultCleared", "outer DoorOpened emergency"]);
});

test("R10: nothing is secure before it has been read, and a first reading is no change", () => {
  const at = instant(5);
  const state = initialState(at);
  expect(state.doors.outer.secure).toBe(false);
  const read = evolve(state, { type: "ContactRead", at, door: "outer", contact: "closed" });
  expect(read.doors.outer.contactEdges).toEqual([]);
});

test("R15: more people than a vestibule holds are not remembered one by one", () => {
  const grant = { id: "anna", kind: "access", enters: true } as const;
  let state = initialState(instant(0));
  for (let count = 1; count <= 40; count++)
    state = evolve(state, { type: "AccessTaken", at: instant(count), door: "outer", grant, openFor: 1 });
  expect(state.entered).toHaveLength(16);
  expect(state.entered[0]).toBe(1);
});

test("R9: changes from before a line's fault still count as flapping after it", () => {
  const shaky = policyWith({ flapLimit: 5 });
  const changes = [contact("outer", "open"), contact("outer", "closed"), contact("outer", "open")];
  expect(
    given(shaky, ...changes, contact("outer", "fault"), contact("outer", "closed")).when(
      contact("outer", "open"),
    ),
  ).toContain("outer ContactFault flapping");
});

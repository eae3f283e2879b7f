import { describe, expect, test } from "vitest";
import { doorNames, opposite } from "../names.ts";
import {
  asleep,
  bounces,
  contact,
  given,
  givenFromStart,
  heartbeat,
  Pair,
  passes,
  policyWith,
  ready,
  requested,
  secureRequested,
} from "./given.ts";
import { isWarning } from "./state.ts";

describe.each(doorNames.map((door) => ({ door, other: opposite(door) })))("$door door", ({ door, other }) => {
  const policy = policyWith();

  test("R7: opened without a release is forced", () => {
    expect(given(policy).when(contact(door, "open"), passes(100))).toEqual([
      `${door} DoorOpened forced`,
      `${door} DoorForcedOpen`,
    ]);
  });

  test("R7: forcing it secures the other one at the first edge, before it is certain", () => {
    const events = given(policy, requested(other, "anna")).when(contact(door, "open"));
    expect(events).toEqual([`${other} DoorSecured otherNotSecure`, `${other} AccessNotTaken anna`]);
  });

  test("R7: opened again after the passage is over is forced", () => {
    const passed = [requested(door, "anna"), contact(door, "open"), passes(1_000), contact(door, "closed")];
    const events = given(policy, ...passed, passes(100)).when(contact(door, "open"), passes(100));
    expect(events).toEqual([`${door} DoorOpened forced`, `${door} DoorForcedOpen`]);
  });

  test.each([
    { when: "the controller secured everything", step: secureRequested },
    { when: "the other door moved", step: contact(other, "open") },
  ])("R7: opened after $when is forced", ({ step }) => {
    const events = given(policy, requested(door, "anna"), step, passes(1)).when(
      contact(door, "open"),
      passes(100),
    );
    expect(events).toContain(`${door} DoorForcedOpen`);
  });

  test("R7: a late timer judges the opening by its edge", () => {
    const open = given(policy, requested(door, "anna"), passes(4_900), contact(door, "open"));
    expect(open.when(asleep(10_000))).toEqual([
      `${door} DoorSecured timeUp`,
      `${door} DoorOpened granted`,
      "ControllerLost",
      `${door} DoorHeldOpenWarning`,
    ]);
  });

  test.each([
    { wait: 9_999, told: [] },
    { wait: 10_000, told: ["DoorHeldOpenWarning"] },
    { wait: 14_999, told: ["DoorHeldOpenWarning"] },
    { wait: 15_000, told: ["DoorHeldOpenWarning", "DoorHeldOpen"] },
    { wait: 90_000, told: ["DoorHeldOpenWarning", "DoorHeldOpen"] },
  ])("R6: open for $wait ms → $told", ({ wait, told }) => {
    const opened = given(policy, requested(door, "anna"), contact(door, "open"), passes(400));
    expect(opened.when(passes(wait - 400))).toEqual(told.map((event) => `${door} ${event}`));
  });

  test("R6: closed within the debounce of the alarm is still held open; closed before it is not", () => {
    const open = [requested(door, "anna"), contact(door, "open")];
    const inTime = given(policy, ...open, passes(14_899)).when(contact(door, "closed"), passes(10_000));
    expect(inTime).toEqual([`${door} DoorClosed`, `${door} AccessTaken anna`]);
  });

  test("R6: the local warning goes on after the alarm, until the door is closed", () => {
    const pair = new Pair(policy);
    ready(pair);
    requested(door, "anna")(pair);
    contact(door, "open")(pair);
    pair.pass(9_999);
    expect(isWarning(pair.state)).toBe(false);
    pair.pass(6_001);
    expect(isWarning(pair.state)).toBe(true);
    contact(door, "closed")(pair);
    pair.pass(100);
    expect(isWarning(pair.state)).toBe(false);
  });

  test("R6: each opening is timed anew", () => {
    const first = [requested(door, "anna"), contact(door, "open"), passes(16_000), contact(door, "closed")];
    const again = [passes(1_000), requested(door, "ben"), contact(door, "open")];
    expect(given(policy, ...first, ...again, passes(400)).when(passes(14_600))).toEqual([
      `${door} DoorHeldOpenWarning`,
      `${door} DoorHeldOpen`,
    ]);
  });

  test("R6: a warning longer than the time itself comes with the opening", () => {
    const eager = policyWith({ heldOpenTime: 5_000, heldOpenWarning: 9_000 });
    expect(given(eager, requested(door, "anna")).when(contact(door, "open"), passes(400))).toEqual([
      `${door} DoorOpened granted`,
      `${door} DoorHeldOpenWarning`,
      `${door} DoorSecured opened`,
    ]);
  });

  test("R17: both open is a violation, once, until one of them is closed", () => {
    const oneOpen = given(policy, requested(door, "anna"), contact(door, "open"), passes(400));
    expect(oneOpen.when(contact(other, "open"), passes(100))).toEqual([
      `${other} DoorOpened forced`,
      `${other} DoorForcedOpen`,
      "InterlockViolated",
    ]);
    const both = given(
      policy,
      requested(door, "anna"),
      contact(door, "open"),
      passes(400),
      contact(other, "open"),
      passes(400),
    );
    expect(both.when(contact(door, "closed"), passes(100))).toEqual([
      `${door} DoorClosed`,
      `${door} AccessTaken anna`,
      "InterlockRestored",
    ]);
  });

  test("R10, T29: found open at the start is told as found, never as forced, and the other stays shut", () => {
    const start = givenFromStart(policy, heartbeat(0), contact(other, "closed"), passes(1_000));
    expect(start.when(contact(door, "open"), requested(other, "anna"))).toEqual([
      `${door} DoorOpened found`,
      `${door} DoorFoundOpen`,
      `${other} ReleaseRefused otherNotSecure anna`,
    ]);
  });

  test("R10: found open is timed like any opening, and its closing makes the other releasable", () => {
    const start = givenFromStart(policy, heartbeat(0), contact(other, "closed"), contact(door, "open"));
    expect(start.when(passes(15_000))).toEqual([`${door} DoorHeldOpenWarning`, `${door} DoorHeldOpen`]);
    expect(start.when(contact(door, "closed"), passes(500), requested(other, "anna"))).toEqual([
      `${door} DoorClosed`,
      `${other} DoorReleased anna`,
    ]);
  });

  test("R10: found faulty first, then open, is found open", () => {
    const start = givenFromStart(policy, heartbeat(0), contact(door, "fault"), passes(1_000));
    expect(start.when(contact(door, "open"))).toEqual([
      `${door} ContactFaultCleared`,
      `${door} DoorOpened found`,
      `${door} DoorFoundOpen`,
    ]);
  });

  test("T27: a bouncing contact opens and closes once, from its first edge to its last", () => {
    const pair = new Pair(policy);
    ready(pair);
    requested(door, "anna")(pair);
    const openedAt = pair.now;
    bounces(door, "open", [1, 7, 30, 2])(pair);
    pair.pass(1_960);
    bounces(door, "closed", [20, 30, 40, 5])(pair);
    const closedAt = pair.now;
    pair.pass(1_000);
    const moved = pair.events.filter(({ type }) => /^(Door(Opened|Closed)|Access)/.test(type));
    expect(moved).toMatchObject([
      { type: "DoorOpened", edgeAt: openedAt, cause: "granted" },
      { type: "DoorClosed", edgeAt: closedAt, openFor: closedAt - openedAt },
      { type: "AccessTaken", openFor: closedAt - openedAt },
    ]);
  });

  test("T27: an edge exactly at the end of the debounce is a movement of its own", () => {
    const pair = new Pair(policy);
    ready(pair);
    requested(door, "anna")(pair);
    contact(door, "open")(pair);
    pair.pass(1_000);
    contact(door, "closed")(pair);
    pair.pass(100);
    requested(door, "ben")(pair);
    const reopenedAt = pair.now;
    contact(door, "open")(pair);
    pair.pass(100);
    expect(pair.events.findLast(({ type }) => type === "DoorOpened")).toMatchObject({
      edgeAt: reopenedAt,
      cause: "granted",
    });
  });

  test("R5, T27: a door that trembles while its time runs out is still opened by whom it was released for", () => {
    const trembling = [passes(4_980), contact(door, "open"), passes(10), contact(door, "closed"), passes(15)];
    expect(
      given(policy, requested(door, "anna"), ...trembling).when(
        contact(door, "open"),
        passes(1_000),
        contact(door, "closed"),
        passes(100),
      ),
    ).toEqual([`${door} DoorOpened granted`, `${door} DoorClosed`, `${door} AccessTaken anna`]);
  });

  test("R5: opened in the very instant in which the release ends is opened in it", () => {
    const events = given(policy, requested(door, "anna"), passes(1_000)).when(
      contact(door, "open"),
      secureRequested,
      passes(100),
    );
    expect(events).toEqual([`${door} DoorSecured commanded`, `${door} DoorOpened granted`]);
  });

  test("T27: a glitch of a closed contact is no opening", () => {
    expect(given(policy).when(bounces(door, "open", [1, 3, 5]), passes(500))).toEqual([]);
  });

  test("R5: how long it was open leaves the bouncing out", () => {
    const pair = new Pair(policy);
    ready(pair);
    contact(door, "open")(pair);
    pair.pass(3_000);
    contact(door, "closed")(pair);
    pair.pass(100);
    expect(pair.events.at(-1)).toMatchObject({ type: "DoorClosed", door, openFor: 3_000 });
  });
});

test("T29: both open at the start is a violation; both closed again, a door can be released", () => {
  const start = givenFromStart(policyWith(), heartbeat(0), contact("outer", "open"));
  expect(start.when(contact("inner", "open"))).toEqual([
    "inner DoorOpened found",
    "inner DoorFoundOpen",
    "InterlockViolated",
  ]);
  const both = givenFromStart(policyWith(), heartbeat(0), contact("outer", "open"), contact("inner", "open"));
  expect(
    both.when(
      contact("outer", "closed"),
      contact("inner", "closed"),
      passes(600),
      requested("inner", "anna"),
    ),
  ).toEqual(["outer DoorClosed", "InterlockRestored", "inner DoorClosed", "inner DoorReleased anna"]);
});

import { describe, expect, test } from "vitest";
import {
  contact,
  controllerGone,
  controllerSilent,
  given,
  givenFromStart,
  heartbeat,
  passes,
  policyWith,
  requested,
  unnoticed,
} from "./given.ts";

test("rules that undo each other are a bug, which is said instead of going on for ever", () => {
  // A limit that no contact keeps: it flaps, is believed again, flaps …
  const impossible = givenFromStart(policyWith({ flapLimit: -1 }), contact("outer", "closed"));
  expect(() => impossible.when(passes(2_000))).toThrow(
    /come to rest: ContactFaultCleared, ContactFault, ContactFaultCleared, ContactFault, ContactFaultCleared, ContactFault$/,
  );
});

describe("R16: silence is unsafe", () => {
  const policy = policyWith();

  test("released, the lease ends exactly heartbeatTime after the last heartbeat was sent", () => {
    const silent = given(policy, requested("outer", "anna"), heartbeat(0), controllerSilent);
    expect(silent.when(passes(999))).toEqual([]);
    expect(silent.when(passes(1_000))).toEqual([
      "ControllerLost",
      "outer DoorSecured controllerLost",
      "outer AccessNotTaken anna",
    ]);
  });

  test("a heartbeat that waited in a queue counts from when it was sent", () => {
    const silent = given(policy, controllerSilent, passes(200)).when(heartbeat(400), passes(600));
    expect(silent).toEqual(["ControllerLost"]);
    const stale = given(policy, controllerSilent, passes(990)).when(heartbeat(1_000), passes(10));
    expect(stale).toEqual(["ControllerLost"]);
  });

  test.each([-3_600_000, Number.NEGATIVE_INFINITY, Number.NaN])(
    "a heartbeat sent %s ms ago buys no more than the lease",
    (ago) => {
      const events = given(policy, controllerSilent).when(heartbeat(ago), passes(1_000));
      expect(events).toEqual(["ControllerLost"]);
    },
  );

  test("a heartbeat after the lease has ended saves nothing, however late the timer", () => {
    const events = given(policy, requested("outer", "anna")).when(unnoticed(10_000), heartbeat(0));
    expect(events).toEqual([
      "ControllerLost",
      "outer DoorSecured controllerLost",
      "outer AccessNotTaken anna",
      "ControllerReturned",
    ]);
  });

  test("gone with its connection: at once, and once", () => {
    expect(
      given(policy, requested("inner", "anna")).when(controllerGone, controllerGone, passes(9_000)),
    ).toEqual(["ControllerLost", "inner DoorSecured controllerLost", "inner AccessNotTaken anna"]);
  });

  test("lost while the door is open: the passage still ends as taken, nothing opens any more", () => {
    const open = given(policy, requested("inner", "anna"), contact("inner", "open"), passes(100));
    expect(
      open.when(controllerGone, contact("inner", "closed"), passes(1_000), requested("outer", "ben")),
    ).toEqual([
      "ControllerLost",
      "inner DoorSecured controllerLost",
      "inner DoorClosed",
      "inner AccessTaken anna",
      "outer ReleaseRefused controllerLost ben",
    ]);
  });

  test("back, it is told, and may release again", () => {
    const events = given(policy, controllerGone, passes(5_000)).when(heartbeat(0), requested("outer", "ben"));
    expect(events).toEqual(["ControllerReturned", "outer DoorReleased ben"]);
  });

  test("a heartbeat too old does not bring it back", () => {
    const events = given(policy, controllerGone).when(heartbeat(1_000), requested("outer", "ben"));
    expect(events).toEqual(["outer ReleaseRefused controllerLost ben"]);
  });

  test("before it was ever heard nothing is released", () => {
    const unheard = [controllerSilent, contact("outer", "closed"), contact("inner", "closed"), passes(1_000)];
    expect(givenFromStart(policy, ...unheard).when(requested("outer", "anna"))).toEqual([
      "outer ReleaseRefused controllerLost anna",
    ]);
  });

  test("before it was ever heard there is nobody to lose", () => {
    expect(givenFromStart(policy).when(controllerGone, passes(5_000))).toEqual([]);
  });

  test("forced doors, violations and faults are recognised without it", () => {
    expect(
      given(policy, controllerGone).when(contact("outer", "open"), contact("inner", "open"), passes(100)),
    ).toEqual([
      "outer DoorOpened forced",
      "outer DoorForcedOpen",
      "inner DoorOpened forced",
      "inner DoorForcedOpen",
      "InterlockViolated",
    ]);
  });
});

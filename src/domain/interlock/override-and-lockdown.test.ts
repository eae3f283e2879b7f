import { describe, expect, test } from "vitest";
import { after } from "../time.ts";
import {
  commandFailed,
  contact,
  controllerGone,
  controllerSilent,
  fire,
  given,
  grantOf,
  lockdown,
  overrideBy,
  passes,
  policyWith,
  requested,
  rexPressed,
  type Step,
  secureRequested,
} from "./given.ts";

const policy = policyWith();
const overridden = [overrideBy("wang", "outer"), overrideBy("li", "outer")] as const;

describe("R14: lockdown", () => {
  test.each(["order", "input"] as const)("by %s it secures what is released, and refuses", (by) => {
    expect(given(policy, requested("outer", "anna")).when(lockdown(true, by))).toEqual([
      "LockdownStarted",
      "outer DoorSecured lockdown",
      "outer AccessNotTaken anna",
    ]);
    expect(given(policy, lockdown(true, by)).when(requested("inner", "bo"))).toEqual([
      "inner ReleaseRefused lockdown bo",
    ]);
  });

  test("R11: who asks for the way out is refused as well", () => {
    const wayOut: Step = (pair) =>
      pair.feed({
        type: "ReleaseRequested",
        at: pair.now,
        door: "inner",
        grant: grantOf("exit", "egress", false),
        notAfter: after(pair.now, 1_000),
      });
    expect(given(policy, lockdown(true)).when(wayOut)).toEqual(["inner ReleaseRefused lockdown exit"]);
  });

  test("the button at the door is heard, and opens nothing by itself", () => {
    expect(given(policy, lockdown(true)).when(rexPressed("inner"))).toEqual(["inner ExitRequested"]);
  });

  test("it lasts until whoever ordered it lifts it: the switch does not undo the order", () => {
    expect(
      given(policy, lockdown(true, "order"), lockdown(true, "input"), lockdown(false, "input")).when(
        requested("outer", "anna"),
      ),
    ).toEqual(["outer ReleaseRefused lockdown anna"]);
    expect(
      given(policy, lockdown(true, "order"), lockdown(false, "order")).when(requested("outer", "anna")),
    ).toEqual(["outer DoorReleased anna"]);
  });

  test("nor does the order undo the switch", () => {
    expect(
      given(policy, lockdown(true, "order"), lockdown(true, "input"), lockdown(false, "order")).when(
        requested("outer", "anna"),
        lockdown(false, "input"),
        requested("outer", "bo"),
      ),
    ).toEqual(["outer ReleaseRefused lockdown anna", "LockdownEnded", "outer DoorReleased bo"]);
  });

  test("said again, it changes nothing", () => {
    expect(given(policy, lockdown(true)).when(lockdown(true))).toEqual([]);
    expect(given(policy).when(lockdown(false))).toEqual([]);
  });

  test("it does not expire, nor end with the controller", () => {
    expect(given(policy, lockdown(true)).when(controllerGone, passes(86_400_000))).toEqual([
      "ControllerLost",
    ]);
  });

  test("it ends an override and refuses another", () => {
    expect(given(policy, ...overridden).when(lockdown(true))).toEqual([
      "LockdownStarted",
      "outer DoorSecured lockdown",
      "OverrideEnded",
    ]);
    expect(given(policy, lockdown(true)).when(overrideBy("wang", "both"))).toEqual([
      "OverrideRefused lockdown",
    ]);
    expect(given(policy, overrideBy("wang", "both"), lockdown(true)).when(overrideBy("li", "both"))).toEqual([
      "OverrideRefused lockdown",
    ]);
  });
});

describe("R13: override by two operators", () => {
  test("the first proposes, the second makes it so", () => {
    expect(given(policy).when(overrideBy("wang", "both"))).toEqual(["OverrideProposed"]);
    expect(given(policy, overrideBy("wang", "both")).when(passes(29_999), overrideBy("li", "both"))).toEqual([
      "OverrideStarted",
      "outer OverrideDoorReleased",
      "inner OverrideDoorReleased",
    ]);
  });

  test("the same operator does not count twice, however often they ask", () => {
    expect(
      given(policy, overrideBy("wang", "both")).when(
        overrideBy("wang-2", "both"),
        overrideBy("wang", "both"),
      ),
    ).toEqual(["OverrideRefused samePerson"]);
  });

  test("a second operator who comes after 30 s only proposes anew", () => {
    expect(given(policy, overrideBy("wang", "both")).when(passes(30_000), overrideBy("li", "both"))).toEqual([
      "OverrideLapsed",
      "OverrideProposed",
    ]);
  });

  test("who names other doors proposes something else", () => {
    expect(given(policy, overrideBy("wang", "outer")).when(overrideBy("li", "both"))).toEqual([
      "OverrideLapsed",
      "OverrideProposed",
    ]);
  });

  test("it returns by itself after its time", () => {
    expect(given(policy, ...overridden).when(passes(59_999))).toEqual([]);
    expect(given(policy, ...overridden).when(passes(60_000))).toEqual([
      "outer DoorSecured overrideEnded",
      "OverrideEnded",
    ]);
  });

  test("two operators prolong it, counted from then", () => {
    const again = [overrideBy("wang-2", "outer"), overrideBy("li-2", "outer")];
    expect(given(policy, ...overridden, passes(50_000), ...again).when(passes(59_999))).toEqual([]);
    expect(given(policy, ...overridden, passes(50_000), ...again).when(passes(60_000))).toEqual([
      "outer DoorSecured overrideEnded",
      "OverrideEnded",
    ]);
  });

  test("R15: it opens a door although the other one is open: a way out where R1 cannot hold", () => {
    expect(given(policy, contact("inner", "open"), passes(1_000)).when(...overridden)).toEqual([
      "OverrideProposed",
      "OverrideStarted",
      "outer OverrideDoorReleased",
    ]);
  });

  test("doors stay released while people pass, and openings are explained", () => {
    const through = [contact("outer", "open"), passes(500), contact("outer", "closed"), passes(500)];
    expect(given(policy, ...overridden).when(...through, ...through)).toEqual([
      "outer DoorOpened override",
      "outer DoorClosed",
      "outer DoorOpened override",
      "outer DoorClosed",
    ]);
  });

  test("R7: it explains what opens while it lasts, to the instant, and nothing before or after", () => {
    const opens = contact("outer", "open");
    expect(given(policy, ...overridden, secureRequested).when(opens, passes(100))).toContain(
      "outer DoorOpened override",
    );
    expect(given(policy, ...overridden, secureRequested, passes(1)).when(opens, passes(100))).toContain(
      "outer DoorOpened forced",
    );
    expect(given(policy, opens, passes(10), ...overridden).when(secureRequested, passes(100))).toContain(
      "outer DoorOpened forced",
    );
  });

  test("R6: nobody is warned of a door it holds; when it ends, the time begins", () => {
    const open = given(policy, ...overridden, contact("outer", "open"), passes(200));
    expect(open.when(passes(59_800), passes(9_999))).toEqual([
      "outer DoorSecured overrideEnded",
      "OverrideEnded",
    ]);
    expect(open.when(passes(59_800), passes(10_000)).at(-1)).toBe("outer DoorHeldOpenWarning");
  });

  test("R7: prolonged, it still explains what opened before", () => {
    const again = [overrideBy("wang-2", "outer"), overrideBy("li-2", "outer")];
    expect(
      given(policy, ...overridden, contact("outer", "open"), passes(10)).when(...again, passes(90)),
    ).toContain("outer DoorOpened override");
  });

  test("a request at its last instant is in time", () => {
    expect(given(policy).when(overrideBy("wang", "outer", 0))).toEqual(["OverrideProposed"]);
  });

  test("R4: a release of the other door ends at once", () => {
    expect(given(policy, requested("inner", "anna")).when(...overridden)).toEqual([
      "OverrideProposed",
      "OverrideStarted",
      "outer OverrideDoorReleased",
      "inner DoorSecured otherNotSecure",
      "inner AccessNotTaken anna",
    ]);
  });

  test("R17: both open is explained while it lasts, and a violation when it ends", () => {
    const both = [overrideBy("wang", "both"), overrideBy("li", "both")];
    const open = [contact("outer", "open"), contact("inner", "open"), passes(200)];
    expect(given(policy, ...both).when(...open)).toEqual([
      "outer DoorOpened override",
      "inner DoorOpened override",
    ]);
    expect(given(policy, ...both, ...open).when(passes(60_000))).toContain("InterlockViolated");
  });

  test("R16: it ends when the controller falls silent, and none begins", () => {
    expect(given(policy, ...overridden).when(controllerSilent, passes(1_000))).toEqual([
      "ControllerLost",
      "outer DoorSecured controllerLost",
      "OverrideEnded",
    ]);
    expect(given(policy, controllerGone).when(overrideBy("wang", "outer"))).toEqual([
      "OverrideRefused controllerLost",
    ]);
  });

  test("a request that has expired is none; an expiry that is no number has passed", () => {
    expect(given(policy).when(overrideBy("wang", "outer", -1))).toEqual(["OverrideRefused stale"]);
    expect(given(policy).when(overrideBy("wang", "outer", Number.NaN))).toEqual(["OverrideRefused stale"]);
  });

  test("it is ended on request, and by a line that does not obey", () => {
    expect(given(policy, ...overridden).when(secureRequested)).toEqual([
      "outer DoorSecured commanded",
      "OverrideEnded",
    ]);
    expect(given(policy, ...overridden).when(commandFailed("outer"))).toEqual([
      "outer LockFault line",
      "outer DoorSecured hardwareFault",
      "OverrideEnded",
    ]);
  });

  test("R12: doors that a fire has released already stay with the fire", () => {
    expect(
      given(policyWith({ onFire: "outer" }), fire("active")).when(
        overrideBy("wang", "both"),
        overrideBy("li", "both"),
      ),
    ).toEqual(["OverrideProposed", "OverrideStarted", "inner OverrideDoorReleased"]);
  });
});

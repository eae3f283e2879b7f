import { describe, expect, test } from "vitest";
import {
  boltsAre,
  commandFailed,
  contact,
  controllerGone,
  emergencyReset,
  emergencyRestored,
  fire,
  given,
  givenFromStart,
  lockdown,
  overrideBy,
  passes,
  policyWith,
  requested,
  secureRequested,
} from "./given.ts";

const policy = policyWith();

describe("R12: emergency release", () => {
  test("fire releases both doors at once", () => {
    expect(given(policy).when(fire("active"))).toEqual([
      "FireInputChanged",
      "EmergencyStarted fire",
      "outer EmergencyDoorReleased",
      "inner EmergencyDoorReleased",
    ]);
  });

  test("only the doors that are configured", () => {
    expect(given(policyWith({ onFire: "outer" })).when(fire("active"))).toEqual([
      "FireInputChanged",
      "EmergencyStarted fire",
      "outer EmergencyDoorReleased",
    ]);
    expect(given(policyWith({ onFire: "none" })).when(fire("active"))).toEqual([
      "FireInputChanged",
      "EmergencyStarted fire",
    ]);
  });

  test("it is latched: the input's end secures nothing", () => {
    expect(given(policy, fire("active")).when(fire("inactive"), passes(3_600_000))).toEqual([
      "FireInputChanged",
    ]);
  });

  test("reset secures what it had released", () => {
    expect(given(policy, fire("active"), fire("inactive")).when(emergencyReset)).toEqual([
      "EmergencyReset",
      "outer DoorSecured emergencyReset",
      "inner DoorSecured emergencyReset",
    ]);
  });

  test("it cannot be reset while the input says fire, nor when there is none", () => {
    expect(given(policy, fire("active")).when(emergencyReset)).toEqual(["EmergencyResetRefused stillActive"]);
    expect(given(policy).when(emergencyReset)).toEqual(["EmergencyResetRefused notActive"]);
  });

  test("it can be reset with a fire line that has failed since: an operator judges that", () => {
    expect(given(policy, fire("active"), fire("fault")).when(emergencyReset)).toContain("EmergencyReset");
  });

  test("a fire line that cannot be read is said to be at fault and releases nothing", () => {
    expect(given(policy).when(fire("fault"), passes(10_000))).toEqual(["FireInputChanged"]);
  });

  test("a second fire before the reset is one emergency", () => {
    expect(given(policy, fire("active"), fire("inactive")).when(fire("active"))).toEqual([
      "FireInputChanged",
    ]);
  });

  test("what its input says again is no news", () => {
    expect(given(policy, fire("active")).when(fire("active"))).toEqual([]);
    expect(given(policy).when(fire("inactive"))).toEqual([]);
  });

  test("R16: it releases without a controller, and holds when that is lost", () => {
    expect(given(policy, fire("active")).when(controllerGone, passes(5_000))).toEqual(["ControllerLost"]);
    expect(given(policy, controllerGone).when(fire("active"))).toContain("inner EmergencyDoorReleased");
  });

  test("securing on request leaves it alone", () => {
    expect(given(policy, fire("active")).when(secureRequested)).toEqual([]);
  });

  test("R10: found active at the start, it releases", () => {
    expect(givenFromStart(policy).when(fire("active"))).toContain("outer EmergencyDoorReleased");
  });

  test("after a restart of the interlock it is restored, once", () => {
    expect(givenFromStart(policy).when(emergencyRestored, emergencyRestored)).toEqual([
      "EmergencyStarted restored",
      "outer EmergencyDoorReleased",
      "inner EmergencyDoorReleased",
    ]);
  });

  test("a lock that will not switch goes on being tried", () => {
    expect(given(policy, fire("active")).when(commandFailed("outer"))).toEqual(["outer LockFault line"]);
  });

  test("R17: both doors open in an emergency explain themselves, and no longer after the reset", () => {
    const open = [contact("outer", "open"), contact("inner", "open"), passes(200)];
    expect(given(policy, fire("active")).when(...open)).toEqual([
      "outer DoorOpened emergency",
      "inner DoorOpened emergency",
    ]);
    expect(given(policy, fire("active"), ...open, fire("inactive")).when(emergencyReset)).toEqual([
      "EmergencyReset",
      "outer DoorSecured emergencyReset",
      "inner DoorSecured emergencyReset",
      "InterlockViolated",
    ]);
  });

  test("R7: a door that the fire does not release is forced when it opens, and violates the interlock with the other", () => {
    const outerOnly = policyWith({ onFire: "outer" });
    expect(
      given(outerOnly, fire("active"), contact("outer", "open"), passes(200)).when(
        contact("inner", "open"),
        passes(200),
      ),
    ).toEqual(["inner DoorOpened forced", "inner DoorForcedOpen", "InterlockViolated"]);
  });

  test("a door opened just before the reset is still explained by it", () => {
    expect(
      given(policy, fire("active"), fire("inactive"), contact("outer", "open"), passes(50)).when(
        emergencyReset,
        passes(100),
      ),
    ).toEqual([
      "EmergencyReset",
      "outer DoorSecured emergencyReset",
      "inner DoorSecured emergencyReset",
      "outer DoorOpened emergency",
    ]);
  });

  test("a door opened before the fire was not explained by it", () => {
    expect(given(policy, contact("outer", "open"), passes(50)).when(fire("active"), passes(100))).toEqual([
      "FireInputChanged",
      "EmergencyStarted fire",
      "outer EmergencyDoorReleased",
      "inner EmergencyDoorReleased",
      "outer DoorOpened forced",
      "outer DoorForcedOpen",
    ]);
  });

  test("R6: nobody is warned of open doors in it; afterwards their time begins", () => {
    const standingOpen = [fire("active"), contact("outer", "open"), passes(60_000), fire("inactive")];
    expect(given(policy, ...standingOpen).when(passes(60_000))).toEqual([]);
    expect(given(policy, ...standingOpen, emergencyReset).when(passes(10_000))).toEqual([
      "outer DoorHeldOpenWarning",
    ]);
    expect(given(policy, ...standingOpen, emergencyReset).when(passes(15_000))).toEqual([
      "outer DoorHeldOpenWarning",
      "outer DoorHeldOpen",
    ]);
  });

  test("R4: a release under way is taken over, and ends as one that was not taken", () => {
    expect(given(policy, requested("outer", "anna")).when(fire("active"))).toEqual([
      "FireInputChanged",
      "EmergencyStarted fire",
      "outer EmergencyDoorReleased",
      "inner EmergencyDoorReleased",
      "outer AccessNotTaken anna",
    ]);
  });

  test("R1: while one door is free, nobody is let through the other", () => {
    const outerOnly = policyWith({ onFire: "outer" });
    expect(given(outerOnly, fire("active")).when(requested("inner", "anna"))).toEqual([
      "inner ReleaseRefused otherNotSecure anna",
    ]);
  });

  test("R8: a bolt that stays thrown in an emergency is a fault", () => {
    const stuck = [boltsAre("outer", "stuck"), fire("active")];
    expect(given(policyWith({ bolt: "fitted" }), ...stuck).when(passes(2_000))).toEqual([
      "outer LockFault notRetracted",
    ]);
  });
});

describe("R14: priorities", () => {
  test("fire goes over lockdown", () => {
    expect(given(policy, lockdown(true)).when(fire("active"))).toContain("outer EmergencyDoorReleased");
    expect(given(policy, fire("active")).when(lockdown(true))).toEqual(["LockdownStarted"]);
  });

  test("lockdown over fire, where the site says so, and then fire as soon as it is lifted", () => {
    const lockdownFirst = policyWith({ priority: "lockdown" });
    expect(given(lockdownFirst, lockdown(true)).when(fire("active"))).toEqual([
      "FireInputChanged",
      "EmergencyStarted fire",
    ]);
    expect(given(lockdownFirst, fire("active")).when(lockdown(true))).toEqual([
      "LockdownStarted",
      "outer DoorSecured lockdown",
      "inner DoorSecured lockdown",
    ]);
    expect(given(lockdownFirst, fire("active"), lockdown(true)).when(lockdown(false))).toEqual([
      "LockdownEnded",
      "outer EmergencyDoorReleased",
      "inner EmergencyDoorReleased",
    ]);
  });

  test("fire goes over an override: its end secures nothing", () => {
    const both = [overrideBy("wang", "outer"), overrideBy("li", "outer")];
    expect(given(policy, ...both).when(fire("active"), passes(61_000))).toEqual([
      "FireInputChanged",
      "EmergencyStarted fire",
      "outer EmergencyDoorReleased",
      "inner EmergencyDoorReleased",
      "OverrideEnded",
    ]);
  });
});

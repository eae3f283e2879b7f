import { beforeEach, expect, test } from "vitest";
import {
  clock,
  freshProcess,
  hardware,
  heard,
  passWithHeartbeats,
  release,
  ScriptedDoorHardware,
  send,
  setUp,
  told,
  vestibulePolicyForTests,
} from "../../test/support/interlock-rig.ts";
import { type RunningRules, runningRulesOf } from "../domain/interlock/interlock.ts";

beforeEach(setUp);

const usual = runningRulesOf(vestibulePolicyForTests);
const withOuter = (change: Partial<RunningRules["doors"]["outer"]>): RunningRules => ({
  ...usual,
  doors: { ...usual.doors, outer: { ...usual.doors.outer, ...change } },
});
const configure = (rules: RunningRules, vestibule = "v1"): void =>
  send({ type: "configure", vestibule, rules });
const reported = () => heard.findLast((message) => message.type === "report")?.vestibules[0]?.rules;
const refused = () => heard.filter((message) => message.type === "rulesRefused");

test("R4: with nothing released or open, other times hold from the next release on", () => {
  configure(withOuter({ releaseTime: 3_000 }));
  expect(reported()).toEqual({ inForce: withOuter({ releaseTime: 3_000 }), awaited: null });
  release("outer", "anna");
  hardware.log.length = 0;
  passWithHeartbeats(2_750);
  expect(hardware.log).toEqual([]);
  passWithHeartbeats(250);
  expect(hardware.log).toEqual(["outer secured"]);
});

test("R4: no release under way is changed by them; they wait until the door is shut again", () => {
  release("outer", "anna");
  configure(withOuter({ relockOnOpen: false, releaseTime: 30_000 }));
  expect(reported()).toEqual({
    inForce: usual,
    awaited: withOuter({ relockOnOpen: false, releaseTime: 30_000 }),
  });
  hardware.reports("outer", "open", clock.now());
  hardware.log.length = 0;
  passWithHeartbeats(500);
  expect(hardware.log).toEqual(["outer secured"]);
  expect(reported()?.inForce).toEqual(usual);
  hardware.reports("outer", "closed", clock.now());
  passWithHeartbeats(500);
  expect(reported()).toMatchObject({ awaited: null, inForce: { doors: { outer: { relockOnOpen: false } } } });
});

test("R12: while a fire holds the doors released they wait until it is reset", () => {
  hardware.says({ vestibule: "v1", input: "fire", value: "active" }, clock.now());
  passWithHeartbeats(250);
  configure(withOuter({ heldOpenTime: 60_000 }));
  expect(reported()?.inForce).toEqual(usual);
  hardware.says({ vestibule: "v1", input: "fire", value: "inactive" }, clock.now());
  send({ type: "resetEmergency", vestibule: "v1", id: "reset-1" });
  expect(reported()).toEqual({ inForce: withOuter({ heldOpenTime: 60_000 }), awaited: null });
});

test("R6: a door that was last seen open is open, whatever its contact says now", () => {
  hardware.reports("outer", "open", clock.now());
  passWithHeartbeats(500);
  hardware.reports("outer", "fault", clock.now());
  configure(withOuter({ heldOpenTime: 300_000 }));
  passWithHeartbeats(15_000);
  expect(told("DoorHeldOpen")).toHaveLength(1);
  expect(reported()?.inForce).toEqual(usual);
});

test("R15: somebody who is between the doors is detained by the time that holds now", () => {
  send({ type: "restore", vestibule: "v1", emergency: false, people: 1 });
  passWithHeartbeats(60_000);
  configure({ ...usual, dwellTime: 30_000 });
  passWithHeartbeats(250);
  expect(told("PersonDetained")).toHaveLength(1);
});

test.each([
  ["outer: releaseTime 31000 ms", withOuter({ releaseTime: 31_000 })],
  ["outer: releaseTime NaN ms", withOuter({ releaseTime: Number.NaN })],
  ["outer: relockDelay Infinity ms", withOuter({ relockDelay: Number.POSITIVE_INFINITY })],
  ["outer: heldOpenTime 4999 ms", withOuter({ heldOpenTime: 4_999 })],
  ["outer: heldOpenWarning is not less", withOuter({ heldOpenWarning: 15_000 })],
  ["overrideTime 9999 ms", { ...usual, overrideTime: 9_999 }],
  ["dwellTime 900001 ms", { ...usual, dwellTime: 900_001 }],
] as const)("what is out of range is refused, told and not followed: %s", (fault, rules) => {
  configure(rules);
  expect(refused()).toMatchObject([{ vestibule: "v1", fault: expect.stringContaining(fault) }]);
  expect(reported()).toEqual({ inForce: usual, awaited: null });
});

test("whatever else comes with them is left behind: what is wired stays as it is wired", () => {
  const door = { ...usual.doors.outer, bolt: "unfitted", lockKind: "fail-safe", boltTime: 1 };
  configure({
    ...usual,
    doors: { outer: door, inner: door },
    settleTime: 0,
    priority: "lockdown",
  } as RunningRules);
  // The bolt still counts: the other door is not secure without it.
  hardware.inputs.inner.bolt = "retracted";
  release("outer", "anna");
  expect(told("ReleaseRefused")).toMatchObject([{ reason: "otherNotSecure" }]);
});

test("rules for a door pair that does not exist change none", () => {
  configure(withOuter({ releaseTime: 3_000 }), "v9");
  send({ type: "report" });
  expect(reported()?.inForce).toEqual(usual);
});

test("a process that has just begun goes by the site's file until it is told", async () => {
  configure(withOuter({ releaseTime: 3_000 }));
  await freshProcess(new ScriptedDoorHardware());
  send({ type: "report" });
  expect(reported()?.inForce).toEqual(usual);
});

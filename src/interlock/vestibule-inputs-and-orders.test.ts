import { beforeEach, describe, expect, test } from "vitest";
import {
  clock,
  connectController,
  controller,
  events,
  freshProcess,
  hardware,
  heard,
  hub,
  passWithHeartbeats,
  release,
  ScriptedDoorHardware,
  send,
  setUp,
  told,
} from "../../test/support/interlock-rig.ts";
import { after } from "../domain/time.ts";
import type { Reading } from "../ports/door-hardware.ts";
import type { InterlockCommand } from "../ports/interlock-link.ts";
import { steadyTime } from "./steady-inputs.ts";

beforeEach(setUp);

const vestibule = "v1";
const overrideBy = (operator: string): void =>
  send({
    type: "override",
    vestibule,
    id: `by-${operator}`,
    doors: "both",
    operator,
    notAfter: after(clock.now(), 1_000),
  });
const says = (reading: Reading): void => {
  hardware.says(reading, clock.now());
  clock.advance(steadyTime);
};
const fire = (value: "active" | "inactive"): void => says({ vestibule, input: "fire", value });
const condition = () => heard.findLast((message) => message.type === "report")?.vestibules[0]?.condition;

describe("R12: fire", () => {
  test("its input releases both locks, until an operator resets it", () => {
    fire("active");
    expect(hardware.log).toEqual(["outer released", "inner released"]);
    fire("inactive");
    passWithHeartbeats(5_000);
    expect(hardware.log).toHaveLength(2);
    expect(condition()).toMatchObject({ emergency: true, fire: "inactive" });
    send({ type: "resetEmergency", vestibule, id: "reset-1" });
    expect(told("EmergencyReset")).toMatchObject([{ id: "reset-1" }]);
    expect(hardware.log.slice(2)).toEqual(["outer secured", "inner secured"]);
  });

  test("T32: lines that were gone come back secured, and release again what the emergency holds released, nothing else", () => {
    fire("active");
    hardware.reports("outer", "fault", clock.now());
    hardware.log.length = 0;
    hardware.reports("outer", "closed", clock.now());
    expect(hardware.log).toEqual(["outer released"]);
    fire("inactive");
    send({ type: "resetEmergency", vestibule, id: "reset-1" });
    hardware.reports("outer", "fault", clock.now());
    hardware.log.length = 0;
    hardware.reports("outer", "closed", clock.now());
    expect(hardware.log).toEqual([]);
  });

  test("found active at the start, it releases after everything was secured", async () => {
    const fresh = new ScriptedDoorHardware();
    fresh.beforeFirstReadings = () => fresh.says({ vestibule, input: "fire", value: "active" }, clock.now());
    await freshProcess(fresh);
    clock.advance(steadyTime);
    expect(fresh.log).toEqual(["secure all", "read all", "outer released", "inner released"]);
  });

  test("an emergency before a restart is restored, with those who were inside", async () => {
    const fresh = new ScriptedDoorHardware();
    await freshProcess(fresh);
    send({ type: "restore", vestibule, emergency: true, people: 2 });
    expect(fresh.log).toContain("inner released");
    expect(condition()).toMatchObject({ emergency: true, people: 2 });
  });

  // Found by the simulation of the building: the same message, said twice, was under way when an operator reset it.
  test("what was before a restart is told once: a reset that came in between stands", async () => {
    const fresh = new ScriptedDoorHardware();
    await freshProcess(fresh);
    const restore: InterlockCommand = { type: "restore", vestibule, emergency: true, people: 2 };
    send(restore);
    send({ type: "resetEmergency", vestibule, id: "r1" });
    send(restore);
    expect(condition()).toMatchObject({ emergency: false });
    expect(fresh.log.slice(-2).toSorted()).toEqual(["inner secured", "outer secured"]);
  });

  test("a lock that will not release is tried until it does", () => {
    hardware.failing = "released";
    fire("active");
    hardware.failing = undefined;
    hardware.log.length = 0;
    clock.advance(250);
    expect(hardware.log.toSorted()).toEqual(["inner released", "outer released"]);
  });
});

describe("R13: override", () => {
  test("takes two operators, and comes back by itself", () => {
    overrideBy("wang");
    expect(hardware.log).toEqual([]);
    expect(condition()?.proposal).toMatchObject({ operator: "wang", doors: "both" });
    overrideBy("li");
    expect(hardware.log).toEqual(["outer released", "inner released"]);
    expect(condition()).toMatchObject({ overridden: true, proposal: null });
    passWithHeartbeats(60_000);
    expect(hardware.log.slice(2)).toEqual(["outer secured", "inner secured"]);
  });
});

describe("R14: lockdown", () => {
  test("by order it secures, and what is asked for is refused", () => {
    release("outer", "anna");
    send({ type: "lockdown", vestibule, active: true });
    expect(hardware.log.at(-1)).toBe("outer secured");
    release("inner", "bo");
    expect(told("ReleaseRefused")).toMatchObject([{ reason: "lockdown" }]);
    send({ type: "lockdown", vestibule, active: false });
    passWithHeartbeats(500);
    release("inner", "chi");
    expect(hardware.log.at(-1)).toBe("inner released");
  });

  test("by its switch", () => {
    says({ vestibule, input: "lockdown", value: true });
    release("inner", "bo");
    expect(told("ReleaseRefused")).toMatchObject([{ reason: "lockdown" }]);
    expect(condition()?.lockdown).toEqual({ order: false, input: true });
  });

  test("it outlives the controller that ordered it", () => {
    send({ type: "lockdown", vestibule, active: true });
    hub.stop("controller");
    connectController();
    send({ type: "report" });
    expect(condition()?.lockdown.order).toBe(true);
  });
});

test("R6: the buzzer sounds from the warning until the door is closed", () => {
  release("outer", "anna");
  hardware.reports("outer", "open", clock.now());
  passWithHeartbeats(9_500);
  expect(hardware.log).not.toContain("sound");
  passWithHeartbeats(1_000);
  expect(hardware.log.at(-1)).toBe("sound");
  hardware.reports("outer", "closed", clock.now());
  passWithHeartbeats(1_000);
  expect(hardware.log.filter((line) => line === "silence")).toHaveLength(1);
});

test("R6: a buzzer that fails stops nothing: the alarm comes, and the lock goes on being commanded", () => {
  hardware.isBuzzerBroken = true;
  release("outer", "anna");
  hardware.reports("outer", "open", clock.now());
  passWithHeartbeats(15_500);
  expect(told("DoorHeldOpen")).toHaveLength(1);
  expect(hardware.log).toContain("outer secured");
});

test("tamper and mains are told and reported, and move nothing", () => {
  says({ vestibule, input: "tamper", value: true });
  says({ vestibule, input: "mains", value: false });
  expect(events().slice(-2)).toMatchObject([{ type: "TamperDetected" }, { type: "MainsLost" }]);
  expect(condition()).toMatchObject({ tampered: true, mains: false });
  expect(hardware.log).toEqual([]);
});

test("an order for a door pair that does not exist is none", () => {
  controller.send("interlock", { type: "lockdown", vestibule: "v9", active: true });
  expect(condition()?.lockdown.order).toBe(false);
});

describe("an impulse on a wire is nothing that happened", () => {
  const impulse = (reading: Reading, rest: Reading, length: number): void => {
    hardware.says(reading, clock.now());
    clock.advance(length);
    hardware.says(rest, clock.now());
    clock.advance(1_000);
  };

  test.each([steadyTime - 1, steadyTime])("R12: fire for %d ms", (length) => {
    const input = "fire";
    impulse({ vestibule, input, value: "active" }, { vestibule, input, value: "inactive" }, length);
    expect(told("EmergencyStarted")).toHaveLength(length < steadyTime ? 0 : 1);
  });

  test.each([steadyTime - 1, steadyTime])("R11: a button for %d ms", (length) => {
    const button = { vestibule, door: "inner", input: "rex" } as const;
    impulse({ ...button, value: true }, { ...button, value: false }, length);
    expect(told("ExitRequested")).toHaveLength(length < steadyTime ? 0 : 1);
  });

  test("R14: lockdown counts at once, and its end once it is steady", () => {
    const locked = { vestibule, input: "lockdown", value: true } as const;
    hardware.says(locked, clock.now());
    expect(told("LockdownStarted")).toHaveLength(1);
    impulse({ ...locked, value: false }, locked, steadyTime - 1);
    expect(told("LockdownEnded")).toHaveLength(0);
  });

  test("R12: a fire line that fails is a fault at once", () => {
    hardware.says({ vestibule, input: "fire", value: "fault" }, clock.now());
    expect(told("FireInputChanged")).toMatchObject([{ value: "fault" }]);
  });
});

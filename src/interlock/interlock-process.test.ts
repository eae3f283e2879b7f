import { beforeEach, describe, expect, test } from "vitest";
import {
  beat,
  clock,
  freshProcess,
  hardware,
  hub,
  interlock,
  messages,
  passWithHeartbeats,
  release,
  ScriptedDoorHardware,
  send,
  setUp,
  told,
} from "../../test/support/interlock-rig.ts";
import { instant } from "../domain/time.ts";
import { steadyTime } from "./steady-inputs.ts";

beforeEach(setUp);

describe("R10: start", () => {
  test("secures every lock before it reads, and commands nothing else", async () => {
    const fresh = new ScriptedDoorHardware();
    await freshProcess(fresh);
    expect(fresh.log).toEqual(["secure all", "read all"]);
  });

  test("a door found open is told", async () => {
    const fresh = new ScriptedDoorHardware();
    fresh.inputs.inner = { contact: "open", bolt: "retracted" };
    await freshProcess(fresh);
    expect(told("DoorFoundOpen")).toMatchObject([{ door: "inner" }]);
  });

  test("an edge that overtakes the first readings is not undone by them", async () => {
    const fresh = new ScriptedDoorHardware();
    fresh.beforeFirstReadings = () => fresh.reports("outer", "open", clock.now());
    await freshProcess(fresh);
    clock.advance(1_000);
    expect(told("DoorFoundOpen")).toMatchObject([{ door: "outer" }]);
    expect(told("DoorClosed")).toEqual([]);
  });
});

describe("R3: the last check", () => {
  test("reads both doors itself, then switches", () => {
    release("outer", "anna");
    expect(hardware.log).toEqual(["read outer", "read inner", "outer released"]);
    expect(told("DoorReleased")).toMatchObject([{ door: "outer", grant: { id: "anna" } }]);
  });

  test.each([
    { what: "contact open", input: { contact: "open", bolt: "thrown" } },
    { what: "contact cut", input: { contact: "fault", bolt: "thrown" } },
    { what: "bolt drawn back", input: { contact: "closed", bolt: "retracted" } },
    { what: "bolt sensor broken", input: { contact: "closed", bolt: "fault" } },
  ] as const)("refuses on its own reading although no edge was reported: $what", ({ input }) => {
    hardware.inputs.inner = { ...input };
    release("outer", "anna");
    expect(hardware.log).toEqual(["read outer", "read inner"]);
    expect(told("ReleaseRefused")).toMatchObject([{ door: "outer", reason: "otherNotSecure" }]);
  });

  test("a door that its own reading shows open is not released", () => {
    hardware.inputs.outer.contact = "open";
    release("outer", "anna");
    expect(hardware.log).not.toContain("outer released");
  });

  test("a request for a door pair that is not here is nobody's, and harms nobody", () => {
    send({
      type: "releaseDoor",
      vestibule: "v9",
      door: "outer",
      grant: { id: "anna", kind: "access", enters: true },
      notAfter: instant(1e9),
    });
    release("outer", "ben");
    expect(hardware.log).toContain("outer released");
  });

  test("a request that waited too long is refused as stale", () => {
    release("outer", "anna", -1);
    expect(told("ReleaseRefused")).toMatchObject([{ reason: "stale" }]);
  });

  test("the same request twice is one release", () => {
    release("outer", "anna");
    release("outer", "anna");
    expect(hardware.log.filter((line) => line === "outer released")).toHaveLength(1);
  });

  test("only the controller is obeyed", () => {
    hub.start("vision").send("interlock", {
      type: "releaseDoor",
      vestibule: "v1",
      door: "outer",
      grant: { id: "anna", kind: "access", enters: true },
      notAfter: instant(1e9),
    });
    expect(hardware.log).toEqual([]);
  });
});

test("times a release itself and secures the door when it is over", () => {
  release("outer", "anna");
  hardware.log.length = 0;
  passWithHeartbeats(4_750);
  expect(hardware.log).toEqual([]);
  passWithHeartbeats(250);
  expect(hardware.log).toEqual(["outer secured"]);
});

test("R7: an edge of one door secures the other within the call that reported it", () => {
  release("outer", "anna");
  hardware.log.length = 0;
  hardware.reports("inner", "open", clock.now());
  expect(hardware.log).toEqual(["outer secured"]);
});

test("R7: an edge that a moving lock causes is judged after the step that moved it", () => {
  hardware.onCommand = (name, lock) => {
    if (name === "outer" && lock === "released") hardware.reports("inner", "open", clock.now());
  };
  release("outer", "anna");
  expect(hardware.log.slice(-2)).toEqual(["outer released", "outer secured"]);
  const order = messages().map(({ number, event }) => `${number} ${event.type}`);
  expect(order.indexOf(order.find((line) => line.endsWith("DoorReleased")) ?? "")).toBeLessThan(
    order.indexOf(order.find((line) => line.endsWith("DoorSecured")) ?? ""),
  );
  expect(messages().map(({ number }) => number)).toEqual(messages().map((_, index) => index + 1));
});

test("R11: a press is told, letting go is not", () => {
  hardware.pressRex("inner", true, clock.now());
  clock.advance(steadyTime);
  hardware.pressRex("inner", false, clock.now());
  clock.advance(steadyTime);
  expect(told("ExitRequested")).toMatchObject([{ door: "inner" }]);
});

test("R11: a button found pressed at the start is wedged, and nobody's request", async () => {
  const fresh = new ScriptedDoorHardware();
  fresh.wedged.add("inner");
  await freshProcess(fresh);
  clock.advance(1_000);
  expect(told("ExitRequested")).toEqual([]);
  fresh.pressRex("inner", true, clock.now());
  clock.advance(1_000);
  expect(told("ExitRequested")).toMatchObject([{ door: "inner" }]);
});

describe("R16: the lease", () => {
  test("ends a second after the last heartbeat, by the interlock's own clock", () => {
    release("outer", "anna");
    hardware.log.length = 0;
    clock.advance(999);
    expect(hardware.log).toEqual([]);
    clock.advance(1);
    expect(hardware.log).toEqual(["outer secured"]);
    expect(told("ControllerLost")).toHaveLength(1);
  });

  test("a heartbeat that was long under way counts from when it was sent", () => {
    release("outer", "anna");
    const sentAt = clock.now();
    clock.advance(900);
    send({ type: "heartbeat", sentAt });
    hardware.log.length = 0;
    clock.advance(99);
    expect(hardware.log).toEqual([]);
    clock.advance(1);
    expect(hardware.log).toEqual(["outer secured"]);
  });

  test("ends at once when the controller's process is gone", () => {
    release("outer", "anna");
    hardware.log.length = 0;
    hub.stop("controller");
    expect(hardware.log).toEqual(["outer secured"]);
  });

  test("another process that goes changes nothing", () => {
    const vision = hub.start("vision");
    vision.onMessage(() => {});
    release("outer", "anna");
    hardware.log.length = 0;
    hub.stop("vision");
    expect(hardware.log).toEqual([]);
  });

  test("secureAll secures what is released", () => {
    release("inner", "anna");
    hardware.log.length = 0;
    send({ type: "secureAll" });
    expect(hardware.log).toEqual(["inner secured"]);
  });
});

describe("stop", () => {
  test("secures what is released, and nothing runs on", () => {
    release("outer", "anna");
    hardware.log.length = 0;
    interlock.stop();
    expect(hardware.log).toEqual(["outer secured"]);
    expect(clock.nextWake()).toBeUndefined();
    hardware.reports("inner", "open", clock.now());
    beat();
    release("inner", "ben");
    expect(clock.nextWake()).toBeUndefined();
    expect(hardware.log).not.toContain("inner released");
  });

  test("a lock that would not secure is not tried again on lines that are closed", () => {
    release("outer", "anna");
    hardware.failing = "both";
    interlock.stop();
    hardware.log.length = 0;
    clock.advance(10_000);
    expect(hardware.log).toEqual([]);
  });
});

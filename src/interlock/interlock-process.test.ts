import { beforeEach, describe, expect, test } from "vitest";
import type { InterlockEvent } from "../domain/interlock/event.ts";
import type { DoorPolicy, InterlockPolicy } from "../domain/interlock/policy.ts";
import type { Bolt, Contact, DoorName, Lock, VestibuleId } from "../domain/names.ts";
import { after, type Instant, instant, type Milliseconds } from "../domain/time.ts";
import {
  type DoorHardware,
  HardwareFault,
  type Reading,
  type ReadingListener,
} from "../ports/door-hardware.ts";
import type { InterlockCommand, InterlockMessage } from "../ports/interlock-link.ts";
import type { ProcessLink } from "../ports/process-link.ts";
import { ProcessHub } from "../simulation/process-hub.ts";
import { VirtualClock } from "../simulation/virtual-clock.ts";
import { InterlockProcess } from "./interlock-process.ts";

const door: DoorPolicy = {
  lockKind: "fail-secure",
  bolt: "fitted",
  releaseTime: 5_000,
  relockOnOpen: true,
  relockDelay: 300,
  heldOpenTime: 15_000,
  heldOpenWarning: 5_000,
  boltTime: 2_000,
  flapLimit: 20,
  contactDebounce: 100,
  stuckContactLimit: 3,
};
const policy: InterlockPolicy = {
  doors: { outer: door, inner: door },
  settleTime: 500,
  heartbeatTime: 1_000,
};

/** Lines that say what they are told to, and write down what is asked of them, in order. */
class ScriptedDoorHardware implements DoorHardware {
  readonly log: string[] = [];
  readonly inputs: Record<DoorName, { contact: Contact; bolt: Bolt }> = {
    outer: { contact: "closed", bolt: "thrown" },
    inner: { contact: "closed", bolt: "thrown" },
  };
  failing: Lock | "both" | undefined;
  onCommand: (door: DoorName, lock: Lock) => void = () => {};
  beforeFirstReadings: () => void = () => {};
  #listener: ReadingListener = () => {};

  open(listener: ReadingListener): Promise<readonly Reading[]> {
    this.log.push("secure all", "read all");
    this.#listener = listener;
    const first = (["outer", "inner"] as const).flatMap((name): Reading[] => [
      { vestibule: "v1", door: name, input: "contact", value: this.inputs[name].contact },
      { vestibule: "v1", door: name, input: "bolt", value: this.inputs[name].bolt },
      { vestibule: "v1", door: name, input: "rex", value: false },
    ]);
    this.beforeFirstReadings();
    return Promise.resolve(first);
  }

  command(_vestibule: VestibuleId, name: DoorName, lock: Lock): void {
    this.log.push(`${name} ${lock}`);
    if (this.failing === "both" || this.failing === lock) throw new HardwareFault(`v1.${name}.lock`, "EIO");
    this.onCommand(name, lock);
  }

  read(vestibule: VestibuleId, name: DoorName): { readonly contact: Contact; readonly bolt: Bolt } {
    if (vestibule !== "v1") throw new Error(`no vestibule ${vestibule}`);
    this.log.push(`read ${name}`);
    return this.inputs[name];
  }

  /** The door moves, and its edge is reported. */
  reports(name: DoorName, contact: Contact, at: Instant): void {
    this.inputs[name].contact = contact;
    this.#listener({ vestibule: "v1", door: name, input: "contact", value: contact }, at);
  }

  pressRex(name: DoorName, pressed: boolean, at: Instant): void {
    this.#listener({ vestibule: "v1", door: name, input: "rex", value: pressed }, at);
  }

  async [Symbol.asyncDispose](): Promise<void> {}
}

type EventMessage = Extract<InterlockMessage, { readonly type: "event" }>;

let clock: VirtualClock;
let hardware: ScriptedDoorHardware;
let hub: ProcessHub;
let controller: ProcessLink;
let heard: InterlockMessage[];
let interlock: InterlockProcess;

function connectController(): void {
  controller = hub.start("controller");
  controller.onMessage((_from, message) => heard.push(message as InterlockMessage)); // the interlock's, see beforeEach
}

const send = (command: InterlockCommand): void => controller.send("interlock", command);
const beat = (): void => send({ type: "heartbeat", sentAt: clock.now() });
const release = (name: DoorName, id: string, validFor: Milliseconds = 1_000): void =>
  send({
    type: "releaseDoor",
    vestibule: "v1",
    door: name,
    grant: { id, kind: "access" },
    notAfter: after(clock.now(), validFor),
  });
const events = (): readonly InterlockEvent[] =>
  heard.flatMap((message) => (message.type === "event" ? [message.event] : []));
const told = (type: InterlockEvent["type"]): readonly InterlockEvent[] =>
  events().filter((event) => event.type === type);
const messages = (): readonly EventMessage[] =>
  heard.filter((message): message is EventMessage => message.type === "event");
function passWithHeartbeats(length: Milliseconds): void {
  for (let passed = 0; passed < length; passed += 250) {
    clock.advance(250);
    beat();
  }
}

beforeEach(async () => {
  clock = new VirtualClock();
  hardware = new ScriptedDoorHardware();
  hub = new ProcessHub();
  heard = [];
  connectController();
  interlock = new InterlockProcess({
    vestibules: [{ id: "v1", policy }],
    hardware,
    clock,
    link: hub.start("interlock"),
    run: "run-1",
  });
  await interlock.start();
  beat();
  passWithHeartbeats(1_000);
  hardware.log.length = 0;
});

async function freshProcess(own: ScriptedDoorHardware): Promise<InterlockProcess> {
  const process = new InterlockProcess({
    vestibules: [{ id: "v1", policy }],
    hardware: own,
    clock,
    link: hub.start("interlock"),
    run: "run-2",
  });
  await process.start();
  return process;
}

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
      grant: { id: "anna", kind: "access" },
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
      grant: { id: "anna", kind: "access" },
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
  hardware.pressRex("inner", false, clock.now());
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
    send({ type: "secureAll", cause: "commanded" });
    expect(hardware.log).toEqual(["inner secured"]);
  });
});

describe("T32: a line that does not obey", () => {
  test("on release: alarm, commanded to secure at once, no release under way", () => {
    hardware.failing = "released";
    release("outer", "anna");
    expect(hardware.log.slice(-2)).toEqual(["outer released", "outer secured"]);
    expect(
      events()
        .map(({ type }) => type)
        .slice(-4),
    ).toEqual(expect.arrayContaining(["LockFault", "DoorSecured", "AccessNotTaken"]));
  });

  test("on securing: tried again four times a second until it obeys, then the fault is over", () => {
    release("outer", "anna");
    hardware.failing = "both";
    send({ type: "secureAll", cause: "commanded" });
    expect(told("LockFault")).toMatchObject([{ door: "outer", fault: "line" }]);
    hardware.log.length = 0;
    passWithHeartbeats(1_000);
    expect(hardware.log).toEqual(Array.from({ length: 4 }, () => "outer secured"));
    release("inner", "ben");
    expect(told("ReleaseRefused")).toMatchObject([{ door: "inner", reason: "otherNotSecure" }]);
    hardware.failing = undefined;
    passWithHeartbeats(250);
    expect(told("LockFaultCleared")).toMatchObject([{ door: "outer" }]);
    hardware.log.length = 0;
    passWithHeartbeats(5_000);
    expect(hardware.log).toEqual([]);
  });

  test("however often it fails, one retry is under way", () => {
    hardware.failing = "both";
    for (const id of ["a", "b", "c", "d"]) release("outer", id);
    hardware.log.length = 0;
    passWithHeartbeats(250);
    expect(hardware.log).toEqual(["outer secured"]);
  });

  test("a bug is not a fault of the line: it is not swallowed", () => {
    hardware.onCommand = () => {
      throw new TypeError("bug");
    };
    expect(() => release("outer", "anna")).toThrow("bug");
  });
});

describe("what the controller is told", () => {
  const report = (): void => send({ type: "report" });

  test("events are numbered, and sent again until they are acknowledged", () => {
    release("outer", "anna");
    const sent = messages();
    expect(sent.map(({ number, run }) => `${run} ${number}`)).toEqual(
      sent.map((_, index) => `run-1 ${index + 1}`),
    );
    heard.length = 0;
    report();
    expect(messages()).toEqual(sent);
    send({ type: "acknowledgeEvents", run: "run-1", number: 2 });
    heard.length = 0;
    report();
    expect(messages()).toEqual(sent.slice(2));
  });

  test("an acknowledgement of another run's events is not of these", () => {
    release("outer", "anna");
    const sent = messages();
    send({ type: "acknowledgeEvents", run: "run-0", number: 1_000 });
    heard.length = 0;
    report();
    expect(messages()).toEqual(sent);
  });

  test("what happened while the controller was away reaches the one that comes back", () => {
    hub.stop("controller");
    hardware.reports("inner", "open", clock.now());
    clock.advance(200);
    heard.length = 0;
    connectController();
    report();
    expect(told("ControllerLost")).toHaveLength(1);
    expect(told("DoorForcedOpen")).toMatchObject([{ door: "inner" }]);
  });

  test("raw readings and heartbeats are not events", () => {
    beat();
    hardware.reports("outer", "open", clock.now());
    expect(events().some(({ type }) => type === "ContactRead" || type === "ControllerHeard")).toBe(false);
  });

  test("a report says of both doors what is read, commanded and secure", () => {
    release("outer", "anna");
    hardware.reports("outer", "open", clock.now());
    heard.length = 0;
    report();
    expect(heard[0]).toMatchObject({
      type: "report",
      run: "run-1",
      vestibules: [
        {
          vestibule: "v1",
          doors: {
            outer: { contact: "open", bolt: "thrown", lock: "released", secure: false, since: clock.now() },
            inner: { contact: "closed", bolt: "thrown", lock: "secured", secure: true },
          },
        },
      ],
    });
  });

  test("every change is reported, a heartbeat is not", () => {
    heard.length = 0;
    beat();
    expect(heard).toEqual([]);
    hardware.reports("inner", "open", clock.now());
    expect(heard.some(({ type }) => type === "report")).toBe(true);
  });

  test("ten thousand events are kept, beyond that the oldest go and their numbers show it", () => {
    for (let count = 0; count < 10_050; count++) hardware.pressRex("inner", true, clock.now());
    heard.length = 0;
    report();
    expect(messages()).toHaveLength(10_000);
    expect(messages()[0]?.number).toBeGreaterThan(50);
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

import { beforeEach, describe, expect, test } from "vitest";
import {
  beat,
  clock,
  connectController,
  events,
  hardware,
  heard,
  hub,
  messages,
  passWithHeartbeats,
  release,
  send,
  setUp,
  told,
} from "../../test/support/interlock-rig.ts";

beforeEach(setUp);

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
    send({ type: "secureAll" });
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
    // Nor does it make the process deaf.
    hardware.onCommand = () => {};
    hardware.reports("inner", "open", clock.now());
    expect(hardware.log.at(-1)).toBe("outer secured");
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
    // Refused requests: each of them is an event at once.
    for (let count = 0; count < 10_050; count++) release("inner", `late ${count}`, -1);
    heard.length = 0;
    report();
    expect(messages()).toHaveLength(10_000);
    expect(messages()[0]?.number).toBeGreaterThan(50);
  });
});

import { describe, expect, test } from "vitest";
import { doorNames, opposite } from "../names.ts";
import {
  asleep,
  boltsAre,
  bounces,
  commandFailed,
  commandWorked,
  contact,
  given,
  givenFromStart,
  heartbeat,
  passes,
  policyWith,
  ready,
  requested,
  rexPressed,
  type Step,
  secureRequested,
} from "./given.ts";

const kinds = ["fail-secure", "fail-safe"] as const;
const bolts = ["fitted", "unfitted"] as const;
const cases = doorNames.flatMap((door) =>
  kinds.flatMap((lockKind) => bolts.map((bolt) => ({ door, other: opposite(door), lockKind, bolt }))),
);

describe.each(cases)("$door door, $lockKind, bolt $bolt", ({ door, other, lockKind, bolt }) => {
  const policy = policyWith({ lockKind, bolt });
  const released: Step = requested(door, "anna");
  const goneThrough: readonly Step[] = [contact(door, "open"), passes(2_000), contact(door, "closed")];

  test("R1: is released while the other is secure", () => {
    expect(given(policy).when(released)).toEqual([`${door} DoorReleased anna`]);
  });

  test.each(["open", "fault"] as const)("R1: is refused while the other's contact reads %s", (reads) => {
    const events = given(policy, contact(other, reads), passes(1_000)).when(released);
    expect(events).toEqual([`${door} ReleaseRefused otherNotSecure anna`]);
  });

  test("R1: is refused while the other is released", () => {
    const events = given(policy, requested(other, "ben")).when(released);
    expect(events).toEqual([`${door} ReleaseRefused otherNotSecure anna`]);
  });

  test.each([
    { wait: 499, outcome: "ReleaseRefused otherNotSecure anna" },
    { wait: 500, outcome: "DoorReleased anna" },
  ])("R1: $wait ms after the other closed → $outcome", ({ wait, outcome }) => {
    const passed = [requested(other, "ben"), contact(other, "open"), passes(2_000), contact(other, "closed")];
    const events = given(policy, ...passed, passes(wait)).when(released);
    expect(events).toEqual([`${door} ${outcome}`]);
  });

  test.each([
    { wait: 499, outcome: "ReleaseRefused otherNotSecure anna" },
    { wait: 500, outcome: "DoorReleased anna" },
  ])("R1: $wait ms after the other was locked, never opened → $outcome", ({ wait, outcome }) => {
    const events = given(policy, requested(other, "ben"), passes(5_000), passes(wait)).when(released);
    expect(events).toEqual([`${door} ${outcome}`]);
  });

  test.each([
    { wait: 99, outcome: "ReleaseRefused otherNotSecure anna" },
    { wait: 100, outcome: "DoorReleased anna" },
  ])(
    "R1, T27: without a dead time, $wait ms after the other's last bounce → $outcome",
    ({ wait, outcome }) => {
      const passed = [
        requested(other, "ben"),
        contact(other, "open"),
        passes(2_000),
        contact(other, "closed"),
      ];
      const events = given(policyWith({ lockKind, bolt, settleTime: 0 }), ...passed, passes(wait)).when(
        released,
      );
      expect(events.at(-1)).toBe(`${door} ${outcome}`);
    },
  );

  test("R3: is refused while it has closed only just now", () => {
    const closing = [contact(door, "open"), passes(1_000), contact(door, "closed"), passes(50)];
    expect(given(policy, ...closing).when(released)).toEqual([`${door} ReleaseRefused alreadyOpen anna`]);
  });

  test("R3: is refused while it is open itself, released already, or nobody is in charge", () => {
    expect(given(policy, contact(door, "open")).when(released)).toEqual([
      `${door} ReleaseRefused alreadyOpen anna`,
    ]);
    expect(given(policy, requested(door, "ben")).when(released)).toEqual([
      `${door} ReleaseRefused alreadyReleased anna`,
    ]);
    expect(given(policy, asleep(1_000)).when(released)).toEqual([
      `${door} ReleaseRefused controllerLost anna`,
    ]);
  });

  test.each([
    { validFor: 0, outcome: "DoorReleased anna" },
    { validFor: -1, outcome: "ReleaseRefused stale anna" },
    { validFor: Number.NaN, outcome: "ReleaseRefused stale anna" },
  ])("R3: a request good until $validFor ms from now → $outcome", ({ validFor, outcome }) => {
    expect(given(policy).when(requested(door, "anna", validFor))).toEqual([`${door} ${outcome}`]);
  });

  test("R3: the same request again is one release, even when the release is over", () => {
    expect(given(policy, released).when(released)).toEqual([]);
    expect(given(policy, released, passes(6_000)).when(requested(door, "anna", 10_000))).toEqual([]);
    expect(given(policy, released, requested(door, "ben"), passes(6_000)).when(released)).toEqual([]);
  });

  test("R3: what was refused stays refused when it is delivered again", () => {
    const refused = [contact(other, "open"), released, contact(other, "closed"), passes(1_000)];
    expect(given(policy, ...refused).when(requested(door, "anna", 10_000))).toEqual([]);
    expect(given(policy, ...refused).when(requested(door, "ben"))).toEqual([`${door} DoorReleased ben`]);
  });

  test("R4: a release lasts releaseTime, not an instant longer or shorter", () => {
    expect(given(policy, released).when(passes(4_999))).toEqual([]);
    expect(given(policy, released).when(passes(5_000))).toEqual([
      `${door} DoorSecured timeUp`,
      `${door} AccessNotTaken anna`,
    ]);
  });

  test("R4: once opened it is locked again after relockDelay, counted from the first edge", () => {
    const opened = given(policy, released, passes(1_000), contact(door, "open"));
    expect(opened.when(passes(299))).toEqual([`${door} DoorOpened granted`]);
    expect(opened.when(passes(300))).toEqual([`${door} DoorOpened granted`, `${door} DoorSecured opened`]);
  });

  test("R4: a relockDelay shorter than the debounce waits for neither, and counts from the first edge", () => {
    const opened = given(policyWith({ lockKind, bolt, relockDelay: 50 }), released, passes(1_000));
    const trembling = bounces(door, "open", [20, 10]);
    expect(opened.when(trembling, passes(19))).toEqual([]);
    expect(opened.when(trembling, passes(20))).toEqual([`${door} DoorSecured opened`]);
  });

  test("R4: without relockOnOpen it stays released while open, until the passage or the time is over", () => {
    const open = given(policyWith({ lockKind, bolt, relockOnOpen: false }), released, contact(door, "open"));
    expect(open.when(passes(1_000), contact(door, "closed"), passes(100))).toEqual([
      `${door} DoorOpened granted`,
      `${door} DoorClosed`,
      `${door} AccessTaken anna`,
      `${door} DoorSecured opened`,
    ]);
    expect(open.when(passes(5_000))).toEqual([`${door} DoorOpened granted`, `${door} DoorSecured timeUp`]);
  });

  test.each(["open", "fault"] as const)("R4: ends at once when the other's contact reads %s", (reads) => {
    const events = given(policy, released, passes(1_000)).when(contact(other, reads));
    expect(events).toContain(`${door} DoorSecured otherNotSecure`);
  });

  test("R4: a glitch of the other's contact shorter than any debounce still ends it", () => {
    const events = given(policy, released).when(contact(other, "open"), passes(1), contact(other, "closed"));
    expect(events).toEqual([`${door} DoorSecured otherNotSecure`, `${door} AccessNotTaken anna`]);
  });

  test("R5: opened and closed again is one passage, with how long it took", () => {
    expect(given(policy, released).when(...goneThrough, passes(100))).toEqual([
      `${door} DoorOpened granted`,
      `${door} DoorSecured opened`,
      `${door} DoorClosed`,
      `${door} AccessTaken anna`,
    ]);
  });

  test("R5: opened at the last instant of the release counts, the instant after is force", () => {
    const atTheEnd = given(policy, released, passes(4_999)).when(
      passes(1),
      contact(door, "open"),
      passes(400),
    );
    expect(atTheEnd).toContain(`${door} DoorForcedOpen`);
    const within = given(policy, released, passes(4_999)).when(contact(door, "open"), passes(400));
    expect(within).toEqual([`${door} DoorSecured timeUp`, `${door} DoorOpened granted`]);
  });

  test("R11: a press at its button is told, and releases nothing by itself", () => {
    expect(given(policy).when(rexPressed(door))).toEqual([`${door} ExitRequested`]);
  });

  test("a storage fault secures it", () => {
    expect(given(policy, released).when(secureRequested)).toEqual([
      `${door} DoorSecured commanded`,
      `${door} AccessNotTaken anna`,
    ]);
    expect(given(policy).when(secureRequested)).toEqual([]);
  });

  test("a line that would not switch secures it and keeps the other shut until it switches", () => {
    const failed = given(policy, released);
    expect(failed.when(commandFailed(door))).toEqual([
      `${door} LockFault line`,
      `${door} DoorSecured hardwareFault`,
      `${door} AccessNotTaken anna`,
    ]);
    expect(failed.when(commandFailed(door), commandFailed(door))).toHaveLength(3);
    const broken = given(policy, released, commandFailed(door), passes(10_000));
    expect(broken.when(requested(other, "ben"))).toEqual([`${other} ReleaseRefused otherNotSecure ben`]);
    expect(broken.when(commandWorked(door), passes(500), requested(other, "ben"))).toEqual([
      `${door} LockFaultCleared`,
      `${other} DoorReleased ben`,
    ]);
    expect(given(policy).when(commandWorked(door))).toEqual([]);
  });

  // Found by the simulation of the building: seed 434.
  test("R1: a line that switches after all has its lock settle first", () => {
    const broken = given(policy, released, commandFailed(door), passes(10_000), commandWorked(door));
    expect(broken.when(passes(499), requested(other, "ben"))).toEqual([
      `${other} ReleaseRefused otherNotSecure ben`,
    ]);
    expect(broken.when(passes(500), requested(other, "ben"))).toEqual([`${other} DoorReleased ben`]);
  });

  test("a late timer secures the door for the cause that came first", () => {
    expect(given(policy, released).when(asleep(10_000))).toEqual([
      "ControllerLost",
      `${door} DoorSecured controllerLost`,
      `${door} AccessNotTaken anna`,
    ]);
    // The controller is lost a second after its last heartbeat; time was up before that.
    const nearTheEnd = given(policy, released, passes(4_250));
    expect(nearTheEnd.when(asleep(10_000))).toEqual([
      `${door} DoorSecured timeUp`,
      `${door} AccessNotTaken anna`,
      "ControllerLost",
    ]);
  });

  test("a late timer finds the relocking before the end of the time", () => {
    const open = given(policy, released, contact(door, "open"), heartbeat(0));
    expect(open.when(asleep(900))).toEqual([`${door} DoorOpened granted`, `${door} DoorSecured opened`]);
  });

  test("two releases one after the other each have their own end", () => {
    // The contact trembles as time runs out: whether the first was taken is not yet certain.
    const trembling = [passes(4_980), contact(door, "open"), passes(10), contact(door, "closed"), passes(10)];
    expect(given(policy, released).when(...trembling, requested(door, "ben"))).toEqual([
      `${door} DoorSecured timeUp`,
      `${door} AccessNotTaken anna`,
      `${door} DoorReleased ben`,
    ]);
  });
});

test("R10: nothing is released before both doors have been read and have settled", () => {
  const policy = policyWith();
  const fresh = givenFromStart(policy, heartbeat(0));
  expect(fresh.when(requested("outer", "anna"))).toEqual(["outer ReleaseRefused otherNotSecure anna"]);
  const oneRead = givenFromStart(policy, heartbeat(0), contact("outer", "closed"), passes(5_000));
  expect(oneRead.when(requested("outer", "anna"))).toEqual(["outer ReleaseRefused otherNotSecure anna"]);
  expect(oneRead.when(requested("inner", "anna"))).toEqual(["inner DoorReleased anna"]);
});

test("R10: a fitted bolt that was never read keeps the other door shut", () => {
  const unread = givenFromStart(
    policyWith({ bolt: "fitted" }),
    boltsAre("inner", "stuck"),
    heartbeat(0),
    contact("outer", "closed"),
    contact("inner", "closed"),
    passes(5_000),
  );
  expect(unread.when(requested("outer", "anna"))).toEqual(["outer ReleaseRefused otherNotSecure anna"]);
});

test("the two doors of a pair may have different rules", () => {
  const both = policyWith();
  const policy = { ...both, doors: { ...both.doors, inner: { ...both.doors.inner, releaseTime: 2_000 } } };
  const pair = givenFromStart(policy, ready);
  expect(pair.when(requested("inner", "anna"), passes(2_000))).toContain("inner DoorSecured timeUp");
  expect(pair.when(requested("outer", "anna"), passes(2_000))).toEqual(["outer DoorReleased anna"]);
});

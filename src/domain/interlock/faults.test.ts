import { describe, expect, test } from "vitest";
import { doorNames, opposite } from "../names.ts";
import { instant } from "../time.ts";
import {
  asleep,
  bolt,
  boltsAre,
  bounces,
  commandWorked,
  contact,
  given,
  heartbeat,
  Pair,
  passes,
  policyWith,
  ready,
  requested,
  type Step,
} from "./given.ts";

const doors = doorNames.map((door) => ({ door, other: opposite(door) }));

describe.each(doors)("$door door's bolt", ({ door, other }) => {
  const policy = policyWith({ bolt: "fitted" });
  const unthrown: readonly Step[] = [
    requested(door, "anna"),
    boltsAre(door, "stuck"),
    contact(door, "open"),
    passes(1_000),
    contact(door, "closed"),
  ];

  test.each([
    { wait: 1_999, fault: [] },
    { wait: 2_000, fault: [`${door} LockFault notThrown`] },
  ])("R8, T30: not thrown $wait ms after closing → $fault", ({ wait, fault }) => {
    const events = given(policy, ...unthrown, passes(200)).when(passes(wait - 200));
    expect(events).toEqual(fault);
  });

  test("R8: reading again what it read before does not begin its time anew", () => {
    const readAgain = [bolt(door, "retracted"), contact(door, "closed")];
    expect(given(policy, ...unthrown, passes(1_000)).when(...readAgain, passes(1_000))).toEqual([
      `${door} LockFault notThrown`,
    ]);
  });

  test("R8: the other stays shut from the first instant, and opens once the bolt is thrown", () => {
    const closed = given(policy, ...unthrown, passes(1_000));
    expect(closed.when(requested(other, "ben"))).toEqual([`${other} ReleaseRefused otherNotSecure ben`]);
    const faulty = given(policy, ...unthrown, passes(5_000));
    expect(faulty.when(bolt(door, "thrown"), requested(other, "ben"))).toEqual([
      `${door} LockFaultCleared`,
      `${other} DoorReleased ben`,
    ]);
  });

  test("T32: a line that obeys again says nothing about the bolt", () => {
    expect(given(policy, ...unthrown, passes(5_000)).when(commandWorked(door))).toEqual([]);
  });

  test("R8: a bolt that would not throw is not mended by releasing its door again", () => {
    const faulty = given(policy, ...unthrown, passes(5_000));
    expect(faulty.when(requested(door, "ben"), passes(20_000))).toEqual([
      `${door} DoorReleased ben`,
      `${door} DoorSecured timeUp`,
      `${door} AccessNotTaken ben`,
    ]);
  });

  test("R8: a bolt that does not retract on release is a fault, over when it moves or is no longer to", () => {
    const stuck = given(policy, boltsAre(door, "stuck"), requested(door, "anna"));
    expect(stuck.when(passes(1_999))).toEqual([]);
    expect(stuck.when(passes(2_000))).toEqual([`${door} LockFault notRetracted`]);
    expect(stuck.when(passes(3_000), bolt(door, "retracted"))).toEqual([
      `${door} LockFault notRetracted`,
      `${door} LockFaultCleared`,
    ]);
    expect(stuck.when(passes(6_000))).toEqual([
      `${door} LockFault notRetracted`,
      `${door} DoorSecured timeUp`,
      `${door} LockFaultCleared`,
      `${door} AccessNotTaken anna`,
    ]);
  });

  test("R8: a sensor that reads nonsense is a fault at once and secures the other", () => {
    const events = given(policy, boltsAre(door, "stuck"), requested(other, "anna")).when(bolt(door, "fault"));
    expect(events).toEqual([
      `${door} LockFault sensor`,
      `${other} DoorSecured otherNotSecure`,
      `${other} AccessNotTaken anna`,
    ]);
    const cured = given(policy, boltsAre(door, "stuck"), bolt(door, "fault"), passes(9_000));
    expect(cured.when(bolt(door, "thrown"))).toEqual([`${door} LockFaultCleared`]);
  });

  test("R8: drawn back while the other is released secures the other at once", () => {
    const events = given(policy, boltsAre(door, "stuck"), requested(other, "anna")).when(
      bolt(door, "retracted"),
    );
    expect(events).toEqual([`${other} DoorSecured otherNotSecure`, `${other} AccessNotTaken anna`]);
  });

  test("R8: an open door's bolt may stay back for as long as it is open", () => {
    const events = given(policy, requested(door, "anna"), contact(door, "open"), passes(400)).when(
      passes(9_000),
    );
    expect(events).toEqual([]);
  });

  test("R8: a late timer raises the lock fault too", () => {
    expect(given(policy, ...unthrown, heartbeat(0)).when(asleep(10_000))).toContain(
      `${door} LockFault notThrown`,
    );
  });

  test("T28: with a bolt, a contact that stays closed is believed: the bolt tells the truth", () => {
    const thrice = ["a", "b", "c", "d"].flatMap((id) => [requested(door, id), passes(6_000)]);
    expect(given(policy, ...thrice).when(requested(other, "ben"))).toEqual([`${other} DoorReleased ben`]);
    const ajar = [requested(door, "a"), boltsAre(door, "stuck"), bolt(door, "retracted"), passes(6_000)];
    expect(given(policy, ...ajar).when(requested(other, "ben"))).toEqual([
      `${other} ReleaseRefused otherNotSecure ben`,
    ]);
  });
});

describe.each(doors)("$door door's contact", ({ door, other }) => {
  const policy = policyWith();
  const twentyTimes: Step = bounces(
    door,
    "open",
    Array.from({ length: 19 }, () => 40),
  );
  const flaps: readonly Step[] = [twentyTimes, contact(door, "open"), passes(10), contact(door, "closed")];

  test("R9: a line that reads neither is a fault at once, and over as soon as it reads", () => {
    expect(given(policy).when(contact(door, "fault"))).toEqual([`${door} ContactFault line`]);
    const faulty = given(policy, contact(door, "fault"), passes(60_000));
    expect(faulty.when(contact(door, "closed"))).toEqual([`${door} ContactFaultCleared`]);
    expect(faulty.when(contact(door, "open"), passes(100))).toEqual([
      `${door} ContactFaultCleared`,
      `${door} DoorOpened forced`,
      `${door} DoorForcedOpen`,
    ]);
  });

  test("R9: twenty changes within a second are bouncing, one more is flapping", () => {
    expect(given(policy).when(twentyTimes)).toEqual([]);
    expect(given(policy).when(twentyTimes, contact(door, "open"))).toEqual([`${door} ContactFault flapping`]);
  });

  test("R9: a change exactly a second old no longer counts", () => {
    const slow: Step = bounces(
      door,
      "open",
      Array.from({ length: 19 }, () => 50),
    );
    expect(given(policy).when(slow, passes(50), contact(door, "open"))).toEqual([]);
    expect(given(policy).when(slow, passes(49), contact(door, "open"))).toEqual([
      `${door} ContactFault flapping`,
    ]);
  });

  test("R9: a flapping contact is believed again after a second without a change", () => {
    const flapping = given(policy, ...flaps);
    expect(flapping.when(passes(999))).toEqual([]);
    expect(flapping.when(passes(1_000))).toEqual([`${door} ContactFaultCleared`]);
    expect(flapping.when(passes(999), contact(door, "open"), passes(999))).toEqual([]);
    expect(flapping.when(passes(1_000), requested(other, "anna"))).toContain(`${other} DoorReleased anna`);
  });

  test("R9: a door that flapped and stayed open is forced once the contact is believed", () => {
    const open = given(policy, ...flaps, passes(10), contact(door, "open"));
    expect(open.when(passes(1_000))).toEqual([
      `${door} ContactFaultCleared`,
      `${door} DoorOpened forced`,
      `${door} DoorForcedOpen`,
    ]);
  });

  test("R9: flapping secures the other door", () => {
    const events = given(policy, requested(other, "anna")).when(...flaps);
    expect(events).toContain(`${other} DoorSecured otherNotSecure`);
  });

  const neverOpened = (...ids: readonly string[]): readonly Step[] =>
    ids.flatMap((id) => [requested(door, id), passes(6_000)]);

  test("T28: without a bolt, three releases that open nothing make the contact suspect", () => {
    expect(given(policy, ...neverOpened("a", "b")).when(requested(door, "c"), passes(6_000))).toEqual([
      `${door} DoorReleased c`,
      `${door} DoorSecured timeUp`,
      `${door} AccessNotTaken c`,
      `${door} ContactFault stuckClosed`,
    ]);
  });

  test("T28: then the other stays shut, this one can still be released, and opening it clears the fault", () => {
    const stuck = given(policy, ...neverOpened("a", "b", "c"));
    expect(stuck.when(requested(other, "ben"))).toEqual([`${other} ReleaseRefused otherNotSecure ben`]);
    expect(stuck.when(requested(door, "d"), contact(door, "open"), passes(100))).toEqual([
      `${door} DoorReleased d`,
      `${door} DoorOpened granted`,
      `${door} ContactFaultCleared`,
    ]);
  });

  test("T28: an opening in between starts the count anew", () => {
    const opened = [
      requested(door, "x"),
      contact(door, "open"),
      passes(1_000),
      contact(door, "closed"),
      passes(600),
    ];
    const events = given(policy, ...neverOpened("a", "b"), ...opened, ...neverOpened("c", "d"));
    expect(events.when(requested(other, "ben"))).toEqual([`${other} DoorReleased ben`]);
  });

  test("T28: an opening that outlasts its release is one all the same", () => {
    const strict = policyWith({ relockOnOpen: false, stuckContactLimit: 1 });
    const late = [requested(door, "a"), passes(4_900), contact(door, "open"), passes(1_000)];
    expect(given(strict, ...late).when(contact(door, "closed"), passes(1_000))).toEqual([
      `${door} DoorClosed`,
      `${door} AccessTaken a`,
    ]);
  });

  test("T28: a release cut short proves nothing: nobody had the time to open", () => {
    const cutShort = ["a", "b", "c", "d"].flatMap((id) => [
      requested(door, id),
      passes(100),
      contact(other, "open"),
      contact(other, "closed"),
      passes(1_000),
    ]);
    expect(given(policy, ...cutShort).when(requested(other, "ben"))).toEqual([`${other} DoorReleased ben`]);
  });
});

describe.each(doors)("what is announced of the $door door", ({ door }) => {
  const announced = (...steps: readonly Step[]): readonly string[] => {
    const pair = new Pair(policyWith());
    ready(pair);
    const readyAt = pair.now;
    const before = pair.events.length;
    for (const step of steps) step(pair);
    return pair.events
      .slice(before)
      .filter((event) => "door" in event && event.door === door && /secure$/i.test(event.type))
      .map(({ type, at }) => `${type} ${at - readyAt}`);
  };

  test("insecure from the release on, secure when closed for the settle time", () => {
    expect(
      announced(
        requested(door, "anna"),
        contact(door, "open"),
        passes(2_000),
        contact(door, "closed"),
        passes(900),
      ),
    ).toEqual(["DoorBecameInsecure 0", "DoorBecameSecure 2500"]);
  });

  test("insecure at a glitch of the contact", () => {
    expect(announced(contact(door, "open"), passes(1), contact(door, "closed"), passes(900))).toEqual([
      "DoorBecameInsecure 0",
      "DoorBecameSecure 501",
    ]);
  });
});

test("the witness itself notices a rule that is broken", () => {
  const pair = new Pair(policyWith());
  ready(pair);
  const released = (door: "outer" | "inner", id: string) =>
    ({
      type: "DoorReleased",
      at: pair.now,
      door,
      grant: { id, kind: "access", enters: true },
      until: instant(9_000),
    }) as const;
  const input = { type: "TimePassed", at: pair.now } as const;
  pair.witness.watch(input, [released("outer", "anna")]);
  expect(() => pair.witness.watch(input, [released("inner", "ben")])).toThrow("is released");
});

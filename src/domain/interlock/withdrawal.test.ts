import { describe, expect, test } from "vitest";
import { doorNames, opposite } from "../names.ts";
import {
  bounces,
  contact,
  fire,
  given,
  overrideBy,
  passes,
  policyWith,
  requested,
  rexPressed,
  withdrawn,
} from "./given.ts";

const policy = policyWith({});
const staysReleased = policyWith({ relockOnOpen: false });
const overridden = [overrideBy("wang", "both"), overrideBy("li", "both")] as const;

describe.each(doorNames)("A8: a release of the %s door that is taken back", (door) => {
  const released = requested(door, "anna");
  const taken = withdrawn(door, "anna");

  test("secures at once a door that nobody has opened, and nobody has passed", () => {
    expect(given(policy, released, passes(2_000)).when(taken)).toEqual([
      `${door} ReleaseWithdrawn anna`,
      `${door} DoorSecured withdrawn`,
      `${door} AccessNotTaken anna`,
    ]);
  });

  test("opening it then is force", () => {
    const events = given(policy, released, taken).when(passes(1_000), contact(door, "open"), passes(100));
    expect(events).toContain(`${door} DoorForcedOpen`);
  });

  test("is taken back once, and the other door, or anybody else's, is released as ever", () => {
    expect(given(policy, released, taken).when(taken, passes(9_000))).toEqual([]);
    expect(given(policy, released, taken, passes(600)).when(requested(opposite(door), "ben"))).toEqual([
      `${opposite(door)} DoorReleased ben`,
    ]);
  });

  test("is nobody else's: neither a later release, nor one at the other door, nor a button's", () => {
    const later = [released, passes(6_000), requested(door, "ben")];
    expect(given(policy, ...later).when(taken)).toEqual([]);
    expect(given(policy, released).when(withdrawn(opposite(door), "anna"))).toEqual([]);
    expect(given(policy, rexPressed(door), requested(door, "egress")).when(taken)).toEqual([]);
  });

  test("does not throw the bolt at somebody who is going through", () => {
    const opened = [released, contact(door, "open"), passes(100)];
    expect(given(policy, ...opened).when(taken, passes(2_000), contact(door, "closed"), passes(100))).toEqual(
      [`${door} DoorSecured opened`, `${door} DoorClosed`, `${door} AccessTaken anna`],
    );
    // Where the lock is to stay released while open, it stays so.
    expect(given(staysReleased, ...opened).when(taken, passes(2_000))).toEqual([]);
  });

  test("T27: waits for a door that is on the move, and takes a rattle for no opening", () => {
    const moving = [released, contact(door, "open"), passes(20)];
    expect(given(policy, ...moving).when(taken, passes(40))).toEqual([`${door} ReleaseWithdrawn anna`]);
    // Asked for again by whoever has not heard yet: said once.
    expect(given(policy, ...moving, taken).when(taken)).toEqual([]);
    expect(given(policy, ...moving, taken).when(passes(1_000))).toEqual([
      `${door} DoorOpened granted`,
      `${door} DoorSecured opened`,
    ]);
    expect(given(policy, ...moving, taken).when(contact(door, "closed"), passes(200))).toEqual([
      `${door} DoorSecured withdrawn`,
      `${door} AccessNotTaken anna`,
    ]);
  });

  test("T27: a contact that never comes to rest keeps nothing released", () => {
    const rattle = bounces(
      door,
      "open",
      Array.from({ length: 9 }, () => 30),
    );
    const events = given(policy, released).when(rattle, taken, passes(200));
    expect(events).toContain(`${door} DoorSecured withdrawn`);
  });

  test("T28: says nothing about the contact: nobody had the time to open", () => {
    const bare = policyWith({ bolt: "unfitted", stuckContactLimit: 2 });
    const again = [1, 2, 3].flatMap((n) => [
      requested(door, `anna ${n}`),
      withdrawn(door, `anna ${n}`),
      passes(1_000),
    ]);
    expect(given(bare).when(...again)).not.toContain(`${door} ContactFault stuckClosed`);
  });

  test("R12, R13: closes no way out that a fire or operators hold open", () => {
    expect(given(policy, released, fire("active")).when(taken)).toEqual([]);
    expect(given(policy, released, ...overridden).when(taken)).toEqual([]);
  });
});

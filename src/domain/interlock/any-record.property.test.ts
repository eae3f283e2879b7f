import fc from "fast-check";
import { expect, test } from "vitest";
import { doorNames } from "../names.ts";
import { instant } from "../time.ts";
import { deadline, decide } from "./decide.ts";
import type { InterlockEvent } from "./event.ts";
import { evolve } from "./evolve.ts";
import { contact, grantOf, Pair, policyWith, ready, requested } from "./given.ts";
import { initialState } from "./state.ts";

const aDoor = fc.constantFrom(...doorNames);
const at = instant(1_000);
const grant = grantOf("anna");
const anyEvent: fc.Arbitrary<InterlockEvent> = aDoor.chain((door) =>
  fc.constantFrom<InterlockEvent>(
    { type: "ContactRead", at, door, contact: "open" },
    { type: "ContactRead", at, door, contact: "closed" },
    { type: "BoltRead", at, door, bolt: "thrown" },
    { type: "DoorOpened", at, door, edgeAt: at, cause: "granted" },
    { type: "DoorOpened", at, door, edgeAt: at, cause: "forced" },
    { type: "DoorClosed", at, door, edgeAt: at, openFor: 1 },
    { type: "DoorReleased", at, door, grant, until: at },
    { type: "ReleaseRefused", at, door, grant, reason: "stale" },
    { type: "ReleaseWithdrawn", at, door, grant },
    { type: "DoorSecured", at, door, cause: "timeUp" },
    { type: "DoorBecameSecure", at, door },
    { type: "DoorBecameInsecure", at, door },
    { type: "AccessTaken", at, door, grant, openFor: 1 },
    { type: "AccessNotTaken", at, door, grant },
    { type: "ExitRequested", at, door },
    { type: "DoorHeldOpenWarning", at, door },
    { type: "DoorHeldOpen", at, door },
    { type: "DoorForcedOpen", at, door },
    { type: "DoorFoundOpen", at, door },
    { type: "LockFault", at, door, fault: "line" },
    { type: "LockFaultCleared", at, door },
    { type: "ContactFault", at, door, fault: "flapping" },
    { type: "ContactFaultCleared", at, door },
    { type: "DoorOpened", at, door, edgeAt: at, cause: "emergency" },
    { type: "FireInputChanged", at, value: "active" },
    { type: "EmergencyStarted", at, cause: "fire" },
    { type: "EmergencyDoorReleased", at, door },
    { type: "EmergencyReset", at, id: "r" },
    { type: "LockdownStarted", at, by: "order" },
    { type: "LockdownEnded", at, by: "order" },
    { type: "OverrideProposed", at, id: "o", doors: "both", operator: "wang", until: at },
    { type: "OverrideStarted", at, id: "o", doors: "both", operators: ["wang", "li"], until: at },
    { type: "OverrideDoorReleased", at, door, until: at },
    { type: "OverrideEnded", at },
    { type: "PersonDetained", at, since: at },
    { type: "DetentionEnded", at },
    { type: "OccupancyRestored", at, people: 40 },
    ...[0, 1, 40].map((people) => ({ type: "OccupancyCorrected", at, people }) as const),
    { type: "InterlockViolated", at },
    { type: "InterlockRestored", at },
    { type: "ControllerHeard", at, sentAt: at },
    { type: "ControllerLost", at },
    { type: "ControllerReturned", at, sentAt: at },
  ),
);

test("evolve is total: any record can be replayed, and the rules come to rest on what it leaves", () => {
  fc.assert(
    fc.property(fc.array(anyEvent, { maxLength: 60 }), (events) => {
      const policy = policyWith();
      const state = events.reduce(evolve, initialState(instant(0)));
      const after5s = decide(state, { type: "TimePassed", at: instant(6_000) }, policy).reduce(evolve, state);
      const next = deadline(after5s, policy);
      expect(next === undefined || next > 6_000).toBe(true);
    }),
    { numRuns: 300 },
  );
});

test("the memory of a door is bounded, whatever comes", () => {
  const pair = new Pair(policyWith({ flapLimit: 100 }));
  ready(pair);
  for (let count = 0; count < 300; count++) {
    pair.pass(3);
    contact("outer", count % 2 === 0 ? "open" : "closed")(pair);
    requested("outer", `anna ${count}`)(pair);
  }
  const { contactEdges, answered } = pair.state.doors.outer;
  expect(contactEdges.length).toBeLessThanOrEqual(101);
  expect(answered.length).toBeLessThanOrEqual(16);
  const crowded = evolve(pair.state, { type: "OccupancyRestored", at: pair.now, people: 1_000 });
  expect(crowded.entered.length).toBeLessThanOrEqual(16);
});

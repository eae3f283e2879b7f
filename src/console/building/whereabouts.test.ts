import { expect, test } from "vitest";
import type { RecordView } from "../../ports/record-view.ts";
import { whereabouts } from "./whereabouts.ts";

const record = (seq: number, type: string, facts: Partial<RecordView>): RecordView => ({
  schema: 1,
  seq,
  time: "2026-11-21T08:00:00.000Z",
  type,
  vestibule: "v1",
  door: null,
  accessPoint: null,
  cardholder: null,
  reason: null,
  hash: "",
  ...facts,
});
const granted = record(1, "AccessGranted", { cardholder: "anna", accessPoint: "outer-entry" });
const opened = record(2, "DoorOpened", { door: "outer" });
const atOuter = { afterSeq: 0, accessPoint: "outer-entry", cardholders: ["anna"] } as const;

test("somebody granted stands at the reader, and walks in as the door opens", () => {
  expect(whereabouts([granted], []).get("anna")).toEqual({ area: "outside", at: "outer-entry", jumps: 0 });
  expect(whereabouts([opened, granted], []).get("anna")).toMatchObject({ area: "vestibule", at: null });
});

test("a door that opens without a grant, or after the grant ran out, moves nobody", () => {
  const notTaken = record(2, "AccessNotTaken", { door: "outer" });
  const forced = record(3, "DoorOpened", { door: "outer" });
  expect(whereabouts([forced, notTaken, granted], []).get("anna")?.area).toBe("outside");
});

test("a placement counts from when it was made: a later passage walks on from there", () => {
  expect(whereabouts([opened, granted], [atOuter]).get("anna")?.area).toBe("vestibule");
  expect(whereabouts([opened, granted], [{ ...atOuter, afterSeq: 2 }]).get("anna")).toEqual({
    area: "outside",
    at: "outer-entry",
    jumps: 1,
  });
});

test("whoever stood before the camera steps back when somebody else is put there", () => {
  const ben = { afterSeq: 0, accessPoint: "outer-entry", cardholders: ["ben"] } as const;
  const people = whereabouts([], [atOuter, ben]);
  expect(people.get("anna")?.at).toBeNull();
  expect(people.get("ben")?.at).toBe("outer-entry");
});

test("a card refused elsewhere does not move its owner through a wall", () => {
  const denied = record(3, "AccessDenied", { cardholder: "anna", accessPoint: "inner-exit" });
  expect(whereabouts([denied, opened, granted], []).get("anna")?.area).toBe("vestibule");
});

test("of a group everybody walks through as the door opens", () => {
  const other = record(1, "AccessGranted", { cardholder: "ben", accessPoint: "outer-entry" });
  const people = whereabouts([opened, other, granted], []);
  for (const one of ["anna", "ben"]) expect(people.get(one)?.area, one).toBe("vestibule");
});

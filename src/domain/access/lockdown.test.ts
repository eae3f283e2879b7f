import { expect, test } from "vitest";
import {
  doorReleased,
  exitRequested,
  faceAccepted,
  given,
  policyWith,
  presents,
  quiet,
  releaseRefused,
} from "./given.ts";

const lockedDown = { ...quiet, lockdown: true };

test("R14: a card in lockdown is refused before anything about it is looked at", () => {
  const events = given(policyWith()).when(presents("a", { credential: undefined, surroundings: lockedDown }));
  expect(events).toEqual(["a CardPresented", "a AccessDenied lockdown"]);
});

test("R14: it is the reason even where the other door is not secure", () => {
  const surroundings = { ...lockedDown, secure: { outer: false, inner: false } };
  expect(given(policyWith()).when(presents("a", { surroundings }))).toContain("a AccessDenied lockdown");
});

test("R14, R3: a lockdown that came while the face was compared", () => {
  expect(given(policyWith(), presents("a")).when(faceAccepted("a", lockedDown))).toEqual([
    "a AccessDenied lockdown",
  ]);
});

test("R14: one that only the interlock knew of is the reason that is recorded", () => {
  const granted = given(policyWith(), presents("a"), faceAccepted("a"));
  expect(granted.when(releaseRefused("a", "lockdown"))).toEqual(["a AccessDenied lockdown"]);
  expect(granted.when(releaseRefused("a", "otherNotSecure"))).toEqual(["a AccessDenied interlocked"]);
});

test("R14: the button opens nothing either", () => {
  expect(given(policyWith()).when(exitRequested("inner", "e", lockedDown))).toEqual([
    "v1 EgressDenied lockdown",
  ]);
});

test("A6: a lockdown is nobody's failure", () => {
  const again = (card: string) => presents(card, { surroundings: lockedDown });
  const events = given(policyWith({ maxFailures: 1 })).when(again("a"), again("b"), again("c"));
  expect(events.filter((line) => /LockedOut|RepeatedDenials/.test(line))).toEqual([]);
  const after = given(policyWith({ maxFailures: 1 }), again("a")).when(
    presents("d"),
    faceAccepted("d"),
    doorReleased("d"),
  );
  expect(after).toContain("d AccessGranted");
});

import { expect, test } from "vitest";
import { exitRequested, faceAccepted, given, policyWith, presents, quiet } from "./given.ts";

const tried = { ...quiet, commissioning: true };

test("while the doors are being tried nobody's card opens one, and a stranger's is no alarm", () => {
  expect(given(policyWith()).when(presents("a", { surroundings: tried }))).toEqual([
    "a CardPresented",
    "a AccessDenied notAuthorised",
  ]);
  expect(given(policyWith()).when(presents("a", { credential: undefined, surroundings: tried }))).toEqual([
    "a CardPresented",
    "a AccessDenied notAuthorised",
  ]);
});

test("R2 can be shown meanwhile: it is the reason where the other door is not secure", () => {
  const surroundings = { ...tried, secure: { outer: true, inner: false } };
  expect(given(policyWith()).when(presents("a", { surroundings }))).toContain("a AccessDenied interlocked");
});

test("R3: whoever was being verified when it began is not let in", () => {
  expect(given(policyWith(), presents("a")).when(faceAccepted("a", tried))).toEqual([
    "a AccessDenied notAuthorised",
  ]);
});

test("R15: the button lets out meanwhile", () => {
  expect(given(policyWith()).when(exitRequested("inner", "e", tried))).toEqual(["e Egress"]);
});

import { expect, test } from "vitest";
import { changesOf, mergedLists, mergedValues } from "./merging.ts";

const item = (name: string, value: number) => ({ name, value });
const byName = ({ name }: { name: string }) => name;

test("what two people did to different items stands both", () => {
  const base = [item("a", 1), item("b", 1), item("c", 1)];
  const mine = [item("a", 2), item("b", 1), item("c", 1), item("mine", 1)];
  const theirs = [item("a", 1), item("b", 3), item("theirs", 1)];
  expect(mergedLists(base, mine, theirs, byName)).toEqual({
    document: [item("a", 2), item("b", 3), item("theirs", 1), item("mine", 1)],
    both: [],
  });
});

test("where both changed the same, mine stands and it is said", () => {
  const merged = mergedLists(
    [item("a", 1), item("b", 1)],
    [item("a", 2)],
    [item("a", 3), item("b", 4)],
    byName,
  );
  expect(merged).toEqual({ document: [item("a", 2)], both: ["a", "b"] });
});

test("values are merged down to what is plain", () => {
  const base = { access: { maxFailures: 3, lockoutTime: 60 }, liveness: "passive" };
  const mine = { access: { maxFailures: 2, lockoutTime: 60 }, liveness: "challenge" };
  const theirs = { access: { maxFailures: 3, lockoutTime: 90 }, liveness: "off" };
  expect(mergedValues(base, mine, theirs)).toEqual({
    document: { access: { maxFailures: 2, lockoutTime: 90 }, liveness: "challenge" },
    both: ["liveness"],
  });
});

test("only what became different is sent, and null is something", () => {
  const base = { a: { x: 1, y: 2 }, b: 1, c: { n: 1 } };
  const mine = { a: { x: 1, y: 3 }, b: 1, c: null };
  expect(changesOf(base, mine, true)).toEqual({ a: { y: 3 }, c: null });
  expect(changesOf(base, mine, false)).toEqual({ a: { x: 1, y: 3 }, c: null });
});

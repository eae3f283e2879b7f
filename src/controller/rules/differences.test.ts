import { expect, test } from "vitest";
import { differencesBetween } from "./differences.ts";

test("only what differs is told, down to the plain value", () => {
  expect(
    differencesBetween(
      { releaseTime: 5, multiPerson: null, access: { maxFailures: 3, lockoutTime: 60 } },
      { releaseTime: 5, multiPerson: { count: 2 }, access: { maxFailures: 5, lockoutTime: 60 } },
    ),
  ).toEqual({
    differences: [
      { path: "multiPerson", before: null, after: { count: 2 } },
      { path: "access.maxFailures", before: 3, after: 5 },
    ],
    more: 0,
  });
});

test("items of a list are known by their name, wherever they stand in it", () => {
  const before = [
    { name: "staff", mode: "card+face" },
    { name: "night", mode: "card" },
  ];
  expect(
    differencesBetween(before, [before[1] ?? null, { name: "staff", mode: "card" }]).differences,
  ).toEqual([{ path: "staff.mode", before: "card+face", after: "card" }]);
  expect(differencesBetween(before, before.slice(0, 1)).differences).toEqual([
    { path: "night", before: before[1], after: null },
  ]);
});

test("a list of plain values is one value", () => {
  expect(differencesBetween(["2027-01-01"], ["2027-01-01", "2027-01-02"]).differences).toEqual([
    { path: "", before: ["2027-01-01"], after: ["2027-01-01", "2027-01-02"] },
  ]);
  expect(differencesBetween([], []).differences).toEqual([]);
});

test("days with a name are known by their date, beside days without one", () => {
  const named = (date: string) => ({ date, name: "Spring Festival" });
  const before = [named("2027-02-06"), named("2027-02-07")];
  expect(differencesBetween(before, [...before, "2027-05-01"]).differences).toEqual([
    { path: "2027-05-01", before: null, after: "2027-05-01" },
  ]);
  expect(differencesBetween(before, [named("2027-02-07")]).differences).toEqual([
    { path: "2027-02-06", before: named("2027-02-06"), after: null },
  ]);
});

test("neither their number nor their length is without bound", () => {
  const many = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`k${index}`, index]));
  const { differences, more } = differencesBetween({}, many);
  expect([differences.length, more]).toEqual([50, 10]);
  const [long] = differencesBetween({ a: "x".repeat(1_000) }, { a: "" }).differences;
  expect(JSON.stringify(long?.before).length).toBeLessThan(210);
});

import { expect, test } from "vitest";
import { faultsForTests, siteForTests } from "./site-for-tests.ts";

const paths = (more: string): readonly string[] => faultsForTests(more).map(({ path }) => path);

test("A9: a span that never lasts is a fault; overlapping ones and one until midnight are not", () => {
  const spans = (...times: readonly (readonly [string, string])[]): string =>
    `schedules:\n  - name: s\n    spans:\n${times.map(([from, to]) => `      - { days: [monday], from: "${from}", to: "${to}" }`).join("\n")}\n`;
  expect(paths(spans(["08:00", "08:00"], ["24:00", "06:00"]))).toEqual([
    "schedules[0].spans[0].from",
    "schedules[0].spans[1].from",
  ]);
  const right = spans(["08:00", "12:00"], ["11:00", "24:00"], ["22:00", "00:00"]);
  expect(siteForTests(right).schedules[0]?.spans).toHaveLength(3);
});

test("a level's modes name schedules that exist, and faces only where a camera is", () => {
  expect(
    paths(`    accessPoints: { outer-exit: { reader: { kind: simulated } } }
accessLevels:
  - { name: staff, accessPoints: [outer-exit], mode: card, modes: [{ schedule: nigth, mode: card+face+pin }] }
`),
  ).toEqual(["accessLevels[0].accessPoints[0]", "accessLevels[0].modes[0].schedule"]);
});

test("A1: no more groups than people, and each once", () => {
  const [twice, tooMany] = faultsForTests(`    doors:
      outer: { multiPerson: { count: 3, groups: [a, a] } }
      inner: { multiPerson: { count: 2, groups: [a, b, c] } }
`);
  expect(twice?.path).toBe("vestibules[0].doors.outer.multiPerson.groups");
  expect(tooMany?.found).toBe("3 groups for 2 people");
});

test("A4: whoever must not be alone inside has room for the others", () => {
  const min = (occupancy: string): string => `    occupancy: { ${occupancy} }\n`;
  // The rules themselves wait for enough people at the inner door, on both ways.
  expect(siteForTests(min("secureMin: 2")).vestibules[0]?.occupancy.secureMin).toBe(2);
  expect(paths(min("secureMin: 2, secureMax: 1"))).toEqual(["vestibules[0].occupancy.secureMin"]);
});

test("A4: one person is never a least number", () => {
  expect(paths("    occupancy: { secureMin: 1 }\n")).toEqual(["vestibules[0].occupancy.secureMin"]);
});

test("A3: whoever is read on the way in is read on the way out", () => {
  const site = (points: string): string => `    antiPassback: hard\n    accessPoints: { ${points} }\n`;
  const reader = "{ reader: { kind: simulated } }";
  expect(paths(site(`inner-entry: ${reader}`))).toEqual(["vestibules[0].antiPassback"]);
  expect(siteForTests(site(`inner-entry: ${reader}, inner-exit: ${reader}`)).vestibules).toHaveLength(1);
});

test("A4: the camera that counts is one of the site's", () => {
  expect(
    paths("    countFaces: insied\ncameras:\n  - { id: inside, source: { kind: simulated } }\n"),
  ).toEqual(["vestibules[0].countFaces"]);
});

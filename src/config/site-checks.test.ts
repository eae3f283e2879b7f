import { expect, test } from "vitest";
import { pathText } from "./path.ts";
import { crossFaults } from "./site-checks.ts";
import { draftOf } from "./site-draft.ts";

test("what is public or simulated has no place on a board that opens real doors", () => {
  const draft = draftOf({
    site: { id: "t", name: { en: "T", zh: "测" }, demoPeople: true },
    vestibules: [{ id: "v1", accessPoints: { "outer-entry": { reader: { kind: "simulated" } } } }],
    cameras: [{ id: "c", source: { kind: "simulated" } }],
  });
  const onReal = crossFaults({ ...draft, board: { kind: "raspberry-pi-5" } });
  expect(onReal.map(({ path }) => pathText(path))).toEqual([
    "site.demoPeople",
    "vestibules[0].accessPoints.outer-entry.reader.kind",
    "cameras[0].source.kind",
  ]);
  expect(crossFaults({ ...draft, board: { kind: "simulated" } })).toEqual([]);
});

test("a value of any shape is a draft without those parts", () => {
  for (const raw of [
    null,
    1,
    "text",
    [],
    { vestibules: 1, cameras: "c", accessLevels: [null, 5, [], { name: {} }] },
  ]) {
    expect(crossFaults(draftOf(raw))).toEqual([]);
  }
});

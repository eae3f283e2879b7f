import { expect, test } from "vitest";
import type { JsonObject } from "../../ports/journal.ts";
import { DraftRefusal, type DraftTree, sectionOfPath, sectionsOf, withSection } from "./draft-sections.ts";

const board: JsonObject = { board: { id: "pi" }, lines: { "outer.lock": { chip: "a" } } };
const shipped = (id: string): JsonObject | undefined => (id === "pi" ? board : undefined);
const blank: DraftTree = {
  site: {
    site: { id: "new", timeZone: "Asia/Shanghai" },
    board: { kind: "simulated" },
    vestibules: [{ id: "v1" }],
  },
  board: null,
};

test("parts are written one after the other, and none of them takes another's away", () => {
  const point = { vestibule: "v1", accessPoint: "outer-entry", reader: { kind: "simulated" } };
  const steps = [
    ["clock", { timeZone: "Europe/Berlin" }],
    ["site", { id: "hz" }],
    ["readers", [point]],
    ["doors", [{ id: "v1", settleTime: 1 }, { id: "v2" }]],
  ] as const;
  const tree = steps.reduce<DraftTree>(
    (before, [name, value]) => withSection(before, name, value, shipped),
    blank,
  );
  const { site, clock, readers, doors } = sectionsOf(tree);
  expect({ site, clock, readers, doors }).toEqual({
    site: { id: "hz" },
    clock: { timeZone: "Europe/Berlin" },
    readers: [point],
    doors: [{ id: "v1", settleTime: 1 }, { id: "v2" }],
  });
});

test("a board brings its lines; the same board again keeps those that were changed; the simulated one has none", () => {
  const onPi = withSection(blank, "board", { kind: "gpio", profile: "pi" }, shipped);
  const rewired = withSection(onPi, "lines", { "outer.lock": { chip: "b" } }, shipped);
  const again = withSection(rewired, "board", { kind: "gpio", profile: "pi", driver: "sysfs" }, shipped);
  expect(sectionsOf(again)).toMatchObject({
    board: { kind: "gpio", profile: "pi", driver: "sysfs" },
    lines: { "outer.lock": { chip: "b" } },
  });
  const simulated = withSection(again, "board", { kind: "simulated" }, shipped);
  expect(sectionsOf(simulated).lines).toEqual({});
  expect(() => withSection(simulated, "lines", {}, shipped)).toThrow(DraftRefusal);
});

test.each([
  ["site", "a text"],
  ["doors", { id: "v1" }],
  ["readers", [{ vestibule: "v9", accessPoint: "outer-entry" }]],
  ["readers", [{ vestibule: "v1", accessPoint: "roof" }]],
] as const)("what is no %s at all is refused", (section, value) => {
  expect(() => withSection(blank, section, value, shipped)).toThrow(DraftRefusal);
});

test("a fault is told where it was written", () => {
  expect(sectionOfPath("vestibules[0].doors.outer.lock", false)).toBe("doors");
  expect(sectionOfPath("vestibules[0].accessPoints.outer-entry.reader", false)).toBe("readers");
  expect(sectionOfPath("site.timeZone", false)).toBe("clock");
  expect(sectionOfPath("lines.outer.lock.chip", true)).toBe("lines");
  expect(sectionOfPath("http.port", false)).toBeNull();
});

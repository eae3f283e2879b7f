import { expect, test } from "vitest";
import { styleFaults } from "./house-style.ts";

const faults = (path: string, text: string, allowed: Record<string, string> = {}): readonly string[] =>
  styleFaults([{ path, text }], allowed);
const lines = (count: number): string => "//\n".repeat(count);

test("zero files read is a fault", () => {
  expect(styleFaults([], {})).toHaveLength(1);
});

test.each([
  "src/utils/a.ts",
  "src/door-helpers.ts",
  "src/door.manager.ts",
  "src/Door.ts",
  "src/door_lock.ts",
])("the name %s is refused", (path) => {
  expect(faults(path, "")).toHaveLength(1);
});

test("names that say something pass", () => {
  expect(faults("src/domain/access/commonality.ts", "")).toEqual([]);
});

test("a file over 300 lines needs a reason, and a reason needs a file over 300 lines", () => {
  expect(faults("src/a.ts", lines(300))).toEqual([]);
  expect(faults("src/a.ts", lines(301))).toHaveLength(1);
  expect(faults("src/a.ts", lines(301), { "src/a.ts": "one table" })).toEqual([]);
  expect(faults("src/a.ts", lines(300), { "src/a.ts": "one table" })).toHaveLength(1);
  expect(faults("src/a.ts", "", { "src/gone.ts": "one table" })).toHaveLength(1);
});

test.each([
  "test.skip('x', () => {})",
  "describe.only('x', () => {})",
  "it.todo('x')",
  "test.skipIf(true)('x')",
])("%s is refused", (text) => {
  expect(faults("src/a.test.ts", text)).toHaveLength(1);
});

test("a stream that skips is no test", () => {
  expect(faults("src/a.test.ts", "stream.skip(3); test('skip', () => {})")).toEqual([]);
});

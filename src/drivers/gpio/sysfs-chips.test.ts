import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { HardwareFault } from "../../ports/door-hardware.ts";
import { lineForTests } from "./fake-line-driver.ts";
import { BoardMismatch } from "./line-driver.ts";
import type { LinePlan } from "./line-plan.ts";
import { isExported, lineNumbers } from "./sysfs-chips.ts";

// The folder as the kernel shows it; what lines do is for the tests on a real kernel.
let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sysfs-chips-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function chip(base: number, label: string, lines = 54): void {
  const path = join(folder, `gpiochip${base}`);
  mkdirSync(path);
  for (const [file, text] of Object.entries({ label, base, ngpio: lines }))
    writeFileSync(join(path, file), `${text}\n`);
}

// No machine that tests has a chip of this name, so that none of its names can be looked up.
const label = "chip-of-nobody";
const numbers = (...lines: readonly LinePlan["line"][]): readonly number[] =>
  lineNumbers(
    { chip: label, lines: lines.map((line, index) => lineForTests(`line-${index}`, { line })) },
    folder,
  );

test("T32: a line's number is its chip's base, wherever that is by now, and its offset", () => {
  chip(512, "other", 32);
  chip(571, label);
  expect(numbers({ offset: 17 }, { offset: 0 })).toEqual([588, 571]);
});

test("T32: two chips with the label are refused", () => {
  chip(512, label);
  chip(571, label);
  expect(() => numbers({ offset: 0 })).toThrow(BoardMismatch);
});

test("a chip that is away may come; the text names what is there", () => {
  chip(512, "other", 32);
  expect(() => numbers({ offset: 0 })).toThrow(
    /no chip has this label; found other \(gpiochip512, 32 lines\)/,
  );
  expect(() => numbers({ offset: 0 })).not.toThrow(BoardMismatch);
});

test("an offset beyond the chip is refused: the number would be another chip's line", () => {
  chip(512, label, 4);
  chip(516, "other");
  expect(() => numbers({ offset: 4 })).toThrow(BoardMismatch);
});

test("a line by its name alone is refused where only sysfs is there to ask, with what to do", () => {
  chip(512, label);
  expect(() => numbers({ name: "GPIO17" })).toThrow(BoardMismatch);
  expect(() => numbers({ name: "GPIO17" })).toThrow(/line-0: .*configure the offset instead of the name/);
});

test("a kernel without sysfs GPIO says so", () => {
  const gone = join(folder, "none");
  expect(() => lineNumbers({ chip: label, lines: [] }, gone)).toThrow(HardwareFault);
  expect(() => lineNumbers({ chip: label, lines: [] }, gone)).toThrow(/this kernel has no GPIO in sysfs/);
});

test("whether somebody has exported a line", () => {
  mkdirSync(join(folder, "gpio588"));
  expect(isExported(588, folder)).toBe(true);
  expect(isExported(589, folder)).toBe(false);
});

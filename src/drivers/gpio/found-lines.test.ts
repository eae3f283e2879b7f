import { describe, expect, test } from "vitest";
import { HardwareFault } from "../../ports/door-hardware.ts";
import { lineForTests } from "./fake-line-driver.ts";
import { chipLabelled, offsetsOf } from "./found-lines.ts";
import { BoardMismatch } from "./line-driver.ts";
import type { LinePlan } from "./line-plan.ts";

const chip = { name: "gpiochip4", label: "pinctrl-rp1", lines: 5 };
const other = { name: "gpiochip0", label: "gpio-brcmstb", lines: 32 };

describe("T32: a chip is known by its label, never by its number", () => {
  test("the one that has it", () => expect(chipLabelled("pinctrl-rp1", [other, chip])).toBe(chip));

  test("one that is away may come: a fault, which names what was found", () => {
    const find = (): unknown => chipLabelled("gpio_it87", [other, chip]);
    expect(find).toThrow(HardwareFault);
    expect(find).not.toThrow(BoardMismatch);
    expect(find).toThrow(
      "gpio_it87: no chip has this label; found gpio-brcmstb (gpiochip0, 32 lines), pinctrl-rp1 (gpiochip4, 5 lines)",
    );
    expect(() => chipLabelled("gpio_it87", [])).toThrow("found none");
  });

  test("two with the same label: nobody can know which, so it is refused", () => {
    const twin = { ...chip, name: "gpiochip5" };
    const find = (): unknown => chipLabelled("pinctrl-rp1", [chip, other, twin]);
    expect(find).toThrow(BoardMismatch);
    expect(find).toThrow(/gpiochip4.*gpiochip5/);
  });

  test("a label that the kernel had to cut off is found", () => {
    const long = { ...chip, label: "a-label-that-is-cut-off-at-thir" };
    expect(chipLabelled("a-label-that-is-cut-off-at-thirty-one", [long])).toBe(long);
  });
});

describe("T31: a line is found by its name, its offset, or both where they agree", () => {
  const names = ["ID_SDA", "GPIO17", "GPIO27", "GPIO27", ""];
  const offsets = (...lines: readonly LinePlan["line"][]): readonly number[] =>
    offsetsOf(
      { chip: chip.label, lines: lines.map((line, index) => lineForTests(`line-${index}`, { line })) },
      chip,
      (offset) => names[offset] ?? "",
    );

  test("by either, in the order of the request", () => {
    expect(offsets({ offset: 4 }, { name: "GPIO17" }, { name: "GPIO27", offset: 3 })).toEqual([4, 1, 3]);
  });

  test.each([
    ["a name that the chip does not have", { name: "GPIO99" }, 'no line called "GPIO99"'],
    ["a name that two lines have", { name: "GPIO27" }, 'several lines called "GPIO27": 2, 3'],
    ["an offset beyond the chip", { offset: 5 }, "has 5 lines, and none at offset 5"],
    [
      "a name at another offset",
      { name: "GPIO17", offset: 2 },
      'called "GPIO27", not "GPIO17", which is line 1',
    ],
    ["neither", {}, "neither name nor offset"],
  ])("refused: %s", (_, line, text) => {
    expect(() => offsets(line)).toThrow(BoardMismatch);
    expect(() => offsets(line)).toThrow(text);
  });

  test("refused: the same line for two meanings, once by name and once by offset", () => {
    expect(() => offsets({ name: "GPIO17" }, { offset: 1 })).toThrow(
      "is line 1 of pinctrl-rp1, and so is line-0",
    );
  });

  test("no name is asked for where none is configured", () => {
    const asked: number[] = [];
    offsetsOf({ chip: chip.label, lines: [lineForTests("x", { line: { offset: 1 } })] }, chip, (offset) => {
      asked.push(offset);
      return "";
    });
    expect(asked).toEqual([]);
  });
});

import { describe, expect, test } from "vitest";
import { boardOf } from "./load-board.ts";
import { faultsThrownBy } from "./site-for-tests.ts";
import { parseYaml } from "./yaml-file.ts";

const needed = {
  "outer.lock": "{ direction: out, chip: chip0, line: { offset: 4 }, pull: down }",
  "inner.lock": "{ direction: out, chip: chip0, line: { offset: 5 }, pull: down }",
  "outer.contact": "{ direction: in, chip: chip0, line: { offset: 6 }, pull: up }",
  "inner.contact": "{ direction: in, chip: chip0, line: { offset: 7 }, pull: up }",
};
/** A board with `lines` from line 4 on, and whatever every door pair needs after them. */
const board = (lines: string, top = "") => {
  const rest = Object.entries(needed).filter(([name]) => !lines.includes(`  ${name}:`));
  return `board: { id: b, name: B }
chips: [{ label: chip0, lines: 8 }]
lines:
${lines}${rest.map(([name, line]) => `  ${name}: ${line}\n`).join("")}${top}`;
};
const load = (text: string) => boardOf(parseYaml("board.yaml", text));
const faults = (lines: string, top?: string) => faultsThrownBy(() => load(board(lines, top)));

describe("a board profile", () => {
  test("rests its outputs inactive unless that is said, and takes nothing else", () => {
    const good = board("  outer.lock: { direction: out, chip: chip0, line: { offset: 0 }, pull: down }\n");
    expect(load(good).lines["outer.lock"]).toMatchObject({
      atRest: "inactive",
      activeLow: false,
    });
    const [fault] = faults(
      "  outer.lock: { direction: out, chip: chip0, line: { offset: 0 }, pull: down, atRest: active }\n",
    );
    expect(fault).toMatchObject({ line: 4, path: "lines.outer.lock.atRest" });
  });

  test.each([
    [
      "a chip that is not listed",
      "  fire: { direction: in, chip: chip, line: { offset: 0 }, pull: up }\n",
      4,
      "lines.fire.chip",
    ],
    [
      "a line the chip does not have",
      "  fire: { direction: in, chip: chip0, line: { offset: 8 }, pull: up }\n",
      4,
      "lines.fire.line.offset",
    ],
    [
      "a lock that is an input",
      "  outer.lock: { direction: in, chip: chip0, line: { offset: 0 }, pull: up }\n",
      4,
      "lines.outer.lock.direction",
    ],
    [
      "a line without a pull",
      "  fire: { direction: in, chip: chip0, line: { offset: 0 } }\n",
      4,
      "lines.fire.pull",
    ],
    [
      "a meaning nobody knows",
      "  outer.lokc: { direction: out, chip: chip0, line: { offset: 0 }, pull: up }\n",
      4,
      "lines.outer.lokc",
    ],
    [
      "an input and an output on one line",
      "  v2.fire: { direction: in, chip: chip0, line: { offset: 3 }, pull: up }\n  buzzer: { direction: out, chip: chip0, line: { offset: 3 }, pull: down }\n",
      5,
      "lines.buzzer.line",
    ],
    [
      "a lock that the pull would release while nothing drives it",
      "  outer.lock: { direction: out, chip: chip0, line: { offset: 0 }, pull: up }\n",
      4,
      "lines.outer.lock.pull",
    ],
    [
      "the same of an active-low lock",
      "  outer.lock: { direction: out, chip: chip0, line: { offset: 0 }, activeLow: true, pull: down }\n",
      4,
      "lines.outer.lock.pull",
    ],
    [
      "a line of a vestibule called as a door",
      "  outer.fire: { direction: in, chip: chip0, line: { offset: 0 }, pull: up }\n",
      4,
      "lines.outer.fire",
    ],
    [
      "two meanings on one line",
      "  outer.lock: { direction: out, chip: chip0, line: { offset: 1 }, pull: down }\n  inner.lock: { direction: out, chip: chip0, line: { offset: 1 }, pull: down }\n",
      5,
      "lines.inner.lock.line",
    ],
  ])("%s is refused with its line", (_, lines, line, path) => {
    expect(faults(lines)).toMatchObject([{ file: "board.yaml", line, path }]);
  });

  test("an active-low lock may rest on a pull up", () => {
    const lines =
      "  outer.lock: { direction: out, chip: chip0, line: { offset: 0 }, activeLow: true, pull: up }\n";
    expect(load(board(lines)).lines["outer.lock"]).toMatchObject({ activeLow: true, pull: "up" });
  });

  test("a chip listed twice is refused with its line", () => {
    const text = board("").replace("{ label: chip0, lines: 8 }", "{ label: chip0 }, { label: chip0 }");
    expect(faultsThrownBy(() => load(text))).toMatchObject([{ line: 2, path: "chips[1].label" }]);
  });

  test("a name nearly right is put right, with its vestibule's prefix", () => {
    const line = "{ direction: in, chip: chip0, line: { offset: 0 }, pull: up }";
    expect(faults(`  outer.contct: ${line}\n`)).toMatchObject([
      { line: 4, column: 3, remedy: { en: 'did you mean "outer.contact"?' } },
    ]);
    expect(faults(`  v2.outer.contct: ${line}\n`)).toMatchObject([
      { remedy: { en: 'did you mean "v2.outer.contact"?' } },
    ]);
    expect(faults(`  v2.tampr: ${line}\n`)).toMatchObject([{ remedy: { en: 'did you mean "v2.tamper"?' } }]);
  });

  test("whoever has a line of a door pair has both locks and both contacts", () => {
    const line = "{ direction: in, chip: chip0, line: { offset: 0 }, pull: up }";
    expect(faults(`  v2.outer.contact: ${line}\n`).map(({ path }) => path)).toEqual([
      "lines.v2.outer.lock",
      "lines.v2.inner.lock",
      "lines.v2.inner.contact",
    ]);
    const empty = "board: { id: b, name: B }\nchips: [{ label: chip0 }]\nlines: {}\n";
    expect(faultsThrownBy(() => load(empty))).toMatchObject([
      { line: 3, path: "lines.outer.lock", found: "nothing" },
      { path: "lines.outer.contact" },
      { path: "lines.inner.lock" },
      { path: "lines.inner.contact" },
    ]);
  });

  test("end-of-line resistors are refused, with what they need and what to wire instead", () => {
    const [fault, ...more] = faults(
      "  outer.contact: { direction: in, chip: chip0, line: { offset: 0 }, pull: up, supervised: { endOfLine: 2200 } }\n",
    );
    expect(more).toEqual([]);
    expect(fault).toMatchObject({ line: 4, path: "lines.outer.contact.supervised" });
    expect(fault?.expected).toContain("analogue input");
    expect(fault?.remedy.en).toContain("normally closed");
  });

  test("a hardware watchdog is a watchdog's device", () => {
    expect(load(board("", "watchdog: /dev/watchdog0\n")).watchdog).toBe("/dev/watchdog0");
    expect(faults("", "watchdog: /dev/sda\n")).toMatchObject([{ line: 8, path: "watchdog" }]);
  });
});

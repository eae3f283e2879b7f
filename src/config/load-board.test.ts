import { describe, expect, test } from "vitest";
import { boardOf } from "./load-board.ts";
import { faultsThrownBy } from "./site-for-tests.ts";
import { parseYaml } from "./yaml-file.ts";

const board = (lines: string) =>
  `board: { id: b, name: B }\nchips: [{ label: chip0, lines: 8 }]\nlines:\n${lines}`;
const faults = (lines: string) => faultsThrownBy(() => boardOf(parseYaml("board.yaml", board(lines))));

describe("a board profile", () => {
  test("rests its outputs inactive unless that is said, and takes nothing else", () => {
    const good = board("  outer.lock: { direction: out, chip: chip0, line: { offset: 0 }, pull: down }\n");
    expect(boardOf(parseYaml("b", good)).lines["outer.lock"]).toMatchObject({
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
      "two meanings on one line",
      "  outer.lock: { direction: out, chip: chip0, line: { offset: 1 }, pull: down }\n  inner.lock: { direction: out, chip: chip0, line: { offset: 1 }, pull: down }\n",
      5,
      "lines.inner.lock.line",
    ],
  ])("%s is refused with its line", (_, lines, line, path) => {
    expect(faults(lines)).toMatchObject([{ file: "board.yaml", line, path }]);
  });
});

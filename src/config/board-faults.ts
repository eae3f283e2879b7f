import { doorNames } from "../domain/names.ts";
import { type BoardLine, type BoardProfile, partsOf } from "./board-schema.ts";
import type { Bilingual, ConfigFault } from "./config-error.ts";
import { nearest } from "./nearest.ts";
import { type Path, pathText, shown } from "./path.ts";
import type { YamlFile } from "./yaml-file.ts";

/** What no schema sees of a board: chips that are not there, lines used twice, a lock that rests open. */
export function boardFaults(board: BoardProfile, yaml: YamlFile): ConfigFault[] {
  return [
    ...chipFaults(board, yaml),
    ...sharedLineFaults(board, yaml),
    ...directionFaults(board, yaml),
    ...restFaults(board, yaml),
    ...missingFaults(board, yaml),
  ];
}

function chipFaults(board: BoardProfile, yaml: YamlFile): ConfigFault[] {
  const labels = board.chips.map(({ label }) => label);
  const duplicated = labels.flatMap((label, index) =>
    labels.indexOf(label) === index
      ? []
      : [faultAt(yaml, ["chips", index, "label"], `${shown(label)} a second time`, "each label once")],
  );
  const lines = Object.entries(board.lines).flatMap(([name, line]) => {
    const chip = board.chips.find(({ label }) => label === line.chip);
    if (chip === undefined) {
      const expected = `a label from chips: ${labels.join(", ")}`;
      const meant = nearest(line.chip, labels);
      return [faultAt(yaml, ["lines", name, "chip"], shown(line.chip), expected, didYouMean(meant))];
    }
    if (!("offset" in line.line) || chip.lines === undefined || line.line.offset < chip.lines) return [];
    const expected = `less than the ${chip.lines} lines of ${chip.label}`;
    return [faultAt(yaml, ["lines", name, "line", "offset"], shown(line.line.offset), expected)];
  });
  return [...duplicated, ...lines];
}

/**
 * Two meanings on one line: one of them would drive a lock by accident. The same line once by name and once by
 * offset only the kernel knows; whoever opens it compares again.
 */
function sharedLineFaults(board: BoardProfile, yaml: YamlFile): ConfigFault[] {
  const users = new Map<string, string>();
  return Object.entries(board.lines).flatMap(([name, line]) => {
    const key = `${line.chip} ${JSON.stringify(line.line)}`;
    const first = users.get(key);
    users.set(key, first ?? name);
    return first === undefined
      ? []
      : [faultAt(yaml, ["lines", name, "line"], `the line of ${first}`, "a line of its own")];
  });
}

const outputs: readonly string[] = ["lock", "buzzer", "output"];

function directionFaults(board: BoardProfile, yaml: YamlFile): ConfigFault[] {
  return Object.entries(board.lines).flatMap(([name, { direction }]) => {
    const expected = outputs.includes(partsOf(name).meaning) ? "out" : "in";
    return direction === expected
      ? []
      : [faultAt(yaml, ["lines", name, "direction"], shown(direction), `"${expected}"`)];
  });
}

/** While the board boots and after a process died, the pull alone says what a lock does. */
function restFaults(board: BoardProfile, yaml: YamlFile): ConfigFault[] {
  return Object.entries(board.lines).flatMap(([name, line]) => {
    const isLock = partsOf(name).meaning === "lock" && line.direction === "out";
    if (!isLock || line.pull !== releasing(line)) return [];
    const expected = `"${line.activeLow ? "up" : "down"}" or "external": the level at which the lock is secured`;
    return [
      faultAt(yaml, ["lines", name, "pull"], `${shown(line.pull)}, which releases the lock`, expected, {
        en: "turn the pull around, and the resistor on the wiring with it",
        zh: "该上下拉会使电锁在无人驱动时开锁：请改为使电锁保持上锁的方向，接线电阻随之更改。",
      }),
    ];
  });
}

const releasing = ({ activeLow }: BoardLine): BoardLine["pull"] => (activeLow ? "down" : "up");

/** Whoever has one line of a door pair has all that the interlock needs: two locks and two contacts. */
function missingFaults(board: BoardProfile, yaml: YamlFile): ConfigFault[] {
  const names = Object.keys(board.lines);
  const pairs = new Set(names.map(partsOf).flatMap(({ vestibule, door }) => (door ? [vestibule] : [])));
  if (pairs.size === 0) pairs.add(undefined);
  return [...pairs].flatMap((vestibule) =>
    doorNames.flatMap((door) =>
      ["lock", "contact"].flatMap((meaning) => {
        const name = `${vestibule === undefined ? "" : `${vestibule}.`}${door}.${meaning}`;
        if (names.includes(name)) return [];
        return [
          faultAt(yaml, ["lines", name], "nothing", "a lock and a contact for both doors", {
            en: "add it",
            zh: "缺少该线路：双门互锁的每扇门都必须有电锁和门磁。",
          }),
        ];
      }),
    ),
  );
}

export function faultAt(
  yaml: YamlFile,
  path: Path,
  found: string,
  expected: string,
  remedy: Bilingual = { en: "correct it", zh: `取值不符:应为 ${expected}。` },
): ConfigFault {
  return { file: yaml.file, ...yaml.placeOf(path), path: pathText(path), found, expected, remedy };
}

export const didYouMean = (meant: string | undefined): Bilingual | undefined =>
  meant === undefined ? undefined : { en: `did you mean "${meant}"?`, zh: `是否想写 "${meant}"?` };

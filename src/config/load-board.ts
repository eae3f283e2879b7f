import { type BoardProfile, boardSchema } from "./board-schema.ts";
import { ConfigError, type ConfigFault } from "./config-error.ts";
import { nearest } from "./nearest.ts";
import { pathText, shown } from "./path.ts";
import { faultsOf } from "./schema-faults.ts";
import { readYamlFile, type YamlFile } from "./yaml-file.ts";

/** Reads one board profile and checks all of it. Throws ConfigError, which lists every fault at once. */
export function loadBoard(file: string): BoardProfile {
  return boardOf(readYamlFile(file));
}

/** As `loadBoard`, for a file that has been read already. */
export function boardOf(yaml: YamlFile): BoardProfile {
  const result = boardSchema.safeParse(yaml.value);
  if (!result.success) throw new ConfigError(faultsOf(result.error.issues, yaml, boardSchema));
  const faults = [
    ...chipFaults(result.data, yaml),
    ...sharedLineFaults(result.data, yaml),
    ...directionFaults(result.data, yaml),
  ];
  if (faults.length > 0) throw new ConfigError(faults);
  return result.data;
}

/** Whether the file describes a board rather than a site. */
export function isBoard(yaml: YamlFile): boolean {
  const value = yaml.value;
  return typeof value === "object" && value !== null && "chips" in value;
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
      return [faultAt(yaml, ["lines", name, "chip"], shown(line.chip), expected, nearest(line.chip, labels))];
    }
    if (!("offset" in line.line) || chip.lines === undefined || line.line.offset < chip.lines) return [];
    const expected = `less than the ${chip.lines} lines of ${chip.label}`;
    return [faultAt(yaml, ["lines", name, "line", "offset"], shown(line.line.offset), expected)];
  });
  return [...duplicated, ...lines];
}

/** Two meanings on one line: one of them would drive a lock by accident. */
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

const outputs: readonly string[] = ["outer.lock", "inner.lock", "buzzer"];

function directionFaults(board: BoardProfile, yaml: YamlFile): ConfigFault[] {
  return Object.entries(board.lines).flatMap(([name, { direction }]) => {
    const expected = outputs.includes(name) ? "out" : "in";
    return direction === expected
      ? []
      : [faultAt(yaml, ["lines", name, "direction"], shown(direction), `"${expected}"`)];
  });
}

function faultAt(
  yaml: YamlFile,
  path: readonly (string | number)[],
  found: string,
  expected: string,
  meant?: string,
): ConfigFault {
  const remedy =
    meant === undefined
      ? { en: "correct it", zh: `取值不符:应为 ${expected}。` }
      : { en: `did you mean "${meant}"?`, zh: `是否想写 "${meant}"?` };
  return { file: yaml.file, ...yaml.placeOf(path), path: pathText(path), found, expected, remedy };
}

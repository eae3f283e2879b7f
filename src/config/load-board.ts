import { boardFaults } from "./board-faults.ts";
import { type BoardProfile, boardSchema } from "./board-schema.ts";
import { ConfigError, type ConfigFault } from "./config-error.ts";
import { faultsOf } from "./schema-faults.ts";
import { readYamlFile, type YamlFile } from "./yaml-file.ts";

/** Reads one board profile and checks all of it. Throws ConfigError, which lists every fault at once. */
export function loadBoard(file: string): BoardProfile {
  return boardOf(readYamlFile(file));
}

/** As `loadBoard`, for a file that has been read already. */
export function boardOf(yaml: YamlFile): BoardProfile {
  const result = boardSchema.safeParse(yaml.value);
  const issues = faultsOf(result.error?.issues ?? [], yaml, boardSchema).map(supervisedExplained);
  if (!result.success) throw new ConfigError(issues);
  const faults = boardFaults(result.data, yaml);
  if (faults.length > 0) throw new ConfigError(faults);
  return result.data;
}

/** A word of the trade that installers will write: what it would need, rather than that nobody knows it. */
function supervisedExplained(fault: ConfigFault): ConfigFault {
  if (!/^lines\..*\.supervised$/.test(fault.path)) return fault;
  return {
    ...fault,
    expected:
      "a loop that opens when it is cut; end-of-line resistors need an analogue input, which nothing reads yet",
    remedy: {
      en: "remove it, and wire the contact normally closed (docs/wiring.md)",
      zh: "线尾电阻需要模拟量输入，目前没有相应驱动：请删除此项，并按常闭回路接线（见 docs/wiring.zh-CN.md）。",
    },
  };
}

/** Whether the file describes a board rather than a site. */
export function isBoard(yaml: YamlFile): boolean {
  const value = yaml.value;
  return typeof value === "object" && value !== null && "chips" in value;
}

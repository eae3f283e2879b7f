import { ConfigError, type ConfigFault } from "./config-error.ts";
import type { CrossFault } from "./cross-fault.ts";
import { type Environment, type Overrides, override } from "./environment.ts";
import { pathText } from "./path.ts";
import { faultsOf } from "./schema-faults.ts";
import { crossFaults } from "./site-checks.ts";
import { draftOf } from "./site-draft.ts";
import { type SiteConfiguration, siteSchema } from "./site-schema.ts";
import { readYamlFile, type YamlFile } from "./yaml-file.ts";

/**
 * Reads one site's file, puts the environment's settings over it, and checks all of it. Throws ConfigError, which
 * lists every fault at once.
 */
export function loadSite(file: string, env: Environment): SiteConfiguration {
  return siteOf(readYamlFile(file), env);
}

/** As `loadSite`, for a file that has been read already. */
export function siteOf(yaml: YamlFile, env: Environment): SiteConfiguration {
  const overrides = override(yaml.value, env);
  const result = siteSchema.safeParse(overrides.value);
  const faults = [
    ...overrides.faults,
    // What the environment set has been checked by itself, so every issue is in the file.
    ...faultsOf(result.error?.issues ?? [], yaml, siteSchema),
    ...crossFaults(draftOf(overrides.value)).map((fault) => placed(fault, yaml, overrides)),
  ];
  if (faults.length > 0 || result.data === undefined) throw new ConfigError(faults);
  return result.data;
}

function placed(fault: CrossFault, yaml: YamlFile, overrides: Overrides): ConfigFault {
  const { path, found, expected, remedy } = fault;
  const variable = overrides.variableOf(path);
  return variable === undefined
    ? { file: yaml.file, ...yaml.placeOf(path), path: pathText(path), found, expected, remedy }
    : { file: "environment", line: undefined, column: undefined, path: variable, found, expected, remedy };
}

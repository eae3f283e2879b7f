import { ConfigError, type ConfigFault } from "./config-error.ts";
import { siteOf } from "./load.ts";
import type { SiteConfiguration } from "./site-schema.ts";
import { parseYaml } from "./yaml-file.ts";

/** The least a site needs, on lines 1 to 4; a test's own sections follow from line 5. */
const least = `site: { id: t, name: { en: Test, zh: 测试 } }
board: { kind: simulated }
vestibules:
  - id: v1
`;

/** A site with `more` after line 4: indented by four it continues the vestibule, unindented it is a section. */
export function siteForTests(more = "", env: Readonly<Record<string, string>> = {}): SiteConfiguration {
  return siteOf(parseYaml("site.yaml", least + more), env);
}

/** What is wrong with that site; fails where nothing is. */
export function faultsForTests(
  more: string,
  env: Readonly<Record<string, string>> = {},
): readonly ConfigFault[] {
  return faultsThrownBy(() => siteForTests(more, env));
}

export function faultsThrownBy(read: () => unknown): readonly ConfigFault[] {
  try {
    read();
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
  throw new Error("no fault was found");
}

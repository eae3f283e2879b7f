import { fileURLToPath } from "node:url";
import { ConfigError, languageOf } from "../config/config-error.ts";
import { loadSite } from "../config/load.ts";
import type { SiteConfiguration } from "../config/site-schema.ts";
import type { CommandIo } from "./command.ts";
import { InputError } from "./face-pictures.ts";

const demoSite = fileURLToPath(new URL("../../firmware-config/demo.yaml", import.meta.url));

/** Where the site that is meant is written. */
export const siteFileOf = (config: string | undefined, io: CommandIo): string =>
  config ?? (io.env.VESTIBULE_CONFIG || demoSite);

/** The site that is meant: of the command line, else VESTIBULE_CONFIG, else the demo's. Throws InputError. */
export function siteOf(config: string | undefined, io: CommandIo): SiteConfiguration {
  try {
    return loadSite(siteFileOf(config, io), io.env);
  } catch (error) {
    if (error instanceof ConfigError) throw new InputError(error.text(languageOf(io.env)), { cause: error });
    throw error;
  }
}

import { existsSync } from "node:fs";
import { basename, dirname, isAbsolute, join } from "node:path";
import type { VestibuleId } from "../domain/names.ts";
import { didYouMean, faultAt } from "./board-faults.ts";
import { linesOf, type VestibuleLines } from "./board-lines.ts";
import type { BoardProfile } from "./board-schema.ts";
import { type Bilingual, ConfigError, type ConfigFault } from "./config-error.ts";
import type { Environment } from "./environment.ts";
import { siteOf } from "./load.ts";
import { boardOf, isBoard } from "./load-board.ts";
import { nearest } from "./nearest.ts";
import { shown, valueAt } from "./path.ts";
import { type SiteConfiguration, siteSchema } from "./site-schema.ts";
import { readYamlFile, type YamlFile } from "./yaml-file.ts";

export interface WiredSite {
  readonly site: SiteConfiguration;
  /** The profile of a site with a GPIO board, and which of its lines is whose; undefined on the simulated board. */
  readonly wiring: Wiring | undefined;
}

export interface Wiring {
  readonly profile: BoardProfile;
  readonly lines: ReadonlyMap<VestibuleId, VestibuleLines>;
}

/**
 * Reads one site's file together with the profile of its board. Throws ConfigError, which lists every fault of both
 * files at once.
 */
export function loadWiredSite(file: string, env: Environment): WiredSite {
  return wiredSiteOf(readYamlFile(file), env);
}

/** As `loadWiredSite`, for a site's file that has been read already. */
export function wiredSiteOf(yaml: YamlFile, env: Environment): WiredSite {
  const faults: ConfigFault[] = [];
  const attempt = <Result>(step: () => Result): Result | undefined => {
    try {
      return step();
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      faults.push(...error.faults);
      return undefined;
    }
  };
  const site = attempt(() => siteOf(yaml, env));
  // The profile is looked at even where something else of the site is wrong.
  const board = siteSchema.shape.board.safeParse(valueAt(yaml.value, ["board"])).data;
  let wiring: Wiring | undefined;
  if (board?.kind === "gpio") {
    const profileYaml = attempt(() => readProfile(yaml, board.profile));
    const profile = profileYaml && attempt(() => boardOf(profileYaml));
    const lines =
      site &&
      profile &&
      attempt(() => linesOf(profile, site.vestibules, profileYaml, namesOf(site.alarms.outputs)));
    if (lines !== undefined && profile !== undefined) wiring = { profile, lines };
  }
  if (faults.length > 0 || site === undefined) throw new ConfigError(faults);
  return { site, wiring };
}

const namesOf = (outputs: readonly { readonly name: string }[]): readonly string[] =>
  outputs.map(({ name }) => name);

/** The profile stands where the site's file says, as seen from there. */
function readProfile(site: YamlFile, written: string): YamlFile {
  const place = ["board", "profile"];
  const path = isAbsolute(written) ? written : join(dirname(site.file), written);
  if (!existsSync(path)) {
    const shipped = ["raspberry-pi-4", "raspberry-pi-5", "jetson-orin-nano", "generic-x86"];
    const meant = nearest(basename(written, ".yaml"), shipped);
    const remedy =
      meant !== undefined && `boards/${meant}.yaml` === written
        ? copyIt(meant, dirname(path))
        : didYouMean(meant === undefined ? undefined : `boards/${meant}.yaml`);
    throw new ConfigError([
      faultAt(
        site,
        place,
        `${shown(written)}; there is no ${path}`,
        "a board profile's path, seen from this file",
        remedy,
      ),
    ]);
  }
  const yaml = readYamlFile(path);
  if (isBoard(yaml) || valueAt(yaml.value, ["lines"]) !== undefined) return yaml;
  throw new ConfigError([
    faultAt(
      site,
      place,
      `${shown(written)}, which is no board profile`,
      "a file with board, chips and lines",
    ),
  ]);
}

/** The name is right, and the file stayed behind when the site's was copied. */
const copyIt = (board: string, folder: string): Bilingual => ({
  en: `copy firmware-config/boards/${board}.yaml into ${folder}`,
  zh: `请将 firmware-config/boards/${board}.yaml 复制到 ${folder}。`,
});

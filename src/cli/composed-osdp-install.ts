import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { osdpKeyFile } from "../composition/osdp-key-file.ts";
import { placedReaders } from "../composition/readers.ts";
import { loadWiredSite } from "../config/site-board.ts";
import { SystemClock } from "../drivers/clock/system-clock.ts";
import {
  beginInstallation,
  endInstallation,
  installationUntil,
} from "../drivers/reader-osdp/installation.ts";
import { placeOf } from "../ports/reader-reports.ts";
import { osdpInstall } from "./osdp-install.ts";
import { dataDirectory } from "./storage-command.ts";

const demoSite = fileURLToPath(new URL("../../firmware-config/demo.yaml", import.meta.url));

/** `reader osdp-install` over the site's real files. */
export const composedOsdpInstall = osdpInstall({
  clock: new SystemClock(),
  find: (file, env, place) => {
    const { site } = loadWiredSite(file ?? (env["VESTIBULE_CONFIG"] || demoSite), env);
    for (const { where, reader } of placedReaders(site)) {
      if (reader.kind !== "osdp" || placeOf(where) !== place) continue;
      const keyFile = osdpKeyFile({ where, reader }, dataDirectory(env));
      return {
        keyFile,
        begin: (until) => beginInstallation(keyFile, until),
        until: () => installationUntil(keyFile),
        end: () => endInstallation(keyFile),
        hasKey: () => existsSync(keyFile),
      };
    }
    return undefined;
  },
});

import { createHash } from "node:crypto";
import type { SiteConfiguration } from "../../config/site-schema.ts";
import type { WiredVestibules } from "../door-lines.ts";

/** Of the configuration as it was read, hexadecimal: two files that say the same have the same. */
export const configurationHashOf = (site: SiteConfiguration, wired: WiredVestibules | undefined): string =>
  createHash("sha256")
    .update(JSON.stringify([site, wired]))
    .digest("hex");

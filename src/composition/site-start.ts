import type { SiteConfiguration } from "../config/site-schema.ts";
import type { WiredVestibules } from "./door-lines.ts";

/** What the supervisor hands to every process: the checked configuration, so that no two read different files. */
export interface SiteStart {
  readonly site: SiteConfiguration;
  /** Which line is whose; of a site with a GPIO board only. */
  readonly wired?: WiredVestibules | undefined;
  /** The board's hardware watchdog, where its profile names one. */
  readonly watchdog?: string | undefined;
  /** SHA-256 of the configuration as it was read, hexadecimal. */
  readonly configurationHash: string;
  /** Absolute. */
  readonly dataDirectory: string;
  /** Where the site is written; absolute. */
  readonly configurationFile: string;
  readonly version: string;
  /** Where the site's file is commissioning's own, to be written by this service. */
  readonly commissioned?: CommissionedStart | undefined;
}

export interface CommissionedStart {
  /** There is no site's file yet. */
  readonly blank: boolean;
  /** What `run` was called with: with the same it is called again when the file is another one. */
  readonly runArguments: readonly string[];
}

/** The environment variable in which `run` leaves a SiteStart, as JSON, to the supervisor it becomes. Holds no secret. */
export const startVariable = "VESTIBULE_SITE_START";

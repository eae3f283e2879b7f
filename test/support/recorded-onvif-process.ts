import { createRequire } from "node:module";
import process from "node:process";
import "coffeescript/register.js";

/**
 * Runs, as it is, the device that the authors of the package `onvif` test against: an HTTP and a discovery service with
 * answers recorded from cameras. PORT and HOSTNAME are its own settings.
 */
const recorded = createRequire(import.meta.url)("onvif-recorded/test/serverMockup.coffee") as {
  readonly conf: { readonly port: string };
};
process.stdout.write(`${recorded.conf.port}\n`);

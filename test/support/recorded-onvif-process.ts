import type { Socket } from "node:dgram";
import { once } from "node:events";
import type { Server } from "node:http";
import { createRequire } from "node:module";
import process from "node:process";
import "coffeescript/register.js";

/**
 * Runs, as it is, the device that the authors of the package `onvif` test against: an HTTP and a discovery service with
 * answers recorded from cameras. PORT and HOSTNAME are its own settings.
 */
const recorded = createRequire(import.meta.url)("onvif-recorded/test/serverMockup.coffee") as {
  readonly conf: { readonly port: string };
  readonly server: Server;
  readonly discover: Socket;
};
// Both are being opened: a question that comes before the discovery port is bound is lost, and nobody repeats it.
await Promise.all([once(recorded.server, "listening"), once(recorded.discover, "listening")]);
process.stdout.write(`${recorded.conf.port}\n`);

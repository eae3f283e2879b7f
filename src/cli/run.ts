import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { takeBack } from "../composition/commissioning/apply-draft.ts";
import { configurationHashOf } from "../composition/commissioning/configuration-hash.ts";
import { placesIn } from "../composition/commissioning/places.ts";
import { compileRoles } from "../composition/compile-roles.ts";
import { wiredVestibulesOf } from "../composition/door-lines.ts";
import { type SiteStart, startVariable } from "../composition/site-start.ts";
import { ConfigError, languageOf } from "../config/config-error.ts";
import { loadWiredSite } from "../config/site-board.ts";
import type { Command, CommandIo, ExitCode } from "./command.ts";

const usage = `Usage: vestibule run [--config FILE] [--commission]

Runs the controller of one site: the interlock, the access rules, the cameras, the console and the MQTT link.
Without --config (or VESTIBULE_CONFIG) it runs the demo site, on a simulated door pair.

  --config FILE   the site's configuration
  --commission    where there is no such FILE, the site that was commissioned in the console, or before that none: no
                  line is taken, and the console leads to /commissioning, where a site is put together and tried
`;

const demoSite = fileURLToPath(new URL("../../firmware-config/demo.yaml", import.meta.url));
const blankSite = fileURLToPath(new URL("../../firmware-config/blank.yaml", import.meta.url));
const packageFile = fileURLToPath(new URL("../../package.json", import.meta.url));

export const run: Command = {
  name: ["run"],
  summary: "run the controller",
  usage,
  async run(args, io) {
    const start = prepare(args, io);
    if (start === undefined) return 2;
    await compileRoles(program(), () => import("./park.ts"));
    return becomeSupervisor(start);
  },
};

/**
 * Replaces this process by the supervisor, same pid: what checked the configuration is large, and the supervisor
 * lives for months. Should the system refuse, nothing is lost by saying so.
 */
function becomeSupervisor(start: SiteStart): ExitCode {
  process.execve?.(
    process.execPath,
    [process.execPath, ...process.execArgv, program(), "--role=supervisor"],
    {
      ...process.env,
      [startVariable]: JSON.stringify(start),
    },
  );
  throw new Error("the supervisor could not be started: this Node has no process.execve");
}

/** Reads and checks everything before the first process is started: a fault is shown once, and at once. */
function prepare(args: readonly string[], io: CommandIo): SiteStart | undefined {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { config: { type: "string" }, commission: { type: "boolean", default: false } },
    });
    const given = values.config ?? (io.env["VESTIBULE_CONFIG"] || undefined);
    const chosen = values.commission && !(given !== undefined && existsSync(given));
    const { file, loaded } = chosen ? commissioned(io) : asWritten(given ?? demoSite, io);
    const { site } = loaded;
    const wired = wiredVestibulesOf(loaded);
    return {
      site,
      wired,
      watchdog: loaded.wiring?.profile.watchdog,
      configurationHash: configurationHashOf(site, wired),
      dataDirectory: resolve(site.data.directory),
      configurationFile: resolve(file),
      version: (JSON.parse(readFileSync(packageFile, "utf8")) as { version: string }).version, // our own package
      commissioned: chosen ? { blank: file === blankSite, runArguments: args } : undefined,
    };
  } catch (error) {
    if (error instanceof ConfigError) io.stderr(`${error.text(languageOf(io.env))}\n`);
    else if (error instanceof TypeError) io.stderr(`vestibule run: ${error.message}\n\n${usage}`);
    else throw error;
    return undefined;
  }
}

const asWritten = (file: string, io: CommandIo) => ({ file, loaded: loadWiredSite(file, io.env) });

/** What was applied last; where nothing can be read from that, what was before it; and before that, nothing. */
function commissioned(io: CommandIo): ReturnType<typeof asWritten> {
  const places = placesIn(resolve(io.env["VESTIBULE_DATA"] || "var"));
  try {
    return asWritten(existsSync(places.site) ? places.site : blankSite, io);
  } catch (error) {
    if (!(error instanceof ConfigError) || !takeBack(places, error.message)) throw error;
    io.stderr(`vestibule run: the applied configuration is taken back:\n${error.text(languageOf(io.env))}\n`);
    return commissioned(io);
  }
}

/** This program's entry, as it was started. */
function program(): string {
  const [, entry] = process.argv;
  if (entry === undefined) throw new Error("there is no program to start again");
  return entry;
}

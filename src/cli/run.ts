import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import type { SiteStart } from "../composition/site-start.ts";
import { ConfigError, languageOf } from "../config/config-error.ts";
import { loadSite } from "../config/load.ts";
import { SystemClock } from "../drivers/clock/system-clock.ts";
import type { Role } from "../ports/process-link.ts";
import { Supervisor } from "../supervisor/supervisor.ts";
import type { Command, CommandIo } from "./command.ts";

const usage = `Usage: vestibule run [--config FILE]

Runs the controller of one site: the interlock, the access rules, the cameras, the console and the MQTT link.
Without --config (or VESTIBULE_CONFIG) it runs the demo site, on a simulated door pair.

  --config FILE   the site's configuration
`;

const demoSite = fileURLToPath(new URL("../../firmware-config/demo.yaml", import.meta.url));
const entry = fileURLToPath(new URL("../main.ts", import.meta.url));
const packageFile = fileURLToPath(new URL("../../package.json", import.meta.url));

export const run: Command = {
  name: ["run"],
  summary: "run the controller",
  usage,
  async run(args, io) {
    const start = prepare(args, io);
    if (start === undefined) return 2;
    const simulated = start.site.board.kind === "simulated";
    const roles: readonly Exclude<Role, "supervisor">[] = [
      ...(simulated ? (["building"] as const) : []),
      "interlock",
      "controller",
      "vision",
    ];
    process.title = "vestibule supervisor";
    const supervisor = new Supervisor({
      entry,
      roles,
      configuration: start,
      clock: new SystemClock(),
      log: ({ role, event, detail }) => {
        if (event === "lost")
          io.stderr(`vestibule: the ${role} process ended (${detail ?? ""}); it is started again\n`);
      },
    });
    supervisor.start();
    await interrupted();
    await supervisor.stop();
    return 0;
  },
};

/** Reads and checks everything before the first process is started: a fault is shown once, and at once. */
function prepare(args: readonly string[], io: CommandIo): SiteStart | undefined {
  try {
    const { values } = parseArgs({ args: [...args], options: { config: { type: "string" } } });
    const file = values.config ?? (io.env["VESTIBULE_CONFIG"] || demoSite);
    const site = loadSite(file, io.env);
    return {
      site,
      configurationHash: createHash("sha256").update(JSON.stringify(site)).digest("hex"),
      dataDirectory: resolve(site.data.directory),
      version: (JSON.parse(readFileSync(packageFile, "utf8")) as { version: string }).version, // our own package
    };
  } catch (error) {
    if (error instanceof ConfigError) io.stderr(`${error.text(languageOf(io.env))}\n`);
    else if (error instanceof TypeError) io.stderr(`vestibule run: ${error.message}\n\n${usage}`);
    else throw error;
    return undefined;
  }
}

function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    process.once("SIGINT", () => resolve());
    process.once("SIGTERM", () => resolve());
  });
}

import { spawn } from "node:child_process";
import process from "node:process";
import type { SiteConfiguration } from "../../config/site-schema.ts";
import { BackupFault, type BackupMade, type BackupMaker } from "../../ports/backup.ts";
import { backupsIn } from "./make-backup.ts";

/** Of a process that says more than a report and a fault: not kept. */
const longestOutput = 64 * 1024;

/** A day: what takes longer has stuck, as on a network disk that no longer answers. */
const patience = 24 * 3_600_000;

interface Place {
  readonly program: string;
  readonly configurationFile: string;
  readonly dataDirectory: string;
  readonly site: Pick<SiteConfiguration, "site">;
  readonly directory: string;
}

/**
 * Each backup is a process of its own, the command that an administrator runs: what it reads, compresses and encrypts is not on the
 * loop that decides, and it has the lowest claim to the processor. It ends with this process.
 */
export function backupsInProcesses(place: Place, signal: AbortSignal): BackupMaker {
  return {
    make: () => run(place, signal),
    list: () => backupsIn(place.directory, place.site.site.id),
  };
}

function run({ program, configurationFile, dataDirectory }: Place, signal: AbortSignal): Promise<BackupMade> {
  const child = spawn(
    process.execPath,
    [...process.execArgv, program, "backup", "--config", configurationFile, "--json"],
    {
      env: { ...process.env, VESTIBULE_DATA: dataDirectory },
      stdio: ["ignore", "pipe", "pipe"],
      killSignal: "SIGKILL",
      ...{ signal, timeout: patience },
    },
  );
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (chunk: Buffer) => (stdout = (stdout + String(chunk)).slice(0, longestOutput)));
  child.stderr.on("data", (chunk: Buffer) => (stderr = (stderr + String(chunk)).slice(-longestOutput)));
  return new Promise((resolve, reject) => {
    const refused = (why: string, cause?: unknown) => reject(new BackupFault("refused", why, { cause }));
    child.once("error", (error) => refused(`the backup could not be run: ${error.message}`, error));
    child.once("close", (code, by) => {
      if (code === 0)
        resolve(JSON.parse(stdout) as BackupMade); // our own command's
      else refused(stderr.trim().replace(/^backup: /, "") || `the backup ended by ${by ?? `code ${code}`}`);
    });
  });
}

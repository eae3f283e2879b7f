import { existsSync } from "node:fs";
import { parseArgs } from "node:util";
import { resealingOf } from "../composition/resealing.ts";
import { beginKeyRotation, keyFile } from "../drivers/site-key/site-keys.ts";
import { directoryFile } from "../drivers/sqlite/open-database.ts";
import type { Command, CommandIo } from "./command.ts";
import { InputError } from "./face-pictures.ts";
import { answering, dataDirectory, ShellChanges } from "./storage-command.ts";

const usage = `Usage: vestibule key rotate [--background] [--json]

Makes a new key for photos, templates and evidence in the data directory VESTIBULE_DATA (default var), seals everything
with it, and destroys the former key. The controller has to be stopped for it; cut off at any moment nothing is lost, and the
same command, or the controller's next start, goes on. Backups made before need the former key, so make a new one after.

  --background  only put the new key in place; the controller seals everything anew while it runs
  --json        print {"begun", "sealed", "resealed", "remove"}

A key in systemd's keeping is root's to change: give the new one as the credential vestibule-key, the present one
as vestibule-key-former, and restart; the journal says when the former can be removed.
`;

const atOnce = 32;
const tellEvery = 1_000;

export const keyRotate: Command = {
  name: ["key", "rotate"],
  summary: "give photos, templates and evidence a new key",
  usage,
  run: (args, io) =>
    answering("key rotate", io, () => {
      const { values } = parseArgs({
        args: [...args],
        options: {
          background: { type: "boolean", default: false },
          json: { type: "boolean", default: false },
        },
      });
      const directory = dataDirectory(io.env);
      requireKeyFile(directory, io);
      const begun = begin(io, directory) === "begun";
      const report = values.background ? { begun } : { begun, ...reseal(io) };
      io.stdout(values.json ? `${JSON.stringify(report)}\n` : told(report));
      return 0;
    }),
};

function requireKeyFile(directory: string, { env }: CommandIo): void {
  if (existsSync(keyFile(directory)) && existsSync(directoryFile(directory)) && !env.CREDENTIALS_DIRECTORY)
    return;
  throw new InputError(
    `${directory} has no key of its own to change: nothing is kept there yet, or the key is in systemd's keeping; see --help`,
  );
}

/** As the one owner of the data directory, and with the present key found good, before another is made. */
function begin(io: CommandIo, directory: string): "begun" | "underWay" {
  using changes = new ShellChanges(io);
  return changes.recorded(
    "KeyRotationOrdered",
    () => beginKeyRotation(directory),
    () => ({}),
  );
}

function reseal(io: CommandIo) {
  using changes = new ShellChanges(io);
  const { storage } = changes;
  const pass = resealingOf(storage);
  let looked = 0;
  let resealed = 0;
  const start = performance.now();
  for (let told = 0; ; ) {
    const step = pass.next(atOnce);
    if (step.looked === 0) break;
    looked += step.looked;
    resealed += step.resealed;
    const spent = performance.now() - start;
    if (spent < told + tellEvery) continue;
    told = spent;
    const left = Math.ceil(((spent / looked) * (pass.all - looked)) / 1_000);
    io.stderr(`${looked} of ${pass.all} sealed anew, ${left} s left\n`);
  }
  const remove = storage.keys.destroyFormer();
  changes.recorded(
    "KeyRotationEnded",
    () => ({ sealed: looked, resealed }),
    (facts) => facts,
  );
  return { sealed: looked, resealed, remove };
}

function told(report: {
  readonly begun: boolean;
  readonly sealed?: number;
  readonly resealed?: number;
}): string {
  const begun = report.begun ? "a new key is in place" : "a rotation was under way";
  if (report.sealed === undefined) return `${begun}; the controller seals everything anew once it runs\n`;
  return `${begun}; ${report.resealed} of ${report.sealed} were sealed anew; the former key is destroyed. Make a new backup.\n`;
}

import { userInfo } from "node:os";
import { openSiteStorage, type SiteStorage } from "../composition/open-site-storage.ts";
import { SystemClock } from "../drivers/clock/system-clock.ts";
import { DirectoryInUse } from "../drivers/sqlite/ownership.ts";
import { BackupFault } from "../ports/backup.ts";
import { DirectoryRefusal } from "../ports/directory.ts";
import { type JsonObject, StorageFault } from "../ports/journal.ts";
import type { CommandIo, ExitCode } from "./command.ts";
import { InputError } from "./face-pictures.ts";

export const dataDirectory = (env: CommandIo["env"]): string => env.VESTIBULE_DATA || "var";

/** Runs a command's work; what the person can put right is one line on stderr, a bug goes on up. */
export async function answering(
  command: string,
  io: CommandIo,
  work: () => ExitCode | Promise<ExitCode>,
): Promise<ExitCode> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const exit = exitFor(error);
    if (exit === undefined) throw error;
    io.stderr(`${command}: ${printable(adviceFor(error, io))}\n`);
    return exit;
  }
}

function exitFor(error: Error): ExitCode | undefined {
  if (error instanceof DirectoryRefusal) return 1;
  if (error instanceof BackupFault) return error.code === "notEmpty" ? 2 : 1;
  if (error instanceof StorageFault || error instanceof InputError) return 2;
  return "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS") ? 2 : undefined;
}

function adviceFor(error: Error, io: CommandIo): string {
  if (!(error instanceof DirectoryInUse)) return error.message;
  const pid = error.pid === undefined ? "" : ` (process ${error.pid})`;
  return `the controller is running on ${dataDirectory(io.env)}${pid}: change people and cards in its console, or stop it first`;
}

/** A change to people or cards from the shell, by the one owner of the data directory. */
export class ShellChanges implements Disposable {
  readonly storage: SiteStorage;
  readonly #clock = new SystemClock();
  /** Whoever is behind `sudo` is meant, not root. */
  readonly operator: string;

  constructor(io: CommandIo) {
    this.operator = `shell:${io.env.SUDO_USER ?? userInfo().username}`;
    this.storage = openSiteStorage({ directory: dataDirectory(io.env), clock: this.#clock, env: io.env });
  }

  /** Makes a change and records it, or neither: what cannot be recorded is undone. */
  recorded<Result>(type: string, change: () => Result, facts: (result: Result) => JsonObject): Result {
    const { directory, journal } = this.storage;
    return directory.transact(() => {
      const result = change();
      const payload = { operator: this.operator, ...facts(result) };
      journal.append([{ type, at: this.#clock.now(), payload }]);
      return result;
    });
  }

  [Symbol.dispose](): void {
    this.storage[Symbol.dispose]();
  }
}

/** Text from a card or a form, harmless on a terminal: no escapes, no reversal of the writing. */
export const printable = (text: string): string =>
  text.replaceAll(
    /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );

/** The one positional a command takes. */
export function onlyOne(positionals: readonly string[], what: string): string {
  const [only, ...more] = positionals;
  if (only === undefined || only === "" || more.length > 0)
    throw new InputError(`one ${what} is expected; see --help`);
  return only;
}

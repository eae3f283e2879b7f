import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import BetterSqlite from "better-sqlite3";
import { StorageFault } from "../../ports/journal.ts";

/** Another process has the data directory. */
export class DirectoryInUse extends StorageFault {
  readonly pid: number | undefined;
  constructor(directory: string, pid: number | undefined) {
    super(`${directory} is in use by another process${pid === undefined ? "" : ` (${pid})`}: stop it first`);
    this.pid = pid;
  }
}

const lockFile = (directory: string): string => join(directory, "owner.lock");
const pidFile = (directory: string): string => join(directory, "owner.pid");

/**
 * Makes this process the only one that may write in `directory`, until disposed or dead.
 * The lock is the kernel's on an empty file, through SQLite, which is the one lock at hand here that
 * a killed process cannot leave behind. Readers do not ask for it. Throws DirectoryInUse.
 */
export function takeOwnership(directory: string): Disposable {
  const lock = new BetterSqlite(lockFile(directory), { timeout: 0 });
  try {
    lock.exec("BEGIN IMMEDIATE");
  } catch (error) {
    lock.close();
    if (error instanceof BetterSqlite.SqliteError && error.code.startsWith("SQLITE_BUSY")) {
      throw new DirectoryInUse(directory, readPid(directory));
    }
    throw new StorageFault(`${lockFile(directory)} cannot be locked`, { cause: error });
  }
  writeFileSync(pidFile(directory), `${process.pid}\n`);
  return { [Symbol.dispose]: () => void lock.close() };
}

/** For messages only: the lock, not this number, says who owns. */
function readPid(directory: string): number | undefined {
  if (!existsSync(pidFile(directory))) return undefined;
  const pid = Number.parseInt(readFileSync(pidFile(directory), "latin1"), 10);
  return Number.isNaN(pid) ? undefined : pid;
}

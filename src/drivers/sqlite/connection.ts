import { closeSync, existsSync, openSync } from "node:fs";
import BetterSqlite from "better-sqlite3";
import { StorageFault } from "../../ports/journal.ts";
import { requireWholeFile } from "./require-whole-file.ts";
import type { Schema } from "./schema.ts";

export type Connection = BetterSqlite.Database;

export interface ConnectionOptions {
  /** Never creates or changes anything; a controller may be writing meanwhile. */
  readonly readonly?: boolean;
  /** What a commit waits for. `full`: survives a power cut. `lazy`: the last commits may be undone by one. */
  readonly durability?: "full" | "lazy";
  /** Whether this process has the file open already. */
  readonly isSecond?: boolean;
}

/** How long a statement waits for another connection's lock. */
const busyTimeout = 2_000;

/** The write-ahead log is copied into the file at about 4 MB, and cut back to 8 MB after a burst. */
const checkpointPages = 1_000;
const largestIdleWal = 8 * 1024 * 1024;

/**
 * Opens a database file and brings its schema up to date. Every way this can fail is a StorageFault
 * that says which file, what was seen and what to do.
 */
export function openConnection(file: string, schema: Schema, options: ConnectionOptions = {}): Connection {
  const readonly = options.readonly ?? false;
  if (readonly && !existsSync(file)) throw new StorageFault(`${file}: there is no such file`);
  // Only before the first connection: POSIX drops all of a process's locks on a file when the process closes
  // any descriptor of it, and SQLite's locks are such.
  if (!readonly && !options.isSecond) {
    requireWholeFile(file);
    makePrivate(file);
  }
  let connection: Connection | undefined;
  try {
    connection = new BetterSqlite(file, { readonly, fileMustExist: readonly, timeout: busyTimeout });
    configure(connection, readonly, options.durability ?? "full");
    if (readonly) requireSchema(connection, schema);
    else migrate(connection, schema);
    return connection;
  } catch (error) {
    connection?.close();
    throw storageFault(error, `${file} cannot be opened`, `${schema.remedy}`);
  }
}

/** For the owner's eyes only, whatever the folder allows; SQLite gives the log beside it the same mode. */
function makePrivate(file: string): void {
  try {
    closeSync(openSync(file, "a", 0o600));
  } catch (error) {
    throw storageFault(error, `${file} cannot be opened`);
  }
}

function configure(connection: Connection, readonly: boolean, durability: "full" | "lazy"): void {
  connection.pragma("trusted_schema = OFF");
  connection.pragma("cell_size_check = ON");
  if (readonly) return;
  // FULL: the log is synced at every commit, so what was acknowledged survives a power cut.
  const mode: unknown = connection.pragma("journal_mode = WAL", { simple: true });
  if (mode !== "wal")
    throw new StorageFault(`the file system does not support write-ahead logging (${String(mode)})`);
  connection.pragma(`synchronous = ${durability === "full" ? "FULL" : "NORMAL"}`);
  connection.pragma("foreign_keys = ON");
  // What is deleted is overwritten: a removed person's name must not linger in free pages.
  connection.pragma("secure_delete = ON");
  connection.pragma(`wal_autocheckpoint = ${checkpointPages}`);
  connection.pragma(`journal_size_limit = ${largestIdleWal}`);
}

function migrate(connection: Connection, schema: Schema): void {
  connection
    .transaction(() => {
      const version = schemaVersion(connection, schema);
      if (version === 0 && schema.whole !== undefined) connection.exec(schema.whole);
      else for (const step of schema.migrations.slice(version)) connection.exec(step);
      if (version === schema.migrations.length) return;
      connection.pragma(`application_id = ${schema.applicationId}`);
      connection.pragma(`user_version = ${schema.migrations.length}`);
    })
    .immediate();
}

function requireSchema(connection: Connection, schema: Schema): void {
  const version = schemaVersion(connection, schema);
  if (version < schema.migrations.length) {
    throw new StorageFault(
      `written by an older release (schema ${version} of ${schema.migrations.length}); start the controller once to convert it`,
    );
  }
}

/** The file's schema version; throws where the file is somebody else's or newer than this program. */
function schemaVersion(connection: Connection, schema: Schema): number {
  const version = Number(connection.pragma("user_version", { simple: true }));
  const application = Number(connection.pragma("application_id", { simple: true }));
  const tables = Number(connection.prepare("SELECT count(*) FROM sqlite_schema").pluck().get());
  if (tables > 0 && application !== schema.applicationId)
    throw new StorageFault(`this is not a ${schema.name}`);
  if (version > schema.migrations.length) {
    throw new StorageFault(
      `written by a newer release (schema ${version}, this program knows ${schema.migrations.length}); use that release, or restore a backup made before it`,
    );
  }
  return version;
}

/** Folds the log into the file and cuts it off, unless somebody is reading. */
export function isLogCutOff(connection: Connection): boolean {
  connection.pragma("busy_timeout = 0");
  try {
    return connection.pragma("wal_checkpoint(TRUNCATE)", { simple: true }) === 0; // its first column: busy
  } finally {
    connection.pragma(`busy_timeout = ${busyTimeout}`);
  }
}

/** Wraps what SQLite or the operating system said, keeping it as the cause; a StorageFault stays one. */
export function storageFault(error: unknown, what: string, remedy?: string): StorageFault {
  const detail = error instanceof Error ? error.message : String(error);
  const code = error instanceof BetterSqlite.SqliteError ? ` (${error.code})` : "";
  const advice = remedy !== undefined && isDamage(error) ? `; ${remedy}` : "";
  return new StorageFault(`${what}: ${detail}${code}${advice}`, { cause: error });
}

const isDamage = (error: unknown): boolean =>
  error instanceof BetterSqlite.SqliteError && /^SQLITE_(CORRUPT|NOTADB)/.test(error.code);

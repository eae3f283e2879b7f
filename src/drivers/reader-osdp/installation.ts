import { randomBytes } from "node:crypto";
import { chownSync, existsSync, lstatSync, mkdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { after, type Instant, type Milliseconds, type WallTime, wallTime } from "../../domain/time.ts";
import { writeDurably } from "../../durable-files/durable-file.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Identity } from "./replies.ts";
import { defaultKey, isBaseKey } from "./secure-channel.ts";
import type { BaseKey, KeyKind } from "./session-state.ts";

/** The longest an installation mode may last; it ends by itself, and with the first key that was taken. */
export const longestInstallation: Milliseconds = 60 * 60_000;

const keyLength = 16;
const pendingFile = (keyFile: string): string => `${keyFile}.new`;
const windowFile = (keyFile: string): string => `${keyFile}.install`;

/** A key file that cannot be used, and what to do about it. */
export class ReaderKeyFault extends Error {}

/** The key in a file of the owner's eyes only, and whose it is where that was noted. */
export interface StoredKey {
  readonly key: Buffer;
  readonly reader: string | undefined;
}

/** 32 hexadecimal digits; in the next line the reader that got them. Undefined where there is no file. */
function readKeyFile(file: string): StoredKey | undefined {
  if (!existsSync(file)) return undefined;
  const found = lstatSync(file);
  if (!found.isFile()) throw new ReaderKeyFault(`${file} is not a plain file: put the key itself there`);
  const mode = found.mode & 0o777;
  if ((mode & 0o077) !== 0)
    throw new ReaderKeyFault(`${file} has mode 0${mode.toString(8)}: others may read it; chmod 600 it`);
  const [digits = "", reader] = readFileSync(file, "latin1").split("\n");
  const key = /^[0-9a-fA-F]{32}$/.test(digits.trim()) ? Buffer.from(digits.trim(), "hex") : undefined;
  if (key === undefined) throw new ReaderKeyFault(`${file} holds no key: 32 hexadecimal digits are expected`);
  if (!isBaseKey(key))
    throw new ReaderKeyFault(`${file} holds the key every new reader has: it protects from nobody`);
  return { key, reader: reader === undefined || reader.trim() === "" ? undefined : reader.trim() };
}

/** Never readable by others; but the controller has to read what root writes for it. */
function writePrivately(file: string, text: string): void {
  writeDurably(file, text, {
    folder: "existing",
    prepare: (draft) => {
      const { uid, gid } = statSync(dirname(file));
      if (isRoot() && uid !== 0) chownSync(draft, uid, gid);
    },
  });
}

const isRoot = (): boolean => process.geteuid?.() === 0;

/** Opens the installation mode of one reader until then; the running controller finds it at its next try. */
export function beginInstallation(keyFile: string, until: WallTime): void {
  const folder = dirname(keyFile);
  const made = mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (made !== undefined && isRoot()) {
    const { uid, gid } = statSync(dirname(made));
    for (let own = folder; own.length >= made.length; own = dirname(own)) chownSync(own, uid, gid);
  }
  writePrivately(windowFile(keyFile), `${new Date(until).toISOString()}\n`);
}

export function endInstallation(keyFile: string): void {
  rmSync(windowFile(keyFile), { force: true });
}

/** Until when the mode was opened; undefined where it is not, or where the file is none of ours. */
export function installationUntil(keyFile: string): WallTime | undefined {
  const file = windowFile(keyFile);
  if (!existsSync(file)) return undefined;
  const found = lstatSync(file);
  if (!found.isFile() || (found.mode & 0o077) !== 0) return undefined;
  const until = Date.parse(readFileSync(file, "latin1").trim());
  return Number.isFinite(until) ? wallTime(until) : undefined;
}

/** The keys of one reader, and the window in which it may be given its first. */
export class ReaderKeys {
  readonly #file: string;
  readonly #clock: Pick<Clock, "now" | "wall">;
  /** The wall clock may be set back: the window closes by the other clock as well. */
  #window: { readonly until: WallTime; readonly closesAt: Instant } | undefined;
  #tries = 0;

  constructor(file: string, clock: Pick<Clock, "now" | "wall">) {
    this.#file = file;
    this.#clock = clock;
  }

  /** Which key to try now; after each refusal the next of those there are. Throws ReaderKeyFault. */
  candidate(): BaseKey | undefined {
    const site = readKeyFile(this.#file)?.key;
    const pending = readKeyFile(pendingFile(this.#file))?.key;
    const own: readonly BaseKey[] = [
      ...(pending === undefined ? [] : [{ kind: "pending", bytes: pending } as const]),
      ...(site === undefined ? [] : [{ kind: "site", bytes: site } as const]),
    ];
    // A reader that has its key already needs no other: the one everybody has comes last.
    const all: readonly BaseKey[] =
      this.windowUntil() === undefined ? own : [...own, { kind: "default", bytes: defaultKey }];
    return all[this.#tries % Math.max(all.length, 1)];
  }

  /** Kept before it is sent: a reader whose answer was lost can be spoken to all the same. */
  newKey(): Buffer {
    const kept = readKeyFile(pendingFile(this.#file));
    if (kept !== undefined) return kept.key;
    const key = randomBytes(keyLength);
    writePrivately(pendingFile(this.#file), `${key.toString("hex")}\n`);
    return key;
  }

  onRefused(): void {
    this.#tries += 1;
  }

  /** A channel stands: what was pending has arrived, and a window has served its purpose. */
  onChannel(kind: KeyKind, reader: Identity | undefined): void {
    if (kind === "default") return;
    this.#tries = 0;
    const pending = pendingFile(this.#file);
    if (kind === "pending") {
      const kept = readKeyFile(pending);
      if (kept !== undefined)
        writePrivately(
          this.#file,
          `${kept.key.toString("hex")}\n${reader === undefined ? "" : markOf(reader)}\n`,
        );
    }
    rmSync(pending, { force: true });
    unless(() => endInstallation(this.#file));
  }

  /** Whose the key was when it was written. */
  readerOfKey(): string | undefined {
    return readKeyFile(this.#file)?.reader;
  }

  /** Until when a new reader is taken; undefined once that is over, and then the file is gone too. */
  windowUntil(): WallTime | undefined {
    const until = unless(() => installationUntil(this.#file));
    if (until === undefined) {
      this.#window = undefined;
      return undefined;
    }
    const left = Math.min(until - this.#clock.wall(), longestInstallation);
    if (this.#window?.until !== until) this.#window = { until, closesAt: after(this.#clock.now(), left) };
    if (left > 0 && this.#clock.now() < this.#window.closesAt) return until;
    unless(() => endInstallation(this.#file));
    return undefined;
  }
}

/** A window that another user opened, or that cannot be removed, is none; the reader's own key is good all the same. */
function unless<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch (error) {
    if (error instanceof Error && "code" in error) return undefined;
    throw error;
  }
}

export const markOf = ({ vendor, serial }: Identity): string => `reader ${vendor} ${serial}`;

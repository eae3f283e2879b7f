import { closeSync, constants, openSync, readSync, writeSync } from "node:fs";
import { genesisHash } from "../../domain/journal/chain.ts";

/** The newest record of a chain: its number and hash. */
export interface Head {
  readonly seq: number;
  readonly hash: string;
}

export const emptyHead: Head = { seq: 0, hash: genesisHash };

const recordLength = 82;
const recordForm = /^([0-9]{16}) ([0-9a-f]{64})\n$/;

/** What the file says. */
export const headLine = ({ seq, hash }: Head): string => `${String(seq).padStart(16, "0")} ${hash}\n`;

/**
 * Remembers, outside the database, how far the journal had got. A write-ahead log that lost its tail
 * is valid to SQLite, which then quietly goes on from an older state: only something outside can tell.
 *
 * Written after each commit, in place and without a sync: it may lag behind the journal after a power
 * cut, but never lead it, so a head beyond the journal's end means that acknowledged records are gone.
 */
export class JournalHead implements Disposable {
  readonly #descriptor: number;

  constructor(file: string) {
    this.#descriptor = openSync(file, constants.O_RDWR | constants.O_CREAT, 0o600);
  }

  /** May fail silently: a head that lags is no fault, and the record is durable already. */
  write(head: Head): void {
    try {
      writeSync(this.#descriptor, headLine(head), 0, "latin1");
    } catch {
      // Nothing to do that would help: see above.
    }
  }

  [Symbol.dispose](): void {
    closeSync(this.#descriptor);
  }
}

/** The head last written; undefined where there is none, or half of one. */
export function readHead(file: string): Head | undefined {
  let descriptor: number;
  try {
    descriptor = openSync(file, constants.O_RDONLY);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
  try {
    const bytes = Buffer.alloc(recordLength);
    const length = readSync(descriptor, bytes, 0, recordLength, 0);
    const match = recordForm.exec(bytes.toString("latin1", 0, length));
    return match?.[1] === undefined || match[2] === undefined
      ? undefined
      : { seq: Number(match[1]), hash: match[2] };
  } finally {
    closeSync(descriptor);
  }
}

import { randomBytes } from "node:crypto";
import { CompactRange, rootOf } from "../../domain/journal/compact-range.ts";
import type { Hash } from "../../domain/journal/merkle.ts";
import type { Connection } from "./connection.ts";
import { chunkLength, chunkLevel, leafOf, sha256 } from "./journal-leaves.ts";
import { type JournalRow, rowsBehind } from "./journal-rows.ts";

interface ChunkRow {
  readonly chunk: number;
  readonly secret: Buffer | null;
  readonly node: Buffer | null;
}

/**
 * The tree over the journal, as far as appending needs it: a hash for each complete stretch of 256 records in the file,
 * the rest in memory. It covers the records from 1 to `covered` without a gap; until it has caught up with an older
 * release's file, nothing can be signed.
 */
export class JournalTree {
  readonly #connection: Connection;
  readonly #write: ReturnType<typeof writing>;
  /** Whole stretches. */
  #whole = new CompactRange(sha256);
  /** The one that is growing. */
  #growing = new CompactRange(sha256);
  #secret: Buffer | undefined;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#write = writing(connection);
    this.#refresh();
  }

  covered(): number {
    return this.#whole.size + this.#growing.size;
  }

  root(): Hash {
    return rootOf(sha256, [...this.#whole.peaks, ...this.#growing.peaks]);
  }

  /** Within the caller's transaction; where that fails, this object is of no more use. The rows follow what is covered. */
  add(rows: readonly JournalRow[]): void {
    for (const row of rows) this.#append(row);
  }

  /** Adds up to `most` records that are not covered yet; whether all are now. */
  catchUp(most: number): boolean {
    const rows = rowsBehind(this.#connection, this.covered(), most);
    try {
      if (rows.length > 0) this.#connection.transaction(() => this.add(rows)).immediate();
    } catch (error) {
      // What was undone in the file is not covered.
      this.#refresh();
      throw error;
    }
    return rows.length < most;
  }

  #append(row: JournalRow): void {
    if (row.seq !== this.covered() + 1)
      throw new RangeError(`record ${row.seq} does not follow ${this.covered()}`);
    const chunk = this.#whole.size / chunkLength;
    if (this.#secret === undefined) {
      this.#secret = randomBytes(32);
      this.#write.begin.run(chunk, this.#secret);
    }
    this.#growing.append(leafOf(this.#secret, row));
    if (this.#growing.size < chunkLength) return;
    const node = this.#growing.root();
    this.#write.complete.run(node, chunk);
    this.#whole.append(node, chunkLevel);
    this.#begin(undefined, 0);
  }

  #begin(secret: Buffer | undefined, records: number): void {
    this.#growing = new CompactRange(sha256);
    this.#secret = secret;
    if (secret === undefined) return;
    for (const row of rowsBehind(this.#connection, this.#whole.size, records))
      this.#growing.append(leafOf(secret, row));
  }

  /** As the file has it. */
  #refresh(): void {
    this.#whole = new CompactRange(sha256);
    this.#begin(undefined, 0);
    const chunks = this.#connection
      .prepare<[], ChunkRow>("SELECT chunk, secret, node FROM journal_chunks ORDER BY chunk")
      .all();
    for (const { node, secret } of chunks) {
      if (node !== null) this.#whole.append(node, chunkLevel);
      // Written with its first record: as many as are there belong to it.
      else this.#begin(secret ?? undefined, chunkLength - 1);
    }
  }
}

const writing = (connection: Connection) => ({
  begin: connection.prepare<[number, Buffer]>("INSERT INTO journal_chunks (chunk, secret) VALUES (?, ?)"),
  complete: connection.prepare<[Uint8Array, number]>("UPDATE journal_chunks SET node = ? WHERE chunk = ?"),
});

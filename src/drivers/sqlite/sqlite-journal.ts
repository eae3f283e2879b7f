import { join } from "node:path";
import { isCheckpointOccasion } from "../../domain/journal/checkpoint-occasions.ts";
import type { Clock } from "../../ports/clock.ts";
import {
  type Journal,
  type JournalEntry,
  type JournalQuery,
  type JournalRecord,
  type JournalVerdict,
  StillIndexing,
} from "../../ports/journal.ts";
import type { PrunableJournal, PrunedStretch } from "../../ports/journal-keeping.ts";
import { type CheckpointSigner, NoProof, type ProvableJournal } from "../../ports/journal-proofs.ts";
import { type Connection, openConnection, storageFault } from "./connection.ts";
import { replaceFormerIndexes } from "./former-indexes.ts";
import { JournalCheckpoints, newestCheckpoint, newestWitnessed } from "./journal-checkpoints.ts";
import { emptyHead, type Head, JournalHead, readHead } from "./journal-head.ts";
import { JournalProofs } from "./journal-proofs.ts";
import { hashAt, type JournalRow, readTail, recordOf, rowsAfter } from "./journal-rows.ts";
import { searchRows } from "./journal-search.ts";
import { JournalTree } from "./journal-tree.ts";
import { insertRow, requireAcknowledged, requireStillThere } from "./journal-writing.ts";
import { oldestOf, pruneStretch } from "./prune-journal.ts";
import { rewriteWal } from "./rewrite-wal.ts";
import { journalSchema } from "./schema.ts";
import { SearchIndex } from "./search-index.ts";
import { verifyJournalFile } from "./verify-journal.ts";

export interface SqliteJournalOptions {
  /** The data directory; it must exist. */
  readonly directory: string;
  readonly clock: Pick<Clock, "now" | "wall">;
  /** Identifies the machine's boot. */
  readonly boot: string;
  /** Left out: nothing is signed. */
  readonly signer?: CheckpointSigner | undefined;
}

export const journalFile = (directory: string): string => join(directory, "journal.db");
export const journalHeadFile = (directory: string): string => join(directory, "journal.head");

/**
 * Opens the journal, making it where there never was one. Where acknowledged records are missing from
 * the end (a log cut off, a file put back from an old copy), it opens and says so in the chain itself,
 * as `JournalDamageFound`; where the file cannot be read, it refuses with a StorageFault.
 */
export function openSqliteJournal(options: SqliteJournalOptions): SearchedJournal {
  return new SqliteJournal(options);
}

/** A journal that an older release wrote is searched as that release did until its index has caught up. */
export interface SearchedJournal extends Journal, ProvableJournal, PrunableJournal {
  /** Records from 1 up to this one can be searched by everything. */
  covered(): number;
  /** Takes up to `most` more of them into the index and the tree; whether that was the last. Throws StorageFault. */
  coverMore(most: number): boolean;
}

/** What of an older file is indexed at once when it is opened: a tenth of a second. */
const indexedAtOnce = 5_000;

class SqliteJournal implements SearchedJournal {
  readonly #options: SqliteJournalOptions;
  readonly #file: string;
  readonly #head: JournalHead;
  #connection: Connection | undefined;
  #index: SearchIndex | undefined;
  #tree: JournalTree | undefined;
  #checkpoints: JournalCheckpoints | undefined;
  #insertOne: ReturnType<Connection["prepare"]> | undefined;
  /** After a failed write: nothing is known of the file until it has been looked at again. */
  #doubtful = false;
  /** The newest record known to be durable. */
  #tail: Head = emptyHead;

  constructor(options: SqliteJournalOptions) {
    this.#options = options;
    this.#file = journalFile(options.directory);
    const witnessed = readHead(journalHeadFile(options.directory));
    requireStillThere(this.#file, witnessed);
    this.#connection = openConnection(this.#file, journalSchema);
    this.#tail = this.#reading("read", readTail);
    this.#head = new JournalHead(journalHeadFile(options.directory));
    try {
      if (witnessed !== undefined) this.#compareWith(witnessed);
      if (this.coverMore(indexedAtOnce)) replaceFormerIndexes(this.#open());
    } catch (error) {
      this[Symbol.dispose]();
      throw error;
    }
  }

  append(entries: readonly JournalEntry[]): readonly JournalRecord[] {
    const rows = rowsAfter(this.#trustedTail(), entries, this.#options.clock.wall(), this.#options.boot);
    const last = rows.at(-1);
    if (last === undefined) return [];
    const records = rows.map(recordOf);
    try {
      this.#insert(this.#open(), rows, records);
    } catch (error) {
      this.#doubtful = true;
      this.#forgetPrepared();
      throw storageFault(error, `${this.#file} could not be written`, journalSchema.remedy);
    }
    this.#tail = { seq: last.seq, hash: last.hash.toString("hex") };
    this.#head.write(this.#tail);
    return records;
  }

  query(query: JournalQuery): readonly JournalRecord[] {
    return this.#reading("read", (connection) =>
      searchRows(connection, this.#searched(connection), query).map(recordOf),
    );
  }

  covered(): number {
    return this.#searched(this.#open()).covered();
  }

  coverMore(most: number): boolean {
    // After a failed write the next append looks at the file first.
    if (this.#doubtful) return false;
    return this.#reading("indexed", (connection) => {
      const isIndexed = this.#searched(connection).catchUp(most);
      return this.#treeOf(connection).catchUp(most) && isIndexed;
    });
  }

  last(): number {
    return this.#tail.seq;
  }

  first(): number {
    return this.#reading("read", oldestOf);
  }

  pruneStretch(upTo: number): PrunedStretch | undefined {
    // After a failed write the next append looks at the file first.
    if (this.#doubtful) return undefined;
    return this.#writing("pruned", (connection) =>
      pruneStretch(connection, this.#searched(connection), upTo),
    );
  }

  verify(): JournalVerdict {
    return verifyJournalFile(this.#file, journalHeadFile(this.#options.directory));
  }

  checkpointNow() {
    const { signer } = this.#options;
    // After a failed write the next append looks at the file first.
    if (this.#doubtful || signer === undefined || this.#tail.seq === 0) return this.checkpoint();
    return this.#writing("signed", (connection) => {
      const [tree, newest] = [this.#treeOf(connection), newestCheckpoint(connection)];
      if (tree.covered() < this.#tail.seq || newest?.size === this.#tail.seq) return newest;
      const checkpoints = new JournalCheckpoints(connection, signer);
      checkpoints.sign(tree.covered(), tree.root());
      checkpoints.thin();
      return newestCheckpoint(connection);
    });
  }

  checkpoint() {
    return this.#reading("read", newestCheckpoint);
  }

  witnessed() {
    return this.#reading("read", newestWitnessed);
  }

  keepCosignatures(size: number, lines: string): void {
    this.#writing("written", (connection) =>
      connection.prepare("UPDATE checkpoints SET cosignatures = ? WHERE size = ?").run(lines, size),
    );
  }

  proveInclusion(seq: number, size: number) {
    return this.#reading("read", (connection) =>
      new JournalProofs(connection).inclusion(seq, size, this.#tail.seq),
    );
  }

  proveConsistency(from: number, to: number) {
    return this.#reading("read", (connection) =>
      new JournalProofs(connection).consistency(from, to, this.#tail.seq),
    );
  }

  [Symbol.dispose](): void {
    this.#connection?.close();
    this.#connection = undefined;
    this.#head[Symbol.dispose]();
  }

  #insert(connection: Connection, rows: readonly JournalRow[], records: readonly JournalRecord[]): void {
    this.#insertOne ??= connection.prepare(insertRow);
    const insert = this.#insertOne;
    const index = this.#searched(connection);
    // What is not covered up to here is added in the background, and these with it.
    const isCovered = index.covered() + 1 === rows[0]?.seq;
    const tree = this.#treeOf(connection);
    const isInTree = tree.covered() + 1 === rows[0]?.seq;
    connection.transaction(() => {
      for (const row of rows) insert.run(row);
      if (isCovered) index.add(records);
      if (isInTree) this.#grow(connection, tree, rows);
    })();
  }

  #grow(connection: Connection, tree: JournalTree, rows: readonly JournalRow[]): void {
    tree.add(rows);
    const { signer } = this.#options;
    if (signer === undefined || !rows.some(({ type }) => isCheckpointOccasion(type))) return;
    this.#checkpoints ??= new JournalCheckpoints(connection, signer);
    this.#checkpoints.sign(tree.covered(), tree.root());
  }

  /** What was prepared belongs to a connection that is closed, or to a state that was undone. */
  #forgetPrepared(): void {
    this.#index = undefined;
    this.#tree = undefined;
    this.#checkpoints = undefined;
    this.#insertOne = undefined;
  }

  #treeOf(connection: Connection): JournalTree {
    this.#tree ??= new JournalTree(connection);
    return this.#tree;
  }

  #searched(connection: Connection): SearchIndex {
    this.#index ??= new SearchIndex(connection);
    return this.#index;
  }

  #open(): Connection {
    this.#connection ??= openConnection(this.#file, journalSchema);
    return this.#connection;
  }

  #writing<Result>(doing: string, write: (connection: Connection) => Result): Result {
    try {
      return this.#reading(doing, write);
    } catch (error) {
      this.#doubtful = true;
      this.#forgetPrepared();
      throw error;
    }
  }

  #reading<Result>(doing: string, read: (connection: Connection) => Result): Result {
    try {
      return read(this.#open());
    } catch (error) {
      // The caller's mistake, or what the caller has to know; not the disk's.
      if (error instanceof RangeError || error instanceof StillIndexing || error instanceof NoProof)
        throw error;
      throw storageFault(error, `${this.#file} could not be ${doing}`, journalSchema.remedy);
    }
  }

  /**
   * What the next record is chained to. After a failed write the file is opened anew and looked at: the
   * rows that were refused may be there all the same, and then the chain goes on behind them.
   */
  #trustedTail(): Head {
    if (!this.#doubtful) return this.#tail;
    try {
      rewriteWal(`${this.#file}-wal`);
      this.#connection?.close();
      this.#connection = undefined;
      // Asked for meanwhile, they would be the closed connection's.
      this.#forgetPrepared();
      const connection = this.#open();
      requireAcknowledged(connection, this.#tail);
      this.#tail = readTail(connection);
    } catch (error) {
      throw storageFault(error, `${this.#file} is still unusable after a failed write`, journalSchema.remedy);
    }
    this.#head.write(this.#tail);
    this.#doubtful = false;
    return this.#tail;
  }

  /** Reports, in the journal, that its end is not what was written. */
  #compareWith(witnessed: Head): void {
    if (witnessed.seq === 0) return;
    const found = this.#reading("read", (connection) => hashAt(connection, witnessed.seq));
    if (found === witnessed.hash) return;
    const last = this.#tail.seq;
    const damage = found === undefined ? "recordsMissing" : "recordReplaced";
    const payload = { damage, last, written: witnessed.seq, writtenHash: witnessed.hash };
    this.append([{ type: "JournalDamageFound", at: this.#options.clock.now(), payload }]);
  }
}

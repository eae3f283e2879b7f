import { toBase64 } from "../../domain/journal/bytes.ts";
import {
  consistencyProof,
  type Hash,
  inclusionProof,
  nodeHash,
  rangeHash,
  type TreeNodes,
} from "../../domain/journal/merkle.ts";
import { type ConsistencyProof, type InclusionProof, NoProof } from "../../ports/journal-proofs.ts";
import type { Connection } from "./connection.ts";
import { chunkLength, chunkLevel, chunkOf, leafOf, leafTextOf, saltOf, sha256 } from "./journal-leaves.ts";
import { type JournalRow, rowsBehind } from "./journal-rows.ts";

interface StoredChunk {
  readonly secret: Buffer | null;
  readonly node: Buffer | null;
  readonly leaves: Buffer | null;
}

/** Makes proofs from what the file holds: nodes over 256 records as they are kept, those below from the records. */
export class JournalProofs implements TreeNodes {
  readonly #connection: Connection;
  readonly #select: ReturnType<typeof selectingChunk>;
  readonly #leaves = new Map<number, readonly Hash[]>();

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#select = selectingChunk(connection);
  }

  inclusion(seq: number, size: number, last: number): InclusionProof {
    requireOrder(seq, size, last, 1);
    const [row] = rowsBehind(this.#connection, seq - 1, 1);
    const secret = this.#chunk(chunkOf(seq))?.secret ?? undefined;
    if (row?.seq !== seq || secret === undefined) throw new NoProof(`record ${seq} was pruned`);
    return {
      seq,
      size,
      leaf: leafTextOf(secret, row),
      salt: saltOf(secret, seq),
      root: this.#root(size),
      proof: inclusionProof(sha256, this, seq - 1, size).map(toBase64),
    };
  }

  consistency(from: number, to: number, last: number): ConsistencyProof {
    requireOrder(from, to, last, 0);
    return {
      from,
      to,
      fromRoot: this.#root(from),
      toRoot: this.#root(to),
      proof: consistencyProof(sha256, this, from, to).map(toBase64),
    };
  }

  /** What is kept of the tree over records 1 to `size`, a multiple of 256, largest first. */
  peaks(size: number): readonly Hash[] {
    const peaks: Hash[] = [];
    for (let at = 0; at < size; ) {
      let level = chunkLevel;
      while (at % 2 ** (level + 1) === 0 && at + 2 ** (level + 1) <= size) level++;
      peaks.push(this.node(level, at / 2 ** level));
      at += 2 ** level;
    }
    return peaks;
  }

  node(level: number, index: number): Hash {
    if (level < chunkLevel) return this.#below(level, index);
    if (level > chunkLevel)
      return nodeHash(sha256, this.node(level - 1, 2 * index), this.node(level - 1, 2 * index + 1));
    const node = this.#chunk(index)?.node ?? undefined;
    if (node === undefined)
      throw new NoProof(`records from ${index * chunkLength + 1} on are not in the tree yet`);
    return node;
  }

  #below(level: number, index: number): Hash {
    if (level > 0)
      return nodeHash(sha256, this.#below(level - 1, 2 * index), this.#below(level - 1, 2 * index + 1));
    const chunk = Math.floor(index / chunkLength);
    const leaf = this.#leavesOf(chunk)[index % chunkLength];
    if (leaf === undefined)
      throw new NoProof(`record ${index + 1} is not there: it was pruned, or is not written yet`);
    return leaf;
  }

  #leavesOf(chunk: number): readonly Hash[] {
    const known = this.#leaves.get(chunk);
    if (known !== undefined) return known;
    const stored = this.#chunk(chunk);
    const leaves = stored?.leaves ? slices(stored.leaves) : this.#made(chunk, stored?.secret ?? undefined);
    this.#leaves.set(chunk, leaves);
    return leaves;
  }

  #made(chunk: number, secret: Buffer | undefined): readonly Hash[] {
    const first = chunk * chunkLength;
    const rows: JournalRow[] = secret === undefined ? [] : rowsBehind(this.#connection, first, chunkLength);
    // Where the first is gone, all of them are.
    return rows[0]?.seq === first + 1 && secret !== undefined ? rows.map((row) => leafOf(secret, row)) : [];
  }

  #chunk(chunk: number): StoredChunk | undefined {
    return this.#select.get(chunk);
  }

  #root(size: number): string {
    return toBase64(rangeHash(sha256, this, 0, size));
  }
}

const selectingChunk = (connection: Connection) =>
  connection.prepare<[number], StoredChunk>(
    "SELECT secret, node, leaves FROM journal_chunks WHERE chunk = ?",
  );

function requireOrder(from: number, to: number, last: number, least: number): void {
  const areWhole = Number.isSafeInteger(from) && Number.isSafeInteger(to);
  if (!areWhole || from < least || from > to || to > last)
    throw new NoProof(`${from} and ${to} are no two places of a journal of ${last} records`);
}

const slices = (leaves: Buffer): Hash[] =>
  Array.from({ length: leaves.length / 32 }, (_, at) => leaves.subarray(32 * at, 32 * at + 32));

import { checkpointText } from "../../domain/journal/checkpoint.ts";
import type { Hash } from "../../domain/journal/merkle.ts";
import type { CheckpointSigner, CosignedCheckpoint, SignedCheckpoint } from "../../ports/journal-proofs.ts";
import type { Connection } from "./connection.ts";
import { chunkLength } from "./journal-leaves.ts";
import { prunedTo } from "./pruned-to.ts";

/** The newest are all kept, of the older ones one for each stretch of 256 records, and what a witness cosigned last in it. */
const keptWhole = 1_000;

/** Signs what the journal is, and keeps that beside it. */
export class JournalCheckpoints {
  readonly #connection: Connection;
  readonly #signer: CheckpointSigner;
  readonly #insert: ReturnType<typeof inserting>;

  constructor(connection: Connection, signer: CheckpointSigner) {
    this.#connection = connection;
    this.#signer = signer;
    this.#insert = inserting(connection);
  }

  /** Within the caller's transaction. */
  sign(size: number, root: Hash): void {
    const text = checkpointText({ origin: this.#signer.origin, size, root });
    this.#insert.run(size, `${text}\n${this.#signer.sign(text)}`);
  }

  /** Lets go of old ones that later ones prove. */
  thin(): void {
    const last = newestCheckpoint(this.#connection)?.size ?? 0;
    this.#connection
      .prepare<[{ before: number }]>(
        `DELETE FROM checkpoints WHERE size < @before AND size NOT IN (
           SELECT max(size) FROM checkpoints GROUP BY (size - 1) / ${chunkLength}, cosignatures IS NULL)`,
      )
      .run({ before: this.#oldestOfNewest() ?? last });
    this.#connection
      .prepare<[number]>("DELETE FROM checkpoints WHERE size < ?")
      .run(Math.min(last, prunedTo(this.#connection)));
  }

  #oldestOfNewest(): number | undefined {
    return this.#connection
      .prepare<[number], number>("SELECT size FROM checkpoints ORDER BY size DESC LIMIT 1 OFFSET ?")
      .pluck()
      .get(keptWhole - 1);
  }
}

const inserting = (connection: Connection) =>
  connection.prepare<[number, string]>("INSERT INTO checkpoints (size, note) VALUES (?, ?)");

export const newestCheckpoint = (connection: Connection): SignedCheckpoint | undefined =>
  connection
    .prepare<[], SignedCheckpoint>("SELECT size, note FROM checkpoints ORDER BY size DESC LIMIT 1")
    .get();

export const newestWitnessed = (connection: Connection): CosignedCheckpoint | undefined =>
  connection
    .prepare<[], CosignedCheckpoint>(
      "SELECT size, note, cosignatures FROM checkpoints WHERE cosignatures IS NOT NULL ORDER BY size DESC LIMIT 1",
    )
    .get();

import { StorageFault } from "../../ports/journal.ts";
import type { Connection } from "./connection.ts";
import { hasContent } from "./file-content.ts";
import type { Head } from "./journal-head.ts";
import { hashAt } from "./journal-rows.ts";

export const insertRow = `INSERT INTO journal (seq, wall, at, boot, type, version, payload, cardholder, input, hash)
  VALUES (@seq, @wall, @at, @boot, @type, @version, @payload, @cardholder, @input, @hash)`;

/** A journal that was there once is never begun anew. Throws StorageFault. */
export function requireStillThere(file: string, witnessed: Head | undefined): void {
  if (witnessed === undefined || hasContent(file)) return;
  throw new StorageFault(
    `${file} is gone, but ${witnessed.seq} records were written: restore it from the last backup, ` +
      "or remove journal.head beside it to begin a new journal knowingly",
  );
}

/** Throws StorageFault where the newest record that is known to be durable is not there. */
export function requireAcknowledged(connection: Connection, { seq, hash }: Head): void {
  if (seq > 0 && hashAt(connection, seq) !== hash) {
    throw new StorageFault(
      `record ${seq} was acknowledged and is gone; restore the journal from the last backup`,
    );
  }
}

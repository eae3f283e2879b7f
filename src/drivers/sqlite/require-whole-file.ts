import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { StorageFault } from "../../ports/journal.ts";
import { hasContent } from "./file-content.ts";

const headerLength = 100;

/**
 * Refuses a database file that is shorter than its header says: SQLite would read what is missing as
 * damage only when it comes there, or as zeros. Only without a log beside it: a power cut in the midst
 * of folding the log into the file leaves it short too, and then the log has the rest. So does one in the midst of
 * making the file, and then the rollback journal beside it says that there was nothing yet.
 * Offsets: https://www.sqlite.org/fileformat2.html#the_database_header
 */
export function requireWholeFile(file: string): void {
  if (!hasContent(file) || hasContent(`${file}-wal`) || hasContent(`${file}-journal`)) return;
  const descriptor = openSync(file, "r");
  try {
    const header = Buffer.alloc(headerLength);
    if (readSync(descriptor, header, 0, headerLength, 0) < headerLength) throw cut(file);
    const isCountValid = header.readUInt32BE(24) === header.readUInt32BE(92);
    const pageSize = header.readUInt16BE(16) === 1 ? 65_536 : header.readUInt16BE(16);
    if (isCountValid && fstatSync(descriptor).size < header.readUInt32BE(28) * pageSize) throw cut(file);
  } finally {
    closeSync(descriptor);
  }
}

const cut = (file: string): StorageFault =>
  new StorageFault(`${file} is cut off: keep a copy of it, then restore it from the last backup`);

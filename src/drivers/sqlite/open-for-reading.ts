import { existsSync } from "node:fs";
import type { Directory } from "../../ports/directory.ts";
import { type Journal, type JournalVerdict, StillIndexing, StorageFault } from "../../ports/journal.ts";
import type { OperatorStore } from "../../ports/operators.ts";
import type { TemplateStore } from "../../ports/template-store.ts";
import { openConnection, storageFault } from "./connection.ts";
import { prepareReading } from "./directory-rows.ts";
import { recordOf } from "./journal-rows.ts";
import { searchRows } from "./journal-search.ts";
import { directoryFile } from "./open-database.ts";
import { directorySchema, journalSchema } from "./schema.ts";
import { SearchIndex } from "./search-index.ts";
import { journalFile, journalHeadFile } from "./sqlite-journal.ts";
import { prepareOperatorList } from "./sqlite-operators.ts";
import { prepareCoverage, prepareDue } from "./sqlite-templates.ts";
import { verifyJournalFile } from "./verify-journal.ts";
import type { VerifyingKeys } from "./verify-tree.ts";

/** Checks the journal of a data directory beside whoever owns it. Throws StorageFault where there never was one. */
export function verifyJournalIn(path: string, known: VerifyingKeys = {}): JournalVerdict {
  const [file, headFile] = [journalFile(path), journalHeadFile(path)];
  if (!existsSync(file) && !existsSync(headFile)) throw new StorageFault(`${file}: there is no such file`);
  return verifyJournalFile(file, headFile, known);
}

/** Looks into the journal of a data directory beside whoever owns it. Throws StorageFault. */
export function openJournalForReading(path: string): Pick<Journal, "query"> & Disposable {
  const file = journalFile(path);
  const connection = openConnection(file, journalSchema, { readonly: true });
  return {
    // The owner may be writing: what it covers is read anew each time.
    query: (query) =>
      faulting(file, () => searchRows(connection, new SearchIndex(connection), query).map(recordOf)),
    [Symbol.dispose]: () => void connection.close(),
  };
}

/** Looks at cardholders and cards, without the key that photos and templates need. Throws StorageFault. */
export function openDirectoryForReading(path: string): Pick<Directory, "list" | "get"> & Disposable {
  const file = directoryFile(path);
  const connection = openConnection(file, directorySchema, { readonly: true });
  const reading = prepareReading(connection);
  return {
    get: (id) => faulting(file, () => reading.get(id)),
    list: (page) => faulting(file, () => reading.list(page)),
    [Symbol.dispose]: () => void connection.close(),
  };
}

/** How many of a data directory's people have templates of which models, and whose are due. Throws StorageFault. */
export function openTemplatesForReading(path: string): Pick<TemplateStore, "coverage" | "due"> & Disposable {
  const file = directoryFile(path);
  const connection = openConnection(file, directorySchema, { readonly: true });
  const coverage = prepareCoverage(connection);
  const due = prepareDue(connection);
  return {
    coverage: (models) => faulting(file, () => coverage(models)),
    due: (models, limit, after) => faulting(file, () => due(models, limit, after)),
    [Symbol.dispose]: () => void connection.close(),
  };
}

/** Looks at the operators' accounts. Throws StorageFault. */
export function openOperatorsForReading(path: string): Pick<OperatorStore, "list"> & Disposable {
  const file = directoryFile(path);
  const connection = openConnection(file, directorySchema, { readonly: true });
  const list = prepareOperatorList(connection);
  return {
    list: () => faulting(file, list),
    [Symbol.dispose]: () => void connection.close(),
  };
}

function faulting<Result>(file: string, read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError || error instanceof StillIndexing) throw error;
    throw storageFault(error, `${file} could not be read`, journalSchema.remedy);
  }
}

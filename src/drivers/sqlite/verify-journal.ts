import { canonicalJson } from "../../domain/journal/canonical-json.ts";
import { NoteFault } from "../../domain/journal/signed-note.ts";
import type { AuditFault } from "../../domain/journal/tree-audit.ts";
import type { JournalVerdict } from "../../ports/journal.ts";
import { chainHash } from "./chain-hash.ts";
import { type Connection, openConnection } from "./connection.ts";
import { emptyHead, type Head, readHead } from "./journal-head.ts";
import { cardholderOf, type JournalRow, parsePayload } from "./journal-rows.ts";
import { prunedTo } from "./pruned-to.ts";
import { journalSchema } from "./schema.ts";
import { SearchIndexCheck } from "./verify-search-index.ts";
import { TreeCheck, type VerifyingKeys } from "./verify-tree.ts";

type Fault = Extract<JournalVerdict, { intact: false }>;

/** Short reads: none of them holds up the checkpoints of a controller that is writing. */
const rowsAtOnce = 1_000;

/**
 * Recomputes the whole chain from the file, then asks SQLite whether its indexes agree with it.
 * Reads only, through a connection of its own, so that nothing cached hides what the disk holds.
 */
export function verifyJournalFile(file: string, headFile: string, known: VerifyingKeys = {}): JournalVerdict {
  // The head first: it lags behind what is written while we read.
  const witnessed = readHead(headFile) ?? emptyHead;
  let connection: Connection;
  try {
    connection = openConnection(file, journalSchema, { readonly: true });
  } catch (error) {
    return unreadable(1, error);
  }
  try {
    for (;;) {
      const begin = prunedTo(connection);
      const verdict = verifyChain(connection, witnessed, known);
      // What was pruned meanwhile is missed with good reason: once more, from where it begins now.
      if (verdict.intact || prunedTo(connection) === begin) return verdict;
    }
  } catch (error) {
    // A key or checkpoint that whoever asks has wrong.
    if (error instanceof NoteFault) throw error;
    return unreadable(1, error);
  } finally {
    connection.close();
  }
}

function verifyChain(connection: Connection, witnessed: Head, known: VerifyingKeys): JournalVerdict {
  const select = connection.prepare<[number, number], JournalRow>(
    "SELECT * FROM journal WHERE seq > ? ORDER BY seq LIMIT ?",
  );
  let head = emptyHead;
  let hidden: string | undefined;
  try {
    const search = new SearchIndexCheck(connection);
    const tree = new TreeCheck(connection, known);
    head = tree.begin;
    let forged: AuditFault | undefined = tree.faultBefore();
    for (;;) {
      const rows = select.all(head.seq, rowsAtOnce);
      for (const row of rows) {
        const fault = faultOf(row, head, witnessed);
        if (fault !== undefined) return fault;
        hidden ??= search.faultOf(row);
        forged ??= tree.faultOf(row);
        head = { seq: row.seq, hash: row.hash.toString("hex") };
      }
      if (rows.length < rowsAtOnce) break;
    }
    return (
      missingTail(connection, head, witnessed) ??
      damagedIndex(connection) ??
      damagedSearch(hidden ?? search.surplus()) ??
      (forged === undefined ? audited(tree, head) : { intact: false, ...forged })
    );
  } catch (error) {
    if (error instanceof NoteFault) throw error;
    return unreadable(head.seq + 1, error);
  }
}

function audited(tree: TreeCheck, head: Head): JournalVerdict {
  const found = tree.finish(head.seq);
  if ("fault" in found) return { intact: false, ...found };
  const { seq: pruned } = tree.begin;
  const { signed, witnessed, kept } = found;
  return {
    intact: true,
    records: head.seq - pruned,
    first: head.seq === 0 ? 0 : pruned + 1,
    last: head.seq,
    head: head.hash,
    ...(signed > 0 && { signed }),
    ...(witnessed !== undefined && { witnessed }),
    ...(kept !== undefined && { kept }),
  };
}

function faultOf(row: JournalRow, before: Head, witnessed: Head): Fault | undefined {
  const expected = before.seq + 1;
  if (row.seq !== expected) {
    return {
      intact: false,
      seq: expected,
      fault: "gap",
      detail: `record ${expected} is missing; ${row.seq} follows`,
    };
  }
  const detail = alterationOf(row, before.hash);
  if (detail !== undefined) return { intact: false, seq: row.seq, fault: "hash", detail };
  if (row.seq === witnessed.seq && row.hash.toString("hex") !== witnessed.hash) {
    const rewritten =
      "the chain agrees with itself but not with journal.head, which was written with this record";
    return { intact: false, seq: row.seq, fault: "hash", detail: rewritten };
  }
  return undefined;
}

function alterationOf(row: JournalRow, previous: string): string | undefined {
  try {
    const payload = parsePayload(row.payload);
    if (canonicalJson(payload) !== row.payload) return "the payload is not in canonical form";
    if (row.input !== null && canonicalJson(parsePayload(row.input)) !== row.input)
      return "what was decided on is not in canonical form";
    if (cardholderOf(payload) !== row.cardholder) return "the index names another cardholder than the record";
    if (chainHash(previous, row) !== row.hash.toString("hex"))
      return "the content does not match the record's hash";
    return undefined;
  } catch (error) {
    return `the record is no record: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function missingTail(connection: Connection, head: Head, witnessed: Head): Fault | undefined {
  const everWritten = connection
    .prepare<[], number>("SELECT max(seq) FROM sqlite_sequence WHERE name = 'journal'")
    .pluck()
    .get();
  const expected = Math.max(witnessed.seq, everWritten ?? 0);
  if (expected <= head.seq) return undefined;
  const detail = `the journal ends with record ${head.seq}, but ${expected} was written`;
  return { intact: false, seq: head.seq + 1, fault: "gap", detail };
}

/** All records are right, but a query may miss some: an index or the file's structure is damaged. */
function damagedIndex(connection: Connection): Fault | undefined {
  const answer = connection.prepare<[], string>("PRAGMA integrity_check(1)").pluck().get();
  if (answer === "ok") return undefined;
  return {
    intact: false,
    seq: 0,
    fault: "unreadable",
    detail: `the records are intact, the file is not: ${answer}`,
  };
}

function damagedSearch(detail: string | undefined): Fault | undefined {
  if (detail === undefined) return undefined;
  const all = `the records are intact, what they are searched by is not: ${detail}`;
  return { intact: false, seq: 0, fault: "unreadable", detail: all };
}

function unreadable(seq: number, error: unknown): Fault {
  const detail = error instanceof Error ? error.message : String(error);
  return { intact: false, seq, fault: "unreadable", detail };
}

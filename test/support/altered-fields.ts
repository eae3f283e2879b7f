import type BetterSqlite from "better-sqlite3";

const tables = [
  ["journal", ["seq", "wall", "at", "boot", "type", "version", "payload", "cardholder", "input", "hash"]],
  ["journal_chunks", ["chunk", "secret"]],
  ["checkpoints", ["size", "note", "cosignatures"]],
] as const;

/** Every byte of every field of a journal's rows changed, one after the other, and put back. */
export function* changesIn(database: BetterSqlite.Database, verdict: () => { readonly intact: boolean }) {
  for (const [table, columns] of tables) {
    const rows = database.prepare<[], { rowid: number }>(`SELECT rowid AS rowid FROM ${table}`).all();
    for (const { rowid } of rows) {
      for (const column of columns) {
        const select = database.prepare<[number], unknown>(`SELECT ${column} FROM ${table} WHERE rowid = ?`);
        const genuine = select.pluck().get(rowid);
        if (genuine === null) continue;
        for (const [name, altered] of alterations(genuine)) {
          yield [
            `${table} ${rowid} ${column} ${name}`,
            () => {
              const isKey = column === "seq" || column === "chunk" || column === "size";
              const write = database.prepare(`UPDATE OR IGNORE ${table} SET ${column} = ? WHERE rowid = ?`);
              if (write.run(altered, rowid).changes === 0) return { intact: false }; // two rows of one number
              const found = verdict();
              write.run(genuine, isKey ? altered : rowid);
              return found;
            },
          ] as const;
        }
      }
    }
  }
}

function* alterations(value: unknown): Generator<readonly [string, unknown]> {
  if (typeof value === "number") {
    for (const altered of [value + 1, value - 1, value * 2 + 1]) yield [`to ${altered}`, altered];
    return;
  }
  const bytes = Buffer.from(value as string | Buffer); // the schema has no other types
  for (let at = 0; at < bytes.length; at++) {
    const altered = Buffer.from(bytes);
    altered[at] = (bytes[at] ?? 0) ^ (1 << (at % 7));
    yield [`byte ${at}`, typeof value === "string" ? altered.toString("latin1") : altered];
  }
}

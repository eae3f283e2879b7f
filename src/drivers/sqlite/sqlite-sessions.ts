import type { SessionStore, StoredSession } from "../../ports/operators.ts";
import type { Connection } from "./connection.ts";
import { operatorsWriting as writing } from "./operators-writing.ts";

const columns = "username, address, created_at AS createdAt, last_seen_at AS lastSeenAt";

export function createSessions(connection: Connection, lazy: Connection): SessionStore {
  const put = connection.prepare<[string, string, string, number, number]>(
    `INSERT OR REPLACE INTO sessions (id_hash, username, address, created_at, last_seen_at)
       VALUES (?, ?, ?, ?, ?)`,
  );
  const get = connection.prepare<[string], StoredSession>(
    `SELECT ${columns} FROM sessions WHERE id_hash = ?`,
  );
  const list = connection.prepare<[], StoredSession & { readonly idHash: string }>(
    `SELECT id_hash AS idHash, ${columns} FROM sessions ORDER BY username, created_at LIMIT 1000`,
  );
  const touch = lazy.prepare<[number, string]>("UPDATE sessions SET last_seen_at = ? WHERE id_hash = ?");
  const remove = connection.prepare<[string]>("DELETE FROM sessions WHERE id_hash = ?");
  const removeAllOf = connection.prepare<[string, string | null]>(
    "DELETE FROM sessions WHERE username = ? AND id_hash IS NOT ?",
  );
  const removeOlderThan = connection.prepare<[number]>("DELETE FROM sessions WHERE last_seen_at < ?");
  return {
    put(idHash, { username, address, createdAt, lastSeenAt }) {
      writing(() => put.run(idHash, username, address, createdAt, lastSeenAt));
    },
    get: (idHash) => get.get(idHash),
    list: () => list.all(),
    touch: (idHash, lastSeenAt) => void writing(() => touch.run(lastSeenAt, idHash)),
    remove: (idHash) => void writing(() => remove.run(idHash)),
    removeAllOf: (username, exceptIdHash) =>
      void writing(() => removeAllOf.run(username, exceptIdHash ?? null)),
    removeOlderThan: (lastSeenAt) => void writing(() => removeOlderThan.run(lastSeenAt)),
  };
}

import { type WallTime, wallTime } from "../../domain/time.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Operator, OperatorStore, SessionStore, StoredSession } from "../../ports/operators.ts";
import { type Connection, storageFault } from "./connection.ts";

interface OperatorRow {
  readonly username: string;
  readonly role: Operator["role"];
  readonly passwordHash: string;
  readonly mustChangePassword: number;
  readonly createdAt: number;
}

/** `lazy` takes what need not survive a power cut: when a session was last seen. */
export function createSqliteOperators(
  connection: Connection,
  lazy: Connection,
  clock: Pick<Clock, "wall">,
): OperatorStore {
  const list = prepareOperatorList(connection);
  const count = connection.prepare<[], number>("SELECT count(*) FROM operators").pluck();
  const find = connection.prepare<[string], OperatorRow>(
    `SELECT username, role, password_hash AS passwordHash, must_change_password AS mustChangePassword,
       created_at AS createdAt FROM operators WHERE username = ?`,
  );
  const insert = connection.prepare<[string, string, number, number]>(
    `INSERT INTO operators (username, role, password_hash, must_change_password, created_at)
       VALUES (?, 'administrator', ?, ?, ?)`,
  );
  const update = connection.prepare<[string, number, string]>(
    "UPDATE operators SET password_hash = ?, must_change_password = ? WHERE username = ?",
  );
  return {
    count: () => count.get() ?? 0,
    list,
    find(username) {
      const row = find.get(username);
      return row === undefined ? undefined : operatorOf(row);
    },
    add({ username, passwordHash, mustChangePassword }) {
      writing(() => insert.run(username, passwordHash, Number(mustChangePassword), clock.wall()));
    },
    setPassword(username, passwordHash, mustChangePassword) {
      const { changes } = writing(() => update.run(passwordHash, Number(mustChangePassword), username));
      if (changes === 0) throw new RangeError(`there is no operator ${JSON.stringify(username)}`);
    },
    sessions: createSessions(connection, lazy),
  };
}

/** Every account by name, without what it is signed in with. */
export function prepareOperatorList(connection: Connection): () => readonly Operator[] {
  const select = connection.prepare<[], Omit<OperatorRow, "passwordHash">>(
    `SELECT username, role, must_change_password AS mustChangePassword, created_at AS createdAt
       FROM operators ORDER BY username`,
  );
  return () => select.all().map(operatorOf);
}

const operatorOf = <Row extends Omit<OperatorRow, "passwordHash">>(row: Row) => ({
  ...row,
  mustChangePassword: row.mustChangePassword === 1,
  createdAt: wallTime(row.createdAt),
});

function createSessions(connection: Connection, lazy: Connection): SessionStore {
  const put = connection.prepare<[string, string, number, number]>(
    "INSERT OR REPLACE INTO sessions (id_hash, username, created_at, last_seen_at) VALUES (?, ?, ?, ?)",
  );
  const get = connection.prepare<[string], { username: string; createdAt: WallTime; lastSeenAt: WallTime }>(
    "SELECT username, created_at AS createdAt, last_seen_at AS lastSeenAt FROM sessions WHERE id_hash = ?",
  );
  const touch = lazy.prepare<[number, string]>("UPDATE sessions SET last_seen_at = ? WHERE id_hash = ?");
  const remove = connection.prepare<[string]>("DELETE FROM sessions WHERE id_hash = ?");
  const removeAllOf = connection.prepare<[string, string | null]>(
    "DELETE FROM sessions WHERE username = ? AND id_hash IS NOT ?",
  );
  const removeOlderThan = connection.prepare<[number]>("DELETE FROM sessions WHERE last_seen_at < ?");
  return {
    put(idHash, { username, createdAt, lastSeenAt }: StoredSession) {
      writing(() => put.run(idHash, username, createdAt, lastSeenAt));
    },
    get: (idHash) => get.get(idHash),
    touch: (idHash, lastSeenAt) => void writing(() => touch.run(lastSeenAt, idHash)),
    remove: (idHash) => void writing(() => remove.run(idHash)),
    removeAllOf: (username, exceptIdHash) =>
      void writing(() => removeAllOf.run(username, exceptIdHash ?? null)),
    removeOlderThan: (lastSeenAt) => void writing(() => removeOlderThan.run(lastSeenAt)),
  };
}

function writing<Result>(write: () => Result): Result {
  try {
    return write();
  } catch (error) {
    throw storageFault(error, "the operators' accounts could not be written");
  }
}

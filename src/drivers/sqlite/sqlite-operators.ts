import type { Role } from "../../domain/operator/rights.ts";
import { wallTime } from "../../domain/time.ts";
import type { Cipher } from "../../ports/cipher.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Operator, OperatorStore } from "../../ports/operators.ts";
import type { Connection } from "./connection.ts";
import { operatorsWriting as writing } from "./operators-writing.ts";
import { createPasskeys } from "./sqlite-passkeys.ts";
import { createSecondFactors, resealSecondFactors } from "./sqlite-second-factors.ts";
import { createSessions } from "./sqlite-sessions.ts";
import { createTokens } from "./sqlite-tokens.ts";

interface OperatorRow {
  readonly username: string;
  readonly role: Role;
  readonly passwordHash: string;
  readonly mustChangePassword: number;
  readonly disabled: number;
  readonly createdAt: number;
}

const columns = `username, role, must_change_password AS mustChangePassword, disabled, created_at AS createdAt`;

/** `lazy` takes what need not survive a power cut: when a session or a token was last used. */
export function createSqliteOperators(
  connection: Connection,
  lazy: Connection,
  clock: Pick<Clock, "wall">,
  cipher: Cipher,
): OperatorStore {
  const list = prepareOperatorList(connection);
  const count = connection.prepare<[], number>("SELECT count(*) FROM operators").pluck();
  const find = connection.prepare<[string], OperatorRow>(
    `SELECT ${columns}, password_hash AS passwordHash FROM operators WHERE username = ?`,
  );
  const insert = connection.prepare<[string, Role, string, number, number]>(
    `INSERT INTO operators (username, role, password_hash, must_change_password, created_at)
       VALUES (?, ?, ?, ?, ?)`,
  );
  const setPassword = connection.prepare<[string, number, string]>(
    "UPDATE operators SET password_hash = ?, must_change_password = ? WHERE username = ?",
  );
  const change = connection.prepare<[Role | null, number | null, string]>(
    "UPDATE operators SET role = coalesce(?, role), disabled = coalesce(?, disabled) WHERE username = ?",
  );
  const remove = connection.prepare<[string]>("DELETE FROM operators WHERE username = ?");
  const onOne = (username: string, write: () => { readonly changes: number }): void => {
    const { changes } = writing(write);
    if (changes === 0) throw new RangeError(`there is no operator ${JSON.stringify(username)}`);
  };
  return {
    count: () => count.get() ?? 0,
    list,
    find(username) {
      const row = find.get(username);
      return row === undefined ? undefined : operatorOf(row);
    },
    add({ username, passwordHash, mustChangePassword, role = "administrator" }) {
      writing(() => insert.run(username, role, passwordHash, Number(mustChangePassword), clock.wall()));
    },
    setPassword(username, passwordHash, mustChangePassword) {
      onOne(username, () => setPassword.run(passwordHash, Number(mustChangePassword), username));
    },
    change(username, { role, disabled }) {
      const off = disabled === undefined ? null : Number(disabled);
      onOne(username, () => change.run(role ?? null, off, username));
    },
    remove: (username) => onOne(username, () => remove.run(username)),
    sessions: createSessions(connection, lazy),
    secondFactors: createSecondFactors(connection, cipher),
    passkeys: createPasskeys(connection),
    tokens: createTokens(connection, lazy),
    resealing: () => resealSecondFactors(connection, cipher),
  };
}

/** Every account by name, without what it is signed in with. */
export function prepareOperatorList(connection: Connection): () => readonly Operator[] {
  const select = connection.prepare<[], Omit<OperatorRow, "passwordHash">>(
    `SELECT ${columns} FROM operators ORDER BY username`,
  );
  return () => select.all().map(operatorOf);
}

const operatorOf = <Row extends Omit<OperatorRow, "passwordHash">>(row: Row) => ({
  ...row,
  mustChangePassword: row.mustChangePassword === 1,
  disabled: row.disabled === 1,
  createdAt: wallTime(row.createdAt),
});

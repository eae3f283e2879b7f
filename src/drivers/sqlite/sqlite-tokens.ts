import type { Right } from "../../domain/operator/rights.ts";
import { wallTime } from "../../domain/time.ts";
import type { Token, TokenStore } from "../../ports/operators.ts";
import type { Connection } from "./connection.ts";
import { operatorsWriting as writing } from "./operators-writing.ts";

interface Row {
  readonly id: string;
  readonly name: string;
  readonly rights: string;
  readonly maker: string;
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly lastUsedAt: number | null;
}

const select = `SELECT id, name, rights, maker, created_at AS createdAt, expires_at AS expiresAt,
  last_used_at AS lastUsedAt FROM tokens`;

export function createTokens(connection: Connection, lazy: Connection): TokenStore {
  const list = connection.prepare<[], Row>(`${select} ORDER BY name`);
  const find = connection.prepare<[string], Row>(`${select} WHERE secret_hash = ?`);
  const add = connection.prepare<[string, string, string, string, string, number, number]>(
    `INSERT INTO tokens (secret_hash, id, name, rights, maker, created_at, expires_at)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
  );
  const touch = lazy.prepare<[number, string]>("UPDATE tokens SET last_used_at = ? WHERE id = ?");
  const remove = connection.prepare<[string]>("DELETE FROM tokens WHERE id = ?");
  return {
    list: () => list.all().map(tokenOf),
    add(secretHash, { id, name, rights, maker, createdAt, expiresAt }) {
      writing(() => add.run(secretHash, id, name, JSON.stringify(rights), maker, createdAt, expiresAt));
    },
    find(secretHash) {
      const row = find.get(secretHash);
      return row === undefined ? undefined : tokenOf(row);
    },
    touch: (id, lastUsedAt) => void writing(() => touch.run(lastUsedAt, id)),
    remove: (id) => void writing(() => remove.run(id)),
  };
}

const tokenOf = (row: Row): Token => ({
  ...row,
  rights: JSON.parse(row.rights) as Right[], // written here; one that is no longer known opens nothing
  createdAt: wallTime(row.createdAt),
  expiresAt: wallTime(row.expiresAt),
  lastUsedAt: row.lastUsedAt === null ? null : wallTime(row.lastUsedAt),
});

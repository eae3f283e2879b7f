import { wallTime } from "../../domain/time.ts";
import type { Passkey, PasskeyStore } from "../../ports/operators.ts";
import type { Connection } from "./connection.ts";
import { operatorsWriting as writing } from "./operators-writing.ts";

interface Row {
  readonly id: string;
  readonly username: string;
  readonly name: string;
  readonly publicKey: Buffer;
  readonly counter: number;
  readonly transports: string;
  readonly createdAt: number;
}

const select = `SELECT id, username, name, public_key AS publicKey, counter, transports, created_at AS createdAt
  FROM passkeys`;

export function createPasskeys(connection: Connection): PasskeyStore {
  const get = connection.prepare<[string], Row>(`${select} WHERE id = ?`);
  const of = connection.prepare<[string], Row>(`${select} WHERE username = ? ORDER BY created_at`);
  const add = connection.prepare<[string, string, string, Uint8Array, number, string, number]>(
    `INSERT INTO passkeys (id, username, name, public_key, counter, transports, created_at)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
  );
  const used = connection.prepare<[number, string]>("UPDATE passkeys SET counter = ? WHERE id = ?");
  const remove = connection.prepare<[string]>("DELETE FROM passkeys WHERE id = ?");
  return {
    get(id) {
      const row = get.get(id);
      return row === undefined ? undefined : passkeyOf(row);
    },
    of: (username) => of.all(username).map(passkeyOf),
    add({ id, username, name, publicKey, counter, transports, createdAt }) {
      writing(() => add.run(id, username, name, publicKey, counter, JSON.stringify(transports), createdAt));
    },
    used: (id, counter) => void writing(() => used.run(counter, id)),
    remove: (id) => void writing(() => remove.run(id)),
  };
}

const passkeyOf = (row: Row): Passkey => ({
  ...row,
  publicKey: new Uint8Array(row.publicKey),
  transports: JSON.parse(row.transports) as string[], // written here, from strings
  createdAt: wallTime(row.createdAt),
});

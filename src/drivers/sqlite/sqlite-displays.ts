import type { AccessPointName } from "../../domain/names.ts";
import { wallTime } from "../../domain/time.ts";
import type { DisplayStore, PairedDisplay } from "../../ports/paired-displays.ts";
import type { Connection } from "./connection.ts";
import { operatorsWriting as writing } from "./operators-writing.ts";

interface Row {
  readonly id: string;
  readonly name: string;
  readonly vestibule: string;
  readonly accessPoint: string;
  readonly pairedBy: string;
  readonly pairedAt: number;
  readonly lastSeenAt: number | null;
}

const select = `SELECT id, name, vestibule, access_point AS accessPoint, paired_by AS pairedBy,
  paired_at AS pairedAt, last_seen_at AS lastSeenAt FROM displays`;

/** `lazy` takes what need not survive a power cut: when one was last seen. */
export function createSqliteDisplays(connection: Connection, lazy: Connection): DisplayStore {
  const list = connection.prepare<[], Row>(`${select} ORDER BY name`);
  const find = connection.prepare<[string], Row>(`${select} WHERE secret_hash = ?`);
  const add = connection.prepare<[string, string, string, string, string, string, number]>(
    `INSERT INTO displays (secret_hash, id, name, vestibule, access_point, paired_by, paired_at)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
  );
  const rename = connection.prepare<[string, string]>("UPDATE displays SET name = ? WHERE id = ?");
  const touch = lazy.prepare<[number, string]>("UPDATE displays SET last_seen_at = ? WHERE id = ?");
  const remove = connection.prepare<[string]>("DELETE FROM displays WHERE id = ?");
  return {
    list: () => list.all().map(displayOf),
    find(secretHash) {
      const row = find.get(secretHash);
      return row === undefined ? undefined : displayOf(row);
    },
    add(secretHash, { id, name, vestibule, accessPoint, pairedBy, pairedAt }) {
      writing(() => add.run(secretHash, id, name, vestibule, accessPoint, pairedBy, pairedAt));
    },
    rename: (id, name) => void writing(() => rename.run(name, id)),
    touch: (id, lastSeenAt) => void writing(() => touch.run(lastSeenAt, id)),
    remove: (id) => void writing(() => remove.run(id)),
  };
}

const displayOf = (row: Row): PairedDisplay => ({
  ...row,
  accessPoint: row.accessPoint as AccessPointName, // written here; one that is no longer fitted is shown nothing
  pairedAt: wallTime(row.pairedAt),
  lastSeenAt: row.lastSeenAt === null ? null : wallTime(row.lastSeenAt),
});

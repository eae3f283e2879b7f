import type { VestibuleId } from "../../domain/names.ts";
import { wallTime } from "../../domain/time.ts";
import type { WatchScreen, WatchScreenStore } from "../../ports/watch-screens.ts";
import type { Connection } from "./connection.ts";
import { operatorsWriting as writing } from "./operators-writing.ts";

interface Row {
  readonly id: string;
  readonly name: string;
  readonly vestibules: string | null;
  readonly pictures: number;
  readonly duress: number;
  readonly pairedBy: string;
  readonly pairedAt: number;
  readonly lastSeenAt: number | null;
}

const select = `SELECT id, name, vestibules, pictures, duress, paired_by AS pairedBy, paired_at AS pairedAt,
  last_seen_at AS lastSeenAt FROM watch_screens`;

type Chosen = readonly [name: string, vestibules: string | null, pictures: number, duress: number];

/** `lazy` takes what need not survive a power cut: when one was last seen. */
export function createSqliteWatchScreens(connection: Connection, lazy: Connection): WatchScreenStore {
  const list = connection.prepare<[], Row>(`${select} ORDER BY name`);
  const find = connection.prepare<[string], Row>(`${select} WHERE secret_hash = ?`);
  const add = connection.prepare<[string, string, ...Chosen, string, number]>(
    `INSERT INTO watch_screens (secret_hash, id, name, vestibules, pictures, duress, paired_by, paired_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const change = connection.prepare<[...Chosen, string]>(
    "UPDATE watch_screens SET name = ?, vestibules = ?, pictures = ?, duress = ? WHERE id = ?",
  );
  const touch = lazy.prepare<[number, string]>("UPDATE watch_screens SET last_seen_at = ? WHERE id = ?");
  const remove = connection.prepare<[string]>("DELETE FROM watch_screens WHERE id = ?");
  return {
    list: () => list.all().map(screenOf),
    find(secretHash) {
      const row = find.get(secretHash);
      return row === undefined ? undefined : screenOf(row);
    },
    add: (secretHash, screen) =>
      void writing(() =>
        add.run(secretHash, screen.id, ...chosenOf(screen), screen.pairedBy, screen.pairedAt),
      ),
    change: (id, to) => void writing(() => change.run(...chosenOf(to), id)),
    touch: (id, lastSeenAt) => void writing(() => touch.run(lastSeenAt, id)),
    remove: (id) => void writing(() => remove.run(id)),
  };
}

const chosenOf = ({
  name,
  vestibules,
  pictures,
  duress,
}: Pick<WatchScreen, "name" | "vestibules" | "pictures" | "duress">): Chosen => [
  name,
  vestibules === null ? null : vestibules.join(" "),
  Number(pictures),
  Number(duress),
];

const screenOf = (row: Row): WatchScreen => ({
  ...row,
  // Written here; of one that is no longer fitted nothing is shown.
  vestibules: row.vestibules === null ? null : (row.vestibules.split(" ") as VestibuleId[]),
  pictures: row.pictures === 1,
  duress: row.duress === 1,
  pairedAt: wallTime(row.pairedAt),
  lastSeenAt: row.lastSeenAt === null ? null : wallTime(row.lastSeenAt),
});

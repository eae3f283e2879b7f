// A process of its own: a simulated building whose controller keeps its journal and its people in real files, for tests
// that cut its power. Prints, in the order in which they happen: `record SEQ HASH` for each record that the journal has
// acknowledged, `may-open SEQ VESTIBULE.DOOR` where that record is why a door is released, `released VESTIBULE.DOOR` for each
// lock that is, and `lost CARD` for each card whose loss is acknowledged.
//   node building-writer.ts DIRECTORY SEED PASSAGES full|normal
import { writeSync } from "node:fs";
import BetterSqlite from "better-sqlite3";
import { runSeed } from "../../../scripts/simulate/run-seed.ts";
import { type AccessPointName, doorOf } from "../../../src/domain/names.ts";
import { openDatabase, type SiteDatabase } from "../../../src/drivers/sqlite/open-database.ts";
import type { Journal, JournalRecord } from "../../../src/ports/journal.ts";
import { VirtualClock } from "../../../src/simulation/virtual-clock.ts";
import { noCipher } from "./no-cipher.ts";

const [path = "", seed = "", passages = "", synchronous = "full"] = process.argv.slice(2);

// Synchronous: what was said has its place among the writes.
const say = (line: string): void => void writeSync(1, `${line}\n`);

const { pragma } = BetterSqlite.prototype;
BetterSqlite.prototype.pragma = function asked(text: string, options?: BetterSqlite.PragmaOptions) {
  // Small logs, folded in often: more of what can go wrong in fewer writes.
  const small = text.replace(/^wal_autocheckpoint = .*/, "wal_autocheckpoint = 60");
  // Commits that are not synced: what the test has to find out.
  const changed =
    synchronous === "normal" ? small.replace("synchronous = FULL", "synchronous = NORMAL") : small;
  return pragma.call(this, changed, options);
};

function saying(journal: Journal): Journal {
  return {
    append(entries) {
      const records = journal.append(entries);
      for (const record of records) {
        say(`record ${record.seq} ${record.hash}`);
        for (const door of doorsOpenedBy(record)) say(`may-open ${record.seq} ${door}`);
      }
      return records;
    },
    query: (query) => journal.query(query),
    last: () => journal.last(),
    verify: () => journal.verify(),
    [Symbol.dispose]: () => undefined,
  };
}

function doorsOpenedBy({ type, payload }: JournalRecord): readonly string[] {
  // Written by our own entries.
  const { vestibule, accessPoint, door } = payload as Readonly<Record<string, string>>;
  if (type === "AccessGranted") return [`${vestibule}.${doorOf(accessPoint as AccessPointName)}`];
  if (type === "Egress") return [`${vestibule}.${door}`];
  return [];
}

let database: SiteDatabase | undefined;
const run = await runSeed({
  seed: Number(seed),
  passages: Number(passages),
  traced: 0,
  journal: (clock) => {
    database = openDatabase(path, { clock, cipher: noCipher, boot: "boot" });
    return saying(database.journal);
  },
  onLine: (line) => {
    const [, door] = /^ {4}(\S+) released$/.exec(line) ?? [];
    if (door !== undefined) say(`released ${door}`);
  },
});
if (run.violation !== undefined) throw new Error(JSON.stringify(run.violation));

for (let n = 0; n < 20; n++) {
  const card = `card-${n}`;
  const person = database?.directory.add({ name: `Person ${n}`, groups: [], accessLevels: [] });
  database?.directory.issueCard(person?.id ?? "", card, "plain");
  database?.directory.reportLost(card);
  say(`lost ${card}`);
}
database?.[Symbol.dispose]();

// As after a power cut that took nothing: the files are opened again, and written on.
using again = openDatabase(path, { clock: new VirtualClock(), cipher: noCipher, boot: "boot 2" });
for (const { seq, hash } of again.journal.append([
  { type: "PowerReturned", at: new VirtualClock().now(), payload: {} },
]))
  say(`record ${seq} ${hash}`);

import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { instant, wallTime } from "../../src/domain/time.ts";
import { openDatabase, type SiteDatabase } from "../../src/drivers/sqlite/open-database.ts";
import { StorageFault } from "../../src/ports/journal.ts";
import { seededRandom } from "../support/seeded-random.ts";
import { noCipher } from "./power-cut/no-cipher.ts";

const clock = { now: () => instant(0), wall: () => wallTime(1_700_000_000_000) };
const open = (folder: string): SiteDatabase =>
  openDatabase(folder, { clock, cipher: noCipher, boot: "test" });
const pageSize = 4_096;
const cards = 40;

let home: string;
const owners = new Map<string, string>();
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), "vestibule-pages-"));
  using database = open(join(home, "whole"));
  for (let n = 0; n < cards; n++) {
    const person = database.directory.add({
      name: `Person ${n}`,
      groups: ["staff"],
      accessLevels: ["staff"],
    });
    database.directory.issueCard(person.id, `card-${n}`, "plain");
    owners.set(`card-${n}`, person.id);
    if (n % 2 === 0) database.directory.reportLost(`card-${n}`);
  }
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** What the doors would go by, one line for each card that opens something for somebody else than it should. */
function wrongAnswers(folder: string): readonly string[] {
  using database = open(folder);
  return [...owners].flatMap(([card, owner], n) => {
    const found = asked(() => database.directory.findByCard(card));
    if (found === undefined || found.card.status !== "active") return [];
    const isRight =
      n % 2 === 1 && found.cardholder.id === owner && found.cardholder.accessLevels.join() === "staff";
    return isRight ? [] : [`${card}: ${JSON.stringify(found)}`];
  });
}

/** A page that cannot be read opens no door: nothing is found, and the controller says so. */
function asked<Answer>(question: () => Answer): Answer | undefined {
  try {
    return question();
  } catch {
    return undefined;
  }
}

test("T40: any page of the directory gone bad: refused with what to do, or nobody passes who should not", () => {
  const random = seededRandom(40);
  const whole = readFileSync(join(home, "whole/directory.db"));
  const outcomes = { refused: 0, opened: 0 };
  for (let start = 0; start < whole.length; start += pageSize) {
    for (const bits of [1, 8, 400]) {
      const folder = join(home, `page-${start}-${bits}`);
      mkdirSync(folder);
      for (const name of ["journal.db", "journal.head"])
        copyFileSync(join(home, "whole", name), join(folder, name));
      const bad = Buffer.from(whole);
      for (let n = 0; n < bits; n++) {
        const at = start + Math.floor(random() * pageSize);
        bad[at] = (bad[at] ?? 0) ^ (1 << Math.floor(random() * 8));
      }
      writeFileSync(join(folder, "directory.db"), bad);
      try {
        expect(wrongAnswers(folder), `page at ${start}, ${bits} bits`).toEqual([]);
        outcomes.opened += 1;
      } catch (error) {
        if (!(error instanceof StorageFault)) throw error;
        expect(error.message).toMatch(/directory\.db.*restore/s);
        outcomes.refused += 1;
      }
      rmSync(folder, { recursive: true });
    }
  }
  expect(outcomes.refused).toBeGreaterThan(0);
  expect(outcomes.opened).toBeGreaterThan(0);
});

import { expect, test } from "vitest";
import { hostileTexts } from "../../../ports/contracts/hostile-texts.ts";
import { MemoryDirectory } from "../../../simulation/memory-directory.ts";
import { VirtualClock } from "../../../simulation/virtual-clock.ts";
import { PeopleImport } from "./people-import.ts";

const header = "name,number,groups,accessLevels,cards,validFrom,validUntil,kind,host\n";
const clock = new VirtualClock();
const directory = new MemoryDirectory(clock);
const lists = new PeopleImport({
  directory,
  clock,
  levels: () => ["staff"],
  timeZone: "Asia/Shanghai",
  record: () => undefined,
});
const imported = (file: string) => lists.run(Buffer.from(file), false, "clerk");
const tried = (file: string) => lists.run(Buffer.from(file), true, "clerk");
const everybody = () => directory.list({ limit: 500 });

test("T8: hostile text in every cell is taken as it is, or refused; it never reaches anything else", async () => {
  const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
  for (const text of hostileTexts) {
    const before = everybody().length;
    const { imported: isIn } = await imported(`name\n${quoted(text)}\n`);
    expect(
      everybody()
        .slice(before)
        .map(({ name }) => name),
    ).toEqual(isIn ? [text.trim()] : []);
    for (let column = 1; column < 9; column++) {
      const cells = Array.from({ length: 9 }, (_, n) =>
        n === 0 ? "Anna" : n === column ? quoted(text) : "",
      );
      const { faults } = await tried(`${header}${cells.join(",")}\n`);
      for (const { value } of faults) expect(value ?? "").not.toMatch(/[\p{Cc}\u202E]/u);
    }
    await tried(`name,${quoted(text)}\nAnna,x\n`);
  }
  expect(Object.keys(Object.prototype)).toEqual([]);
});

test("the loop has its turn while ten thousand rows are read", async () => {
  const rows = Array.from({ length: 10_000 }, (_, n) => `Person ${n},${n},,staff,${n},,,,`).join("\n");
  let turns = 0;
  let isOver = false;
  const count = (): void => {
    turns += 1;
    if (!isOver) setImmediate(count);
  };
  setImmediate(count);
  const report = await tried(header + rows);
  isOver = true;
  expect(report).toMatchObject({ people: 10_000, cards: 10_000, faults: [] });
  // Some 20 slices of text, and 100 of rows.
  expect(turns).toBeGreaterThan(100);
});

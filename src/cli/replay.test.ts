import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { recordsOf } from "../../test/support/replayed.ts";
import { anna, SiteInOneProcess } from "../../test/support/site-in-one-process.ts";
import { openSqliteJournal } from "../drivers/sqlite/sqlite-journal.ts";
import type { JournalRecord } from "../ports/journal.ts";
import { runCommand } from "./vestibule.ts";

let directory: string;
let records: readonly JournalRecord[] = [];
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "vestibule-replay-"));
});
afterAll(() => rmSync(directory, { recursive: true }));

async function run(...args: readonly string[]) {
  const said = { out: "", err: "" };
  const exit = await runCommand(args, {
    stdout: (text) => (said.out += text),
    stderr: (text) => (said.err += text),
    env: { VESTIBULE_DATA: directory },
  });
  return { exit, ...said };
}

function exportOf(lines: readonly object[], name: string): string {
  const file = join(directory, name);
  writeFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
  return file;
}

test("a data directory and its export are asked again, and come out the same", async () => {
  const site = await SiteInOneProcess.open();
  await site.goesThrough(anna);
  using journal = openSqliteJournal({ directory, clock: site.clock, boot: "test" });
  journal.append(
    recordsOf(site.disk).map(({ type, at, payload, input }) => ({
      ...{ type, at, payload },
      ...(input === undefined ? {} : { input }),
    })),
  );
  records = recordsOf(journal);
  const here = await run("replay", "--json");
  expect(here).toMatchObject({ exit: 0, err: "" });
  expect(JSON.parse(here.out)).toMatchObject({ records: records.length, differences: [], skipped: {} });
  expect(await run("replay", exportOf(records, "export.jsonl"))).toMatchObject({
    exit: 0,
    out: expect.stringMatching(/all the same\nwritten by version 0\.0\.0/),
  });
});

test("why? of a record: what it rested on, and that the rules decide the same", async () => {
  const granted = records.find(({ type }) => type === "AccessGranted");
  const { exit, out } = await run("journal", "why", String(granted?.seq));
  expect(exit).toBe(0);
  expect(out).toMatch(/FaceJudged[^]*decides the same: yes[^]*AccessTaken/);
  expect(await run("journal", "why", "99999")).toMatchObject({ exit: 2 });
});

test("a record that was changed is found by the chain, and nothing behind it is believed", async () => {
  const changed = records.map((record) =>
    record.type === "AccessGranted" ? { ...record, payload: { ...record.payload, mode: "card" } } : record,
  );
  const { exit, out } = await run("replay", exportOf(changed, "changed.jsonl"));
  expect(exit).toBe(1);
  expect(out).toMatch(/NOT INTACT: the content of record \d+ does not match/);
  const { exit: missing } = await run("replay", exportOf(records.toSpliced(5, 1), "missing.jsonl"));
  expect(missing).toBe(1);
});

test("wrong use is told", async () => {
  expect(await run("replay", join(directory, "none.jsonl"))).toMatchObject({ exit: 2 });
  expect(await run("replay", "--from", "x")).toMatchObject({ exit: 2 });
  expect(await run("replay", exportOf([1 as never], "no.jsonl"))).toMatchObject({ exit: 2 });
  expect(await run("replay", "--data", directory, exportOf(records, "both.jsonl"))).toMatchObject({
    exit: 2,
  });
});

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { instant, wallTime } from "../../domain/time.ts";
import { StorageFault } from "../../ports/journal.ts";
import { openSqliteJournal } from "./sqlite-journal.ts";
import { verifyJournalInWorker } from "./verify-in-worker.ts";

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "vestibule-verify-"));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

test("gives the same verdict from a thread of its own, beside the writer", async () => {
  const clock = { now: () => instant(1), wall: () => wallTime(1) };
  using journal = openSqliteJournal({ directory, clock, boot: "b" });
  journal.append([{ type: "AccessGranted", at: instant(1), payload: {} }]);
  expect(await verifyJournalInWorker(directory)).toEqual(journal.verify());
});

test("says when there is no journal", async () => {
  await expect(verifyJournalInWorker(directory)).rejects.toThrow(StorageFault);
  await expect(verifyJournalInWorker(directory)).rejects.toThrow(/journal\.db: there is no such file/);
});

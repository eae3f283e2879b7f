import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { instant, wallTime } from "../../src/domain/time.ts";
import { openSqliteJournal } from "../../src/drivers/sqlite/sqlite-journal.ts";
import type { Journal } from "../../src/ports/journal.ts";
import { onSmallDisk } from "./on-small-disk.ts";
import { expectKept, writerOutcome } from "./writer-outcome.ts";

const writer = new URL("./journal-writer.ts", import.meta.url).pathname;
const clock = { now: () => instant(0), wall: () => wallTime(0) };
const reopen = (path: string): Journal => openSqliteJournal({ directory: path, clock, boot: "after" });

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "vestibule-disk-"));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

function run(command: string, args: readonly string[]): string {
  const { stdout, stderr, status, error } = spawnSync(command, [...args], {
    encoding: "utf8",
    timeout: 50_000,
  });
  if (error !== undefined) throw error;
  expect(status, stderr).toBe(0);
  return stdout;
}

test("T33: killed in the midst of writing, the journal keeps every acknowledged record", async () => {
  const child = spawn(process.execPath, [writer, "append", directory, "100000"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const lines: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line);
    if (lines.length === 60) child.kill("SIGKILL");
  }
  const { acknowledged } = writerOutcome(lines.join("\n"));
  expect(acknowledged.size).toBeGreaterThanOrEqual(60);
  using journal = reopen(directory);
  expectKept(journal, acknowledged);
  expect(journal.query({ limit: 1, type: "JournalDamageFound" })).toEqual([]);
  expect(journal.verify()).toMatchObject({ intact: true });
});

test("T34: nothing is acknowledged before the disk was told to keep it", () => {
  const log = join(directory, "calls");
  const trace = ["-f", "-q", "-o", log, "-e", "trace=fsync,fdatasync,write", "-e", "signal=none"];
  const data = join(directory, "data");
  mkdirSync(data);
  run("strace", [...trace, process.execPath, writer, "append", data, "30"]);
  let synced = false;
  let acknowledged = 0;
  for (const call of readFileSync(log, "utf8").split("\n")) {
    if (/\b(fsync|fdatasync)\(\d+\) += 0$/.test(call)) synced = true;
    if (!call.includes('write(1, "acknowledged')) continue;
    acknowledged += 1;
    expect(synced, `before record ${acknowledged}`).toBe(true);
    synced = false;
  }
  expect(acknowledged).toBe(30);
});

describe("T36: the disk fails under the journal", () => {
  // Which call of the process fails: chosen so that opening succeeds and writing meets it, once or for a while.
  test.each([
    ["one sync", "fsync,fdatasync:error=EIO:when=20"],
    ["every sync for a while", "fsync,fdatasync:error=EIO:when=20..29"],
    ["every other sync", "fsync,fdatasync:error=EIO:when=20..60+2"],
    ["a few writes", "pwrite64:error=EIO:when=60..63"],
    ["every write for a while", "pwrite64:error=EIO:when=60..90"],
    ["no room for a few writes", "pwrite64:error=ENOSPC:when=60..63"],
    ["no room for a while", "pwrite64:error=ENOSPC:when=61..91"],
    // Whatever write of a commit, of a fold or of the recovery from the fault before it is hit in turn.
    ["every seventh write", "pwrite64:error=EIO:when=60..600+7"],
    ["every eleventh write, no room", "pwrite64:error=ENOSPC:when=61..600+11"],
    ["every third sync", "fsync,fdatasync:error=EIO:when=20..80+3"],
  ])("%s: said, nothing acknowledged is lost, and writing goes on", (_, injection) => {
    expect(faultsAt(injection)).toBeGreaterThan(0);
  });

  const each = Number(process.env.DISK_FAULTS_STEP ?? 12);
  const positions = Array.from({ length: Math.ceil(120 / each) }, (_, n) => 50 + n * each);
  test.each(["EIO", "ENOSPC"])("%s at one write after the other: the same", { timeout: 120_000 }, (error) => {
    const said = positions.map((position) => faultsAt(`pwrite64:error=${error}:when=${position}`));
    // The others met journal.head, which may lag, or a log that was being folded and is there still.
    expect(said.filter((faults) => faults > 0).length).toBeGreaterThan(positions.length / 2);
  });

  function faultsAt(injection: string): number {
    const data = mkdtempSync(join(directory, "data-"));
    const trace = ["-f", "-q", "-o", "/dev/null", "-e", `inject=${injection}`];
    const output = run("strace", [...trace, process.execPath, writer, "append", data, "60"]);
    const { acknowledged, faults, lines } = writerOutcome(output);
    expect(faults.every((fault) => fault.includes("journal.db"))).toBe(true);
    expect(acknowledged.size).toBe(60 - faults.length);
    expect(lines.at(-2)).toMatch(/^acknowledged/);
    using journal = reopen(data);
    expectKept(journal, acknowledged);
    expect(journal.verify()).toMatchObject({ intact: true });
    expect(journal.query({ limit: 1, type: "JournalDamageFound" })).toEqual([]);
    return faults.length;
  }
});

test("T35: on a full disk appends are refused, nothing acknowledged is lost, and with room again it goes on", () => {
  const kept = join(directory, "kept");
  const disk = join(directory, "disk");
  for (const folder of [kept, disk]) mkdirSync(folder);
  const script = `"$2" "$3" fill "$1" "$1/ballast"
    cp "$1"/journal.* "$4"`;
  const output = onSmallDisk(disk, script, [process.execPath, writer, kept]);
  const { acknowledged, faults, lines } = writerOutcome(output);
  const room = lines.indexOf("room");
  expect(faults).toHaveLength(2);
  expect(faults[0]).toMatch(/SQLITE_FULL|SQLITE_IOERR|ENOSPC/);
  expect(lines.slice(room + 1, -1).map((line) => line.split(" ")[0])).toEqual(Array(5).fill("acknowledged"));
  expect(lines.at(-1)).toMatch(/^verdict \{"intact":true/);
  using journal = reopen(kept);
  expectKept(journal, acknowledged);
  expect(journal.verify()).toMatchObject({ intact: true });
});

import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openEvidenceFiles } from "../../src/drivers/evidence-files/evidence-files.ts";
import { createAesGcmCipher } from "../../src/drivers/site-key/aes-gcm-cipher.ts";
import { keyOf } from "../../src/drivers/site-key/site-keys.ts";
import { onSmallDisk } from "./on-small-disk.ts";

const writer = new URL("./evidence-writer.ts", import.meta.url).pathname;
const cipher = createAesGcmCipher([keyOf(Buffer.alloc(32, 7))], "evidence");
const open = (folder: string) => openEvidenceFiles({ folder, cipher, mostFiles: 1_000, mostBytes: 1e9 });

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "vestibule-evidence-disk-"));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

function run(command: string, args: readonly string[]): string {
  // strace counts the calls of each thread: of those that write files there is one.
  const env = { ...process.env, UV_THREADPOOL_SIZE: "1" };
  const { stdout, stderr, status } = spawnSync(command, [...args], {
    encoding: "utf8",
    timeout: 50_000,
    env,
  });
  expect(status, stderr).toBe(0);
  return stdout;
}

/** What was said to be kept is there, whole; what failed is whole or not there; nothing half-written stays. */
async function checked(folder: string, output: string): Promise<{ kept: number; faults: number }> {
  const halfWritten = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".part"),
  );
  expect(halfWritten).toEqual([]);
  const store = open(folder);
  const lines = output.trim().split("\n");
  for (const line of lines) {
    const [what, hash = "", size] = line.split(" ");
    const opened = store.open(hash);
    if (what === "kept") expect(opened?.size, line).toBe(Number(size));
    await opened?.read(0, opened.size);
  }
  const kept = lines.filter((line) => line.startsWith("kept")).length;
  return { kept, faults: lines.length - kept };
}

test.each([
  ["T36: a sync that fails", "fsync,fdatasync:error=EIO:when=6"],
  ["T36: every third sync fails", "fsync,fdatasync:error=EIO:when=4..28+3"],
  ["T36: writes that fail", "pwrite64:error=EIO:when=3"],
  ["T35: no room for a while", "pwrite64:error=ENOSPC:when=2..3"],
  ["T36: a file that does not get its name", "rename:error=EIO:when=3..5"],
])(
  "%s: said, nothing that was kept is lost, nothing half-written stays, and it goes on",
  async (_, injection) => {
    const folder = join(directory, "evidence");
    mkdirSync(folder);
    const trace = ["-f", "-q", "-o", "/dev/null", "-e", `inject=${injection}`];
    const output = run("strace", [...trace, process.execPath, writer, folder, "22"]);
    const { kept, faults } = await checked(folder, output);
    expect(faults).toBeGreaterThan(0);
    expect(kept + faults).toBe(22);
    expect(output.trim().split("\n").at(-1)).toMatch(/^kept/);
  },
);

test("T35: a disk that is really full refuses, keeps what it had, and with room again takes more", async () => {
  const [disk, kept] = ["disk", "kept"].map((name) => join(directory, name)) as [string, string];
  for (const folder of [disk, kept]) mkdirSync(folder);
  const script = `"$3" "$4" "$1" 14
    cp -r "$1"/?? "$2"
    rm "$1/ballast"
    "$3" "$4" "$1" 15 | tail -n 1`;
  const output = onSmallDisk(disk, script, [kept, process.execPath, writer]);
  const lines = output.trim().split("\n");
  const before = await checked(kept, lines.slice(0, 14).join("\n"));
  expect(before.kept).toBeGreaterThan(3);
  expect(before.faults).toBeGreaterThan(3);
  expect(lines.at(-1)).toMatch(/^kept/);
});

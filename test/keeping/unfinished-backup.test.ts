import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { backupsIn } from "../../src/composition/keeping/make-backup.ts";
import { append, KeptSite, recipient } from "./kept-site.ts";

let site: KeptSite;

const filesIn = (folder: string): readonly string[] => (existsSync(folder) ? readdirSync(folder) : []);

describe("a backup that cannot be finished", () => {
  beforeEach(async () => {
    site = new KeptSite();
    await site.fill(700);
  });
  afterEach(() => site[Symbol.dispose]());

  const directory = () => join(site.folder, "stick");
  const folder = () => ({ directory: directory(), otherDisk: false, keep: 2 });

  test("an unplugged disk is noticed, by its missing folder or by the disk that is there in its place", async () => {
    await expect(site.make({ to: folder() })).rejects.toThrow("is the disk there");
    mkdirSync(directory());
    await expect(site.make({ to: { ...folder(), otherDisk: true } })).rejects.toThrow(
      "mount the other disk there",
    );
    expect(filesIn(directory())).toEqual([]);
  });

  test("a full disk leaves nothing under the final name", async () => {
    const outcome = await onOwnDisk("size=8k", directory(), site, [
      "--output",
      join(directory(), "full.age"),
    ]);
    expect(outcome.stderr).toContain("no space left on device");
    expect(outcome).toMatchObject({ code: 1, left: "" });
  });

  test("killed in the middle there is no file, and the next one clears up", async () => {
    mkdirSync(directory());
    const siteFile = join(site.folder, "site.yaml");
    const demo = readFileSync(new URL("../../firmware-config/demo.yaml", import.meta.url), "utf8");
    writeFileSync(
      siteFile,
      `${demo}\nbackup: { directory: ${directory()}, otherDisk: false, recipients: [${recipient}], megabytesPerSecond: 1 }\n`,
    );
    {
      using growing = site.open();
      append(growing, 20_000);
    }
    const child = spawn(process.execPath, ["src/main.ts", "backup", "--config", siteFile], {
      env: { ...process.env, VESTIBULE_DATA: site.data },
      stdio: "ignore",
    });
    await expect
      .poll(() => filesIn(join(site.data, ".backup")), { timeout: 20_000, interval: 20 })
      .toContain("journal.db");
    child.kill("SIGKILL");
    await once(child, "exit");
    expect(filesIn(directory()).filter((name) => !name.endsWith(".part"))).toEqual([]);
    writeFileSync(join(directory(), "vestibule-demo-20260101T000000Z.tar.zst.age.part"), "half");
    await site.make({ to: folder() });
    expect(filesIn(directory())).toHaveLength(1);
    expect(filesIn(join(site.data, ".backup")).filter((name) => !name.startsWith("owner."))).toEqual([]);
  });

  test("only the newest stay, and nothing that is not this site's goes", async () => {
    mkdirSync(directory());
    const other = ["vestibule-demo-2-20260101T000000Z.tar.zst.age", "notes.txt"];
    for (const name of other) writeFileSync(join(directory(), name), "");
    for (const day of ["20", "21", "22"])
      await site.make({ to: folder(), now: new Date(`2026-11-${day}T03:30:00Z`) });
    expect((await backupsIn(directory(), "demo")).map(({ madeAt }) => madeAt.slice(0, 10))).toEqual([
      "2026-11-22",
      "2026-11-21",
    ]);
    expect(filesIn(directory())).toEqual(expect.arrayContaining(other));
  });
});

/** The command with a disk of its own in a place, which no other process sees. */
async function onOwnDisk(options: string, place: string, kept: KeptSite, args: readonly string[]) {
  mkdirSync(place);
  const script = `mount -t tmpfs -o ${options} tmpfs "$1" || exit 9; place="$1"; shift; "$@"; code=$?; ls "$place"; exit $code`;
  const command = [process.execPath, "src/main.ts", "backup", "--recipient", recipient, ...args];
  const child = spawn(
    "unshare",
    [process.getuid?.() === 0 ? "-m" : "-Urm", "bash", "-c", script, "bash", place, ...command],
    {
      env: { ...process.env, VESTIBULE_DATA: kept.data },
    },
  );
  let [left, stderr] = ["", ""];
  child.stdout.on("data", (chunk: Buffer) => (left += String(chunk)));
  child.stderr.on("data", (chunk: Buffer) => (stderr += String(chunk)));
  const [code] = (await once(child, "close")) as [number | null];
  return { code, left: left.trim(), stderr };
}

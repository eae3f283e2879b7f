import { mkdirSync, mkdtempSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { describe, expect, test } from "vitest";
import { DemoDaemon, type SiteDraft } from "./support/demo-daemon.ts";
import { bothSecured } from "./support/site-api.ts";
import { seen } from "./support/until.ts";

// What the disk can do to a whole daemon.

const password = "two doors and one key";

/** A disk of its own that no other process sees and that ends with the daemon, which takes the shell's place. */
const onOwnDisk = (options: string): readonly string[] => [
  "unshare",
  process.getuid?.() === 0 ? "-m" : "-Urm",
  "bash",
  "-c",
  `mkdir -p "$VESTIBULE_DATA" && mount -t tmpfs -o ${options} tmpfs "$VESTIBULE_DATA" && exec "$@"`,
  "bash",
];

const quick = (site: SiteDraft): void => {
  site.data = { diskReserve: 10, evidenceLimit: 10 };
  site.board["doorCloserTime"] = 1;
  for (const door of Object.values(site.vestibules[0]?.doors ?? {})) door["releaseTime"] = 30;
};

/** Writes until there is no room for another byte. */
async function fill(file: string): Promise<void> {
  const ballast = await open(file, "w");
  try {
    for (const size of [1_048_576, 4_096, 1]) {
      const block = Buffer.alloc(size);
      for (let room = true; room; ) {
        room = await ballast.write(block).then(
          ({ bytesWritten }) => bytesWritten === size,
          (error: NodeJS.ErrnoException) => {
            if (error.code !== "ENOSPC") throw error;
            return false;
          },
        );
      }
    }
  } finally {
    await ballast.close();
  }
}

async function readiness(daemon: DemoDaemon): Promise<{ status: number; waiting: readonly string[] }> {
  const answer = await fetch(`${daemon.address}/readyz`);
  const { waiting } = (await answer.json()) as { waiting: readonly string[] };
  return { status: answer.status, waiting };
}

test("T35: a full disk: no card opens a door, what happens is kept and seen, and written when there is room", async () => {
  await using daemon = await DemoDaemon.start({
    name: "storage-full",
    password,
    site: quick,
    through: onOwnDisk("size=24m"),
  });
  const api = await daemon.logIn();
  await api.enrolled();
  await api.seeing();
  await api.show("outer-entry", "1001");
  await api.atRest();
  const start = await api.lastSeq();
  const ballast = `/proc/${daemon.pid}/root${daemon.data}/ballast`;
  await api.hold("outer.rex", true);
  await api.letGo("outer.rex");
  await api.recorded("DoorReleased", start, { door: "outer" });
  await fill(ballast);

  // Files have a little room in themselves: records go on until the disk refuses one.
  const refusing = async (): Promise<true | undefined> => {
    await api.present("outer-exit", String(4_000_000 + Math.floor(performance.now())));
    return (await readiness(daemon)).status === 503 ? true : undefined;
  };
  await seen(refusing, "a disk that refuses", 30_000);
  expect((await readiness(daemon)).waiting).toContain("storage: failed");
  const alarm = await api.alarm("StorageFault", "active-unacknowledged");
  expect(alarm.detail).toMatch(/journal\.db/);
  const [vestibule] = (await api.state()).vestibules;
  expect(vestibule?.mode).toBe("degraded");
  expect(await api.outputs(), "the door released before is secured long before its time").toMatchObject(
    bothSecured,
  );

  await api.atRest();
  await api.present("outer-entry", "1001");
  await api.hold("inner.rex", true);
  await api.letGo("inner.rex");
  await api.move("outer", "force");
  await api.alarm("DoorForcedOpen", "active-unacknowledged");
  await api.alarm("DoorForcedOpen", "returned-unacknowledged");
  expect(await api.outputs()).toMatchObject(bothSecured);
  const answer = await api.send("POST", `/alarms/${alarm.id}/acknowledge`, { comment: "I know" });
  expect(answer).toMatchObject({
    status: 503,
    body: { detail: expect.stringMatching(/journal cannot be written/) },
  });
  expect(daemon.pids().controller, "and nothing was started again").toBeDefined();

  rmSync(ballast);
  await daemon.ready();
  await api.alarm("StorageFault", "returned-unacknowledged");
  await api.recorded("StorageRestored", start);
  expect(await api.recorded("AccessDenied", start, { card: "1001" })).toMatchObject({
    reason: "storageFault",
  });
  expect(await api.recorded("EgressDenied", start)).toMatchObject({ door: "inner", reason: "storageFault" });
  expect(await api.events(start, "DoorForcedOpen")).toHaveLength(1);
  expect(await api.events(start, "DoorSecured")).toMatchObject([{ door: "outer", cause: "commanded" }]);
  for (const [type, times] of [
    ["DoorReleased", 1],
    ["Egress", 1],
    ["AccessGranted", 0],
    ["ProcessLost", 0],
  ] as const) {
    expect(await api.events(start, type), type).toHaveLength(times);
  }
  expect(await api.ask("GET", "/journal/verify")).toMatchObject({ intact: true });

  const restored = await api.lastSeq();
  await api.atRest();
  await api.present("outer-entry", "1001");
  await api.recorded("DoorReleased", restored, { door: "outer", grant: "access" });
});

test("T34: a journal whose end is missing at the start: said, alarmed, and in the record itself", async () => {
  await using daemon = await DemoDaemon.start({ name: "storage-cut", password, site: quick });
  let api = await daemon.logIn();
  await api.atRest();
  const last = await api.lastSeq();
  // As by a power cut: whoever ends in order folds the log away.
  for (const pid of Object.values(daemon.pids())) process.kill(pid, "SIGKILL");
  await daemon.ended();
  const log = join(daemon.data, "journal.db-wal");
  truncateSync(log, Math.floor(statSync(log).size / 2));
  daemon.spawn();
  await daemon.ready();
  api = await daemon.logIn();
  const damage = await api.recorded("JournalDamageFound", 0);
  expect(damage.seq).toBeLessThanOrEqual(last);
  await api.alarm("AuditBroken", "active-unacknowledged");
  await api.atRest();
});

describe("a data directory that cannot be used", () => {
  /** Starts and expects the end: its exit code and what it says about it. */
  async function refused(daemon: DemoDaemon): Promise<{ code: number | string; said: string }> {
    daemon.spawn();
    const code = await daemon.ended(30_000);
    return { code, said: daemon.output };
  }

  test("a journal cut in the middle", async () => {
    await using daemon = await DemoDaemon.start({ name: "storage-malformed", password });
    await (await daemon.logIn()).atRest();
    await daemon.stop();
    const file = join(daemon.data, "journal.db");
    truncateSync(file, Math.floor(statSync(file).size / 2));
    const { code, said } = await refused(daemon);
    expect(code).toBe(2);
    expect(said).toMatch(/vestibule controller: .*journal\.db.*(restore|backup)/s);
    expect(said).not.toContain("    at ");
  });

  test("one that another controller has", async () => {
    await using first = await DemoDaemon.start({ name: "storage-first", password });
    await using second = await DemoDaemon.prepare({
      name: "storage-second",
      password,
      environment: { VESTIBULE_DATA: first.data },
    });
    const { code, said } = await refused(second);
    expect(code).toBe(2);
    expect(said).toContain(`${first.data} is in use by another process (${first.pidOf("controller")})`);
    expect((await readiness(first)).status, "the first one is not disturbed").toBe(200);
  });

  test("one that is a file", async () => {
    const scratch = mkdtempSync(join(tmpdir(), "vestibule-nodir-"));
    try {
      const file = join(scratch, "data");
      writeFileSync(file, "");
      await using daemon = await DemoDaemon.prepare({
        name: "storage-file",
        environment: { VESTIBULE_DATA: file },
      });
      const { code, said } = await refused(daemon);
      expect(code).toBe(2);
      expect(said).toContain(file);
      expect(said).not.toContain("    at ");
    } finally {
      rmSync(scratch, { recursive: true, force: true });
    }
  });

  test("one that cannot be written", async () => {
    await using daemon = await DemoDaemon.prepare({
      name: "storage-readonly",
      through: onOwnDisk("size=1m,ro"),
    });
    mkdirSync(daemon.data, { recursive: true });
    const { code, said } = await refused(daemon);
    expect(code).toBe(2);
    expect(said).toMatch(/data directory .*: .*read-only.*(writable|user)/is);
    expect(said).not.toContain("    at ");
  });
});

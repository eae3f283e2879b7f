import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { BackupMade } from "../../src/ports/backup.ts";
import { DemoDaemon, type SiteDraft } from "../support/demo-daemon.ts";
import { KeptSite, recipient } from "./kept-site.ts";

const password = "two doors and one key";

test("a backup of a running box, asked for over the API, is a new box that goes on, and says that it was restored", async () => {
  const folder = mkdtempSync(join(tmpdir(), "vestibule-keeping-"));
  const directory = join(folder, "stick");
  mkdirSync(directory);
  const site = (draft: SiteDraft): void => {
    Object.assign(draft, { backup: { directory, otherDisk: false, recipients: [recipient] } });
    Object.assign(draft, { mqtt: { broker: "none" } });
    draft.site["demoPeople"] = false;
  };
  try {
    let made: BackupMade;
    let after: number;
    {
      await using daemon = await DemoDaemon.start({ name: "keeping", password, site });
      const api = await daemon.logIn();
      expect(await api.ask("GET", "/backups")).toMatchObject({
        last: null,
        files: [],
        fault: null,
        overdue: false,
      });
      made = await api.ask<BackupMade>("POST", "/backups");
      expect(made).toMatchObject({ position: { first: 1 }, bytes: expect.any(Number) });
      const [record] = await api.events(0, "BackupMade");
      expect(record).toMatchObject({
        operator: "admin",
        file: made.file,
        sha256: made.sha256,
        last: made.position.last,
      });
      expect(await api.ask("GET", "/backups")).toMatchObject({
        files: [{ file: made.file, bytes: made.bytes }],
        last: { bytes: made.bytes },
      });
      expect((await api.state()).backup).toMatchObject({ running: false, overdue: false });
      await api.ask("POST", "/vestibules/v1/lockdown", { reason: "after the backup" });
      after = await api.lastSeq();
    }
    const restored = join(folder, "restored");
    using kept = new KeptSite();
    const report = await kept.restore(made.file, { dataDirectory: restored, witnessed: after });
    expect(report).toMatchObject({ missing: after - made.position.last, sessionsEnded: 1 });
    await using daemon = await DemoDaemon.start({
      ...{ name: "keeping-restored", password: "another for nobody", site },
      environment: { VESTIBULE_DATA: restored },
    });
    const api = await daemon.logIn(password);
    const [first] = await api.events(made.position.last);
    expect(first).toMatchObject({
      seq: made.position.last + 1,
      type: "JournalRestored",
      last: made.position.last,
    });
    expect((await api.alarms()).map(({ type }) => type)).toContain("AuditBroken");
    expect((await api.state()).vestibules[0]?.mode).toBe("normal");
    expect(await api.ask("GET", "/journal/verify")).toMatchObject({ intact: true });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

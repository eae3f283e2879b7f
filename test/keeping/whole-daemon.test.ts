import { mkdirSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { DemoDaemon, type SiteDraft } from "../support/demo-daemon.ts";
import { seen } from "../support/until.ts";
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
    let [file, last, after] = ["", 0, 0];
    {
      await using daemon = await DemoDaemon.start({ name: "keeping", password, site });
      const api = await daemon.logIn();
      expect(await api.ask("GET", "/backups")).toMatchObject({
        last: null,
        files: [],
        fault: null,
        overdue: false,
      });
      expect(await api.ask("POST", "/backups")).toMatchObject({ running: true });
      expect((await api.send("POST", "/backups")).status).toBe(409);
      const record = await seen(async () => (await api.events(0, "BackupMade"))[0], "the backup", 60_000);
      expect(record).toMatchObject({ operator: "admin", sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
      [file, last] = [String(record["file"]), Number(record["last"])];
      expect(await api.ask("GET", "/backups")).toMatchObject({
        files: [{ file, bytes: statSync(file).size }],
        last: { record: last },
      });
      expect((await api.state()).backup).toMatchObject({ running: false, overdue: false });
      await api.ask("POST", "/vestibules/v1/lockdown", { reason: "after the backup" });
      after = await api.lastSeq();
    }
    const restored = join(folder, "restored");
    using kept = new KeptSite();
    const report = await kept.restore(file, { dataDirectory: restored, witnessed: after });
    expect(report).toMatchObject({ missing: after - last, sessionsEnded: 1 });
    await using daemon = await DemoDaemon.start({
      ...{ name: "keeping-restored", password: "another for nobody", site },
      environment: { VESTIBULE_DATA: restored },
    });
    const api = await daemon.logIn(password);
    const [first] = await api.events(last);
    expect(first).toMatchObject({
      seq: last + 1,
      type: "JournalRestored",
      last,
    });
    expect((await api.alarms()).map(({ type }) => type)).toContain("AuditBroken");
    expect((await api.state()).vestibules[0]?.mode).toBe("normal");
    expect(await api.ask("GET", "/journal/verify")).toMatchObject({ intact: true });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

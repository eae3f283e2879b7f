import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generateX25519Identity, identityToRecipient } from "age-encryption";
import { configurationParts } from "../../src/composition/keeping/configuration-parts.ts";
import { type BackupOrder, makeBackup } from "../../src/composition/keeping/make-backup.ts";
import { type RestoreOrder, restoreBackup } from "../../src/composition/keeping/restore-backup.ts";
import { openSiteStorage, type SiteStorage } from "../../src/composition/open-site-storage.ts";
import { wallTime } from "../../src/domain/time.ts";
import { SystemClock } from "../../src/drivers/clock/system-clock.ts";

export const clock = new SystemClock();
export const identity = await generateX25519Identity();
export const recipient = await identityToRecipient(identity);

/** A folder with a data directory that somebody worked with, and room for backups of it. */
export class KeptSite implements Disposable {
  readonly folder = mkdtempSync(join(tmpdir(), "vestibule-keeping-"));
  readonly data = join(this.folder, "data");
  readonly restored = join(this.folder, "restored");

  open(directory = this.data): SiteStorage {
    return openSiteStorage({ directory, clock, env: {}, journalName: "vestibule.example/demo" });
  }

  async fill(records: number): Promise<void> {
    using site = this.open();
    append(site, records);
    const { id } = site.directory.add({ name: "Li Na", groups: [], accessLevels: ["staff"] });
    site.directory.issueCard(id, "1001", "H10301");
    await site.evidence.put(new Uint8Array(30_000).map((_, at) => at * 7));
    site.operators.add({ username: "admin", passwordHash: "$argon2id$x", mustChangePassword: false });
    const session = { username: "admin", address: "::1", createdAt: wallTime(1), lastSeenAt: wallTime(1) };
    site.operators.sessions.put("0".repeat(64), session);
  }

  order(more: Partial<BackupOrder> = {}): BackupOrder {
    const siteFile = new URL("../../firmware-config/demo.yaml", import.meta.url).pathname;
    return {
      ...{ dataDirectory: this.data, site: "demo", version: "0.1.0", models: "/nowhere" },
      configuration: configurationParts(siteFile, {}, this.data),
      ...{ credentials: undefined, evidence: true, reserve: 1, now: new Date("2026-11-22T03:30:00Z") },
      ...{ key: { recipients: [recipient] }, pace: { bytesPerSecond: 1e9 } },
      to: { file: join(this.folder, "site.backup") },
      ...more,
    };
  }

  make(more: Partial<BackupOrder> = {}) {
    return makeBackup(this.order(more));
  }

  restore(file: string, more: Partial<RestoreOrder> = {}) {
    return restoreBackup({
      ...{ file, key: { identities: [identity] }, dataDirectory: this.restored, dryRun: false },
      ...{ models: "/nowhere", clock, operator: "shell:anna" },
      ...more,
    });
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export function append(site: Pick<SiteStorage, "journal">, records: number): void {
  for (let left = records; left > 0; left -= 500) {
    const some = Array.from({ length: Math.min(left, 500) }, (_, at) => ({
      type: "DoorOpened",
      at: clock.now(),
      payload: { vestibule: "v1", door: at % 2 === 0 ? "outer" : "inner" },
    }));
    site.journal.append(some);
  }
}

import { expect, test } from "vitest";
import { type Milliseconds, wallTime } from "../../domain/time.ts";
import { BackupFault, type BackupMade } from "../../ports/backup.ts";
import type { JsonObject } from "../../ports/journal.ts";
import { MemoryJournal } from "../../simulation/memory-journal.ts";
import { VirtualClock } from "../../simulation/virtual-clock.ts";
import { Backups, type BackupsOptions } from "./backups.ts";

const hour: Milliseconds = 3_600_000;
const position = { first: 1, last: 7, head: "ab" };
const made: BackupMade = { file: "/mnt/b", bytes: 9, sha256: "cd", position, took: 3 };

/** It is 9:00 in Shanghai. */
class Site {
  readonly clock = new VirtualClock();
  readonly journal = new MemoryJournal(this.clock);
  readonly told: string[] = [];
  readonly alarms: unknown[] = [];
  fault: string | undefined;
  backups = this.#open();

  #open(): Backups {
    const note = (type: string, payload: JsonObject): void => {
      this.told.push(type);
      this.journal.append([{ type, at: this.clock.now(), payload }]);
    };
    const keep: BackupsOptions["chronicle"]["keep"] = (_, conditions) =>
      void this.alarms.push(...(conditions ?? []).map(({ is, alarm, detail }) => [is, alarm, detail]));
    return new Backups({
      ...{ clock: this.clock, journal: this.journal, onChange: () => undefined },
      maker: { make: () => this.#make(), list: async () => [] },
      ...{ schedule: "30 3 * * *", timeZone: "Asia/Shanghai", overdueAfter: 50 * hour },
      chronicle: { note, keep } as BackupsOptions["chronicle"],
    });
  }

  async #make(): Promise<BackupMade> {
    if (this.fault !== undefined) throw new BackupFault("refused", this.fault);
    return made;
  }

  restart(overdue = false): void {
    this.backups[Symbol.dispose]();
    this.backups = this.#open();
    this.backups.start(overdue);
  }

  async passes(hours: number): Promise<void> {
    for (let left = hours * 6; left > 0; left--) {
      this.clock.advance(hour / 6);
      for (let turn = 0; turn < 6; turn++) await Promise.resolve();
    }
  }
}

test("a backup is made when it is due in the site's time zone, once, and recorded with where it ends and what it is", async () => {
  const site = new Site();
  site.restart();
  expect(site.backups.view()).toEqual({
    last: null,
    next: "2026-11-02T19:30:00.000Z",
    running: false,
    overdue: false,
  });
  await site.passes(18);
  expect(site.told).toEqual([]);
  await site.passes(1);
  expect(site.told).toEqual(["BackupMade"]);
  expect(site.journal.query({ limit: 1 })[0]?.payload).toEqual({
    file: "/mnt/b",
    bytes: 9,
    sha256: "cd",
    last: 7,
    head: "ab",
    took: 3,
  });
  await site.passes(24);
  expect(site.told).toEqual(["BackupMade", "BackupMade"]);
  expect(site.backups.view()).toMatchObject({
    last: { bytes: 9, record: 7 },
    next: "2026-11-04T19:30:00.000Z",
  });
});

test("one that was missed while nothing ran is made at the start", async () => {
  const site = new Site();
  site.restart();
  await site.passes(19);
  site.backups[Symbol.dispose]();
  site.clock.advance(30 * hour);
  site.restart();
  await site.passes(1);
  expect(site.told).toEqual(["BackupMade", "BackupMade"]);
});

test("what fails is tried again each hour, is an alarm after two days, and is over with the next that succeeds", async () => {
  const site = new Site();
  site.fault = "/mnt/backup cannot be used: is the disk there";
  site.restart();
  await site.passes(22);
  expect(site.told).toEqual(["BackupFailed", "BackupFailed", "BackupFailed", "BackupFailed"]);
  expect(site.alarms).toEqual([]);
  await site.passes(30);
  expect(site.alarms).toEqual([["seen", "BackupOverdue", "none for 50 hours"]]);
  site.fault = undefined;
  await site.passes(1);
  expect(site.alarms.at(-1)).toEqual(["gone", "BackupOverdue", null]);
  expect(site.told.at(-1)).toBe("BackupMade");
});

test("an operator has one made at any time, and only one at a time; who it was is recorded", async () => {
  const site = new Site();
  site.restart();
  expect(site.backups.begin("li.na")).toBe("begun");
  expect(site.backups.view().running).toBe(true);
  expect(site.backups.begin("zhang")).toBe("busy");
  await site.passes(1);
  expect(site.backups.view().running).toBe(false);
  expect(site.journal.query({ limit: 1 })[0]?.payload).toMatchObject({ operator: "li.na" });
  site.fault = "no space left on device";
  site.backups.begin("li.na");
  await site.passes(1);
  expect(site.told).toEqual(["BackupMade", "BackupFailed"]);
});

test("an alarm of before the start is ended by what the journal tells", () => {
  const site = new Site();
  site.journal.append([{ type: "BackupMade", at: site.clock.now(), payload: { bytes: 1, last: 1 } }]);
  site.restart(true);
  expect(site.alarms).toEqual([["gone", "BackupOverdue", null]]);
  expect(site.backups.view().last?.madeAt).toBe(new Date(wallTime(site.clock.wall())).toISOString());
});

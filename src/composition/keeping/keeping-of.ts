import process from "node:process";
import type { SiteConfiguration } from "../../config/site-schema.ts";
import type { KeepingPlan } from "../../controller/keeping/site-keeping.ts";
import type { SiteStorage } from "../open-site-storage.ts";
import type { SiteStart } from "../site-start.ts";
import { backupsInProcesses } from "./backups-in-processes.ts";

const hour = 3_600_000;
const day = 24 * hour;

/** Half a year and a million records stay whatever happens (domain.md §6). */
const floor = { age: 180 * day, records: 1_000_000 };

/** What of the site's file is about how long things stay, and where copies of them go. */
export function keepingOf(
  { site, configurationFile, dataDirectory }: SiteStart,
  storage: Pick<SiteStorage, "journal" | "slowestCursor">,
  signal: AbortSignal,
): KeepingPlan {
  const { backup } = site;
  return {
    pruning: {
      journal: storage.journal,
      retention: { ...retentionOf(site), floor },
      mustBeWitnessed: site.witness !== undefined,
      slowestCursor: () => storage.slowestCursor(),
    },
    backups: backup && {
      maker: backupsInProcesses(
        { ...{ program: program(), configurationFile, dataDirectory, site }, directory: backup.directory },
        signal,
      ),
      schedule: backup.schedule,
      timeZone: site.site.timeZone,
      overdueAfter: backup.overdueAfter * hour,
    },
  };
}

/** The records that say what evidence is of stay as long as the evidence. */
function retentionOf({ journal, data }: SiteConfiguration) {
  const days = Math.max(journal.retentionDays, data.evidenceRetention, data.alarmEvidenceRetention);
  return { age: days * day, records: journal.maxRecords };
}

/** This program's entry, as it was started. */
function program(): string {
  const [, entry] = process.argv;
  if (entry === undefined) throw new Error("there is no program to start again");
  return entry;
}

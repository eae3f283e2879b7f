import { isOver } from "../../domain/alarm/alarm.ts";
import { byUrgency } from "../../domain/alarm/kinds.ts";
import type { SiteState } from "../../ports/controller-services.ts";
import type { RecordView } from "../../ports/record-view.ts";
import type { AlarmView, CardholderView } from "../api/site.ts";

/** What this page knows of the site, as of the last message. */
export interface LiveSite {
  readonly connection: "connecting" | "live" | "lost";
  readonly state: SiteState | null;
  /** Newest first, without repeats. */
  readonly records: readonly RecordView[];
  /** Open alarms, most pressing first. */
  readonly alarms: readonly AlarmView[];
  readonly cardholders: readonly CardholderView[];
  /** Whether there is a simulated building to try things in. */
  readonly simulated: boolean;
}

export const unknownSite: LiveSite = {
  connection: "connecting",
  state: null,
  records: [],
  alarms: [],
  cardholders: [],
  simulated: false,
};

/** Older records stay in the journal; a page that is open for weeks must not grow. */
export const recordLimit = 300;

/** Repeats (a reconnect delivers some twice) and late ones find their place by sequence number. */
export function withRecords(site: LiveSite, arrived: readonly RecordView[]): LiveSite {
  const known = new Set(site.records.map((record) => record.seq));
  const fresh = arrived.filter((record) => !known.has(record.seq));
  if (fresh.length === 0) return site;
  const records = [...fresh, ...site.records].sort((a, b) => b.seq - a.seq).slice(0, recordLimit);
  return { ...site, records };
}

export function withAlarm(site: LiveSite, alarm: AlarmView): LiveSite {
  return withAlarms(site, [...site.alarms.filter((open) => open.id !== alarm.id), alarm]);
}

/** By priority, then those nobody has acknowledged, then the newest; shelved ones last. */
export function withAlarms(site: LiveSite, alarms: readonly AlarmView[]): LiveSite {
  return { ...site, alarms: alarms.filter((alarm) => !isOver(alarm)).toSorted(byUrgency) };
}

export function lastSeq(site: LiveSite): number {
  return site.records[0]?.seq ?? 0;
}

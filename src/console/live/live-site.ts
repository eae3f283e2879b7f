import { isOver } from "../../domain/alarm/alarm.ts";
import { byUrgency } from "../../domain/alarm/kinds.ts";
import type { SiteState } from "../../ports/controller-services.ts";
import type { RecordView } from "../../ports/record-view.ts";
import type { AlarmView, CardholderView } from "../api/site.ts";

/** How a lost connection came back. */
export interface Healed {
  readonly seconds: number;
  /** What was recorded meanwhile: all of it is among the records … */
  readonly records: number;
  /** … but this many, which are older than what a page keeps. */
  readonly left: number;
}

/** What this page knows of the site, as of the last message. */
export interface LiveSite {
  /** `signedOut`: the session is over; what was known stays, and nothing new comes. */
  readonly connection: "connecting" | "live" | "lost" | "signedOut";
  readonly state: SiteState | null;
  /** When it came, on this machine's own clock. */
  readonly stateAt: number;
  /** Newest first, without repeats, and without a gap as far as they go back. */
  readonly records: readonly RecordView[];
  /** After this number, and up to `complete`, everything has come that one may see. */
  readonly begins: number;
  readonly complete: number;
  /** After a connection was lost and found again. */
  readonly healed: Healed | null;
  /** Open alarms, most pressing first. */
  readonly alarms: readonly AlarmView[];
  /** The demo's people; empty at a site, where there may be a hundred thousand. */
  readonly cardholders: readonly CardholderView[];
  /** Whether there is a simulated building to try things in. */
  readonly simulated: boolean;
}

export const unknownSite: LiveSite = {
  connection: "connecting",
  state: null,
  stateAt: 0,
  records: [],
  begins: 0,
  complete: 0,
  healed: null,
  alarms: [],
  cardholders: [],
  simulated: false,
};

/** Older records stay in the journal; a page that is open for weeks must not grow. */
export const recordLimit = 300;
/** How much of the past a newly opened page is given. */
export const historyLength = 120;

/** Repeats (a reconnect brings the newest once more) and late ones find their place by sequence number. */
export function withRecords(site: LiveSite, arrived: readonly RecordView[]): LiveSite {
  const known = new Set(site.records.map((record) => record.seq));
  const fresh = arrived.filter((record) => !known.has(record.seq));
  if (fresh.length === 0) return site;
  const records = [...fresh, ...site.records].sort((a, b) => b.seq - a.seq).slice(0, recordLimit);
  return { ...site, records, complete: Math.max(site.complete, records[0]?.seq ?? 0) };
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

/** Where the stream is to go on from. */
export interface Resumption {
  /** Everything after this comes. */
  readonly after: number;
  /** What the page has follows on without a gap; otherwise it is given up for the newest. */
  readonly goesOn: boolean;
}

/**
 * The newest record that is known comes once more: by its hash one sees that it is still the same journal. After more
 * than a page keeps, or where the journal is shorter than what was seen of it, it begins anew.
 */
export function resumption(site: LiveSite, last: number): Resumption {
  const missed = last - site.complete;
  if (site.complete === 0 || missed < 0 || missed > recordLimit - historyLength) {
    return { after: Math.max(0, last - historyLength), goesOn: false };
  }
  const newest = lastSeq(site);
  return { after: newest === 0 ? site.complete : newest - 1, goesOn: true };
}

/** The journal is another one than what the page has is from: restored from a backup, or another box's. */
export function contradicts(site: LiveSite, { seq, hash }: RecordView): boolean {
  const known = site.records.find((record) => record.seq === seq);
  return known !== undefined && known.hash !== hash;
}

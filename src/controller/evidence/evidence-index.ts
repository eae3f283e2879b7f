import { hashesIn } from "../../domain/evidence/named-evidence.ts";
import type { Belonging } from "../../domain/evidence/retention.ts";
import type { Milliseconds, WallTime } from "../../domain/time.ts";
import type { Journal, JournalRecord } from "../../ports/journal.ts";

/** Records that say whose evidence is. */
const naming: ReadonlySet<string> = new Set([
  ...["AlarmRaised", "AlarmRepeated", "AlarmEvidenceAdded", "EvidenceCaptured"],
]);
/** And what became of it. */
const indexedTypes = [
  ...naming,
  ...["EvidencePruned", "EvidenceNotKept", "EvidenceMissing", "EvidenceAltered"],
];

/** A page holds up the loop for some milliseconds. */
const pageLength = 200;

/**
 * Which evidence belongs to which alarm, what was deleted lawfully, and what is known to be missing: a projection of the
 * journal, read newest first up to the longest retention, and followed from then on. Nothing of it is kept anywhere else.
 */
export class EvidenceIndex {
  /** Of what has not been deleted. Mostly one alarm for each: a set of its own for every picture would take most of the memory. */
  readonly #alarms = new Map<string, { at: WallTime; readonly ids: string[] }>();
  readonly #pruned = new Map<string, WallTime>();
  readonly #notKept = new Set<string>();
  readonly #lost = new Set<string>();
  readonly #journal: Pick<Journal, "query" | "last">;
  readonly #horizon: WallTime;
  readonly #left: { readonly type: string; before: number }[];

  /** `reach`: as far back as anything is kept. */
  constructor(journal: Pick<Journal, "query" | "last">, now: WallTime, reach: Milliseconds) {
    this.#journal = journal;
    this.#horizon = (now - reach) as WallTime; // a time is a number of milliseconds
    const before = journal.last() + 1;
    this.#left = indexedTypes.map((type) => ({ type, before }));
  }

  /** False until all has been read: nothing may be deleted before. */
  get isWhole(): boolean {
    return this.#left.length === 0;
  }

  /** Reads a page; true where there is more. */
  readOn(): boolean {
    const [next] = this.#left;
    if (next === undefined) return false;
    const query = { type: next.type, after: next.before, newestFirst: true, limit: pageLength };
    const found = this.#journal.query(query);
    for (const record of found) this.note(record);
    const last = found.at(-1);
    if (last === undefined || found.length < pageLength || last.wall < this.#horizon) this.#left.shift();
    else next.before = last.seq;
    return this.#left.length > 0;
  }

  /** In any order, also twice. */
  note({ type, payload, wall }: Pick<JournalRecord, "type" | "payload" | "wall">): void {
    const { id, evidence, hashes } = payload;
    const named = hashesIn(evidence);
    if (naming.has(type)) {
      // Pictures of records that have no alarm stand in these as well.
      if (typeof id === "string") for (const hash of named) this.#belongs(hash, id, wall);
    } else if (type === "EvidencePruned") {
      for (const hash of hashesIn(hashes)) this.#isDeleted(hash, wall);
    } else if (type === "EvidenceNotKept") {
      for (const hash of named) this.#notKept.add(hash);
    } else if (type === "EvidenceMissing" || type === "EvidenceAltered") {
      for (const hash of named) this.#lost.add(hash);
    }
  }

  belonging(hash: string, openAlarms: ReadonlySet<string>): Belonging {
    const alarm = this.#alarms.get(hash);
    if (alarm === undefined) return undefined;
    return alarm.ids.some((id) => openAlarms.has(id)) ? "openAlarm" : { alarmAt: alarm.at };
  }

  prunedAt(hash: string): WallTime | undefined {
    return this.#pruned.get(hash);
  }

  /** Whether its absence has been explained, or told, already. */
  isAccountedFor(hash: string): boolean {
    return this.#pruned.has(hash) || this.#notKept.has(hash) || this.#lost.has(hash);
  }

  isLost(hash: string): boolean {
    return this.#lost.has(hash);
  }

  /** What was named after that has been kept once more. */
  #isDeleted(hash: string, at: WallTime): void {
    this.#pruned.set(hash, at);
    const known = this.#alarms.get(hash);
    if (known !== undefined && known.at <= at) this.#alarms.delete(hash);
  }

  #belongs(hash: string, id: string, at: WallTime): void {
    const known = this.#alarms.get(hash);
    if (known === undefined) this.#alarms.set(hash, { at, ids: [id] });
    else {
      if (!known.ids.includes(id)) known.ids.push(id);
      if (at > known.at) known.at = at;
    }
  }
}

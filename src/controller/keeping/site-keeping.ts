import { type WallTime, wallTime } from "../../domain/time.ts";
import type { Approvals } from "../approvals/approvals.ts";
import type { Chronicle } from "../chronicle.ts";
import type { ControllerOptions } from "../controller-options.ts";
import type { Presence } from "../presence/presence.ts";
import type { StateParts } from "../site-state.ts";
import { isActive } from "../standing-conditions.ts";
import { type BackupPlan, Backups } from "./backups.ts";
import { oldestNeeded } from "./journal-needs.ts";
import { JournalPruning, type KeptJournal } from "./journal-pruning.ts";
import type { Retention } from "./prunable.ts";

/** What stays for how long, and where copies of it go. */
export interface KeepingPlan {
  readonly pruning?: PruningPlan | undefined;
  readonly backups?: BackupPlan | undefined;
}

export interface PruningPlan {
  readonly journal: KeptJournal;
  readonly retention: Retention;
  readonly mustBeWitnessed: boolean;
  /** Of all that read the journal by a cursor. */
  readonly slowestCursor: () => number;
}

export type KeptParts = Pick<StateParts, "alarms" | "standing"> & {
  readonly presence: Pick<Presence, "savedAt">;
};

/** Backups, and the end of the oldest records. */
export class SiteKeeping implements Disposable {
  readonly backups: Backups | undefined;
  readonly #options: ControllerOptions;
  readonly #chronicle: Chronicle;
  #pruning: JournalPruning | undefined;

  constructor(options: ControllerOptions, chronicle: Chronicle, onChange: () => void) {
    this.#options = options;
    this.#chronicle = chronicle;
    const { journal, clock, keeping } = options;
    this.backups =
      keeping?.backups && new Backups({ ...keeping.backups, journal, clock, chronicle, onChange });
  }

  /** Once what is open has been restored. */
  start(parts: KeptParts, approvals: Pick<Approvals, "waiting">): void {
    const { alarms } = parts;
    this.backups?.start(isActive(alarms.find("site.BackupOverdue")));
    this.#pruning = this.#pruningOf(parts, approvals);
    this.#pruning?.start();
  }

  [Symbol.dispose](): void {
    this.backups?.[Symbol.dispose]();
    this.#pruning?.[Symbol.dispose]();
  }

  #pruningOf(
    { alarms, standing, presence }: KeptParts,
    approvals: Pick<Approvals, "waiting">,
  ): JournalPruning | undefined {
    const { keeping, clock, site, freeBytes, about, journal } = this.#options;
    if (keeping?.pruning === undefined) return undefined;
    const { slowestCursor, ...plan } = keeping.pruning;
    const openSince = (): readonly WallTime[] => [
      ...alarms.open().map(({ since }) => since),
      ...approvals.waiting().map(({ proposedAt }) => wallTime(Date.parse(proposedAt))),
    ];
    const readers = { slowestCursor, presenceSaved: () => presence.savedAt(), openSince };
    return new JournalPruning({
      ...{ ...plan, clock, chronicle: this.#chronicle },
      isSpaceShort: async () => (await freeBytes()) < site.diskReserve,
      oldestNeeded: () => oldestNeeded(journal, readers),
      carried: () => ({ configuration: about["configuration"] ?? null, ...standing.carried() }),
    });
  }
}

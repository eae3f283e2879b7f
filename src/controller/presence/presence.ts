import type { AccessPolicy, Area } from "../../domain/access/access.ts";
import type { VestibuleId } from "../../domain/names.ts";
import { after, type Milliseconds, type WallTime } from "../../domain/time.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Journal, JournalRecord } from "../../ports/journal.ts";
import type { ControllerOptions } from "../controller-options.ts";
import type { SiteCalendar } from "../local-time.ts";
import { openedSchedules } from "./first-person.ts";
import type { PresenceView } from "./presence-view.ts";
import type { RecordedPresence } from "./recorded-presence.ts";
import type { Whereabouts } from "./whereabouts.ts";

/** What a crash loses is read again from the journal. */
const saveInterval: Milliseconds = 5_000;
/** People who moved since the last save: a queue at the doors is not saved at once. */
const mostUnsaved = 2_000;

/** Records that a start may have to read again for it while others are let go of. */
const mostUnread = 1_000;

export interface PresenceOptions {
  readonly journal: Pick<Journal, "last">;
  /** As the journal has it: nothing was recorded since it was read. */
  readonly recorded: RecordedPresence;
  readonly clock: Clock;
  readonly calendar: SiteCalendar;
  /** In force now. */
  readonly policy: () => AccessPolicy;
}

/** Who is where, as far as the journal tells (A2, A3, A4). */
export class Presence implements PresenceView, Disposable {
  readonly #options: PresenceOptions;
  readonly #recorded: RecordedPresence;
  #timer: Disposable | undefined;

  constructor(options: PresenceOptions) {
    this.#options = options;
    this.#recorded = options.recorded;
  }

  get whereabouts(): Whereabouts {
    return this.#recorded.whereabouts;
  }

  /** The record up to which it is saved; seen to, where nobody has moved for long. */
  savedAt(): number {
    if (this.#options.journal.last() - this.#recorded.savedAt() > mostUnread) this.#save();
    return this.#recorded.savedAt();
  }

  areaOf(cardholder: string): Area | undefined {
    return this.whereabouts.areaOf(cardholder);
  }

  occupancy(vestibule: VestibuleId): { readonly vestibule: number; readonly secure: number } {
    return this.whereabouts.occupancy(vestibule);
  }

  openedSchedules(wall: WallTime): readonly string[] {
    const { policy, calendar } = this.#options;
    return openedSchedules(policy(), this.whereabouts.entries, calendar, wall);
  }

  /** Each record once it is durable; before the next decision. */
  onRecord(record: JournalRecord): void {
    if (!this.#recorded.onRecord(record)) return;
    if (this.whereabouts.changed.size >= mostUnsaved) this.#save();
    else this.#timer ??= this.#wakeLater();
  }

  [Symbol.dispose](): void {
    this.#save();
  }

  #wakeLater(): Disposable {
    const { clock } = this.#options;
    return clock.wakeAt(after(clock.now(), saveInterval), () => this.#save());
  }

  #save(): void {
    this.#timer?.[Symbol.dispose]();
    this.#timer = undefined;
    this.#recorded.save();
  }
}

/** As the site's own options have it. */
export function presenceOf(
  { journal, clock, calendar }: ControllerOptions,
  recorded: RecordedPresence,
  policy: () => AccessPolicy,
): Presence {
  return new Presence({ journal, recorded, clock, calendar, policy });
}

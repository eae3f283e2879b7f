import type { AccessEvent } from "../domain/access/access.ts";
import type { InterlockEvent } from "../domain/interlock/interlock.ts";
import { type AccessPointName, exitThrough, type VestibuleId } from "../domain/names.ts";
import type { JournalRecord } from "../ports/journal.ts";

/** What a passage through each access point does to the number of people between the doors. */
const change: Readonly<Record<AccessPointName, 1 | -1>> = {
  "outer-entry": 1,
  "inner-exit": 1,
  "inner-entry": -1,
  "outer-exit": -1,
};

/** People between the doors as far as passages tell; somebody let in by a colleague is not counted. */
export class Occupancy {
  readonly #counts = new Map<VestibuleId, number>();

  of(vestibule: VestibuleId): number {
    return this.#counts.get(vestibule) ?? 0;
  }

  onAccess(event: AccessEvent): void {
    if (event.type === "AccessTaken") this.#taken(event.vestibule, event.accessPoint);
  }

  /** R11: whoever leaves by the button; who that is, is not known. */
  onInterlock(vestibule: VestibuleId, event: InterlockEvent): void {
    if (event.type === "AccessTaken" && event.grant.kind === "egress")
      this.#taken(vestibule, exitThrough(event.door));
  }

  /** From the last records of passages taken, oldest first. */
  restore(records: readonly JournalRecord[]): void {
    for (const { payload } of records) {
      const { vestibule, accessPoint, grant, door } = payload;
      if (typeof vestibule === "string" && grant === "egress" && (door === "inner" || door === "outer")) {
        this.#taken(vestibule, exitThrough(door));
      } else if (typeof vestibule === "string" && typeof accessPoint === "string" && accessPoint in change) {
        this.#taken(vestibule, accessPoint as AccessPointName); // checked just above
      }
    }
  }

  #taken(vestibule: VestibuleId, accessPoint: AccessPointName): void {
    this.#counts.set(vestibule, Math.max(0, this.of(vestibule) + change[accessPoint]));
  }
}

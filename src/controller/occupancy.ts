import type { AccessEvent } from "../domain/access/access.ts";
import type { InterlockEvent } from "../domain/interlock/interlock.ts";
import {
  type AccessPointName,
  accessPointNames,
  entersVestibule,
  exitThrough,
  type VestibuleId,
} from "../domain/names.ts";
import type { JournalRecord } from "../ports/journal.ts";

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
      } else if (
        typeof vestibule === "string" &&
        typeof accessPoint === "string" &&
        isAccessPoint(accessPoint)
      ) {
        this.#taken(vestibule, accessPoint);
      }
    }
  }

  #taken(vestibule: VestibuleId, accessPoint: AccessPointName): void {
    this.#counts.set(vestibule, Math.max(0, this.of(vestibule) + (entersVestibule(accessPoint) ? 1 : -1)));
  }
}

const isAccessPoint = (name: string): name is AccessPointName =>
  (accessPointNames as readonly string[]).includes(name); // any string may be asked about

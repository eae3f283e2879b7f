import type { AccessPointName, DoorName } from "../../src/domain/names.ts";
import type { Instant } from "../../src/domain/time.ts";
import type { JournalRecord } from "../../src/ports/journal.ts";
import { textOf } from "./text-of.ts";

/** What a person at the door learns from each record. */
const answers: ReadonlyMap<string, "granted" | "refused"> = new Map([
  ["AccessGranted", "granted"],
  ["Egress", "granted"],
  ["AccessDenied", "refused"],
  ["EgressDenied", "refused"],
  ["ReleaseRefused", "refused"],
]);

/** What people at the doors are shown. */
export class Lamps {
  readonly #refused = new Map<string, Instant>();
  readonly #granted = new Map<string, Instant>();

  /** When somebody here was last told no: by the display of an access point, or by a button of a door. */
  refusedAt(vestibule: string, where: AccessPointName | DoorName): Instant | undefined {
    return this.#refused.get(`${vestibule}/${where}`);
  }

  /** When they were last told to go. */
  grantedAt(vestibule: string, where: AccessPointName | DoorName): Instant | undefined {
    return this.#granted.get(`${vestibule}/${where}`);
  }

  onRecord({ type, payload, at }: JournalRecord): void {
    const { vestibule, accessPoint, door, grant } = payload;
    // Of a card's release refused the denial tells.
    const answered = grant === "access" ? undefined : answers.get(type);
    if (answered === undefined) return;
    const shown = answered === "granted" ? this.#granted : this.#refused;
    shown.set(`${textOf(vestibule)}/${textOf(accessPoint ?? door)}`, at);
  }
}

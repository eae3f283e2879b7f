import type { AlarmPlace, AlarmType } from "../../../src/domain/alarm/alarm.ts";
import type { DoorPolicy } from "../../../src/domain/interlock/interlock.ts";
import { type DoorName, doorNames } from "../../../src/domain/names.ts";
import { type Instant, instant, type Milliseconds } from "../../../src/domain/time.ts";
import type { JournalRecord, JsonObject } from "../../../src/ports/journal.ts";
import type { Building } from "../../../src/simulation/building.ts";
import type { SimulatedDoor } from "../../../src/simulation/simulated-door.ts";
import type { VestibuleDrawn } from "../plan.ts";
import { textOf } from "../text-of.ts";
import type { Findings } from "./findings.ts";

/** From the fact to the record, beyond the time a rule itself takes: bounce, two messages, and the write. */
const margin: Milliseconds = 150;
const never = instant(Number.NEGATIVE_INFINITY);

interface WatchedDoor {
  readonly vestibule: string;
  readonly name: DoorName;
  readonly key: string;
  readonly rules: DoorPolicy;
  readonly door: SimulatedDoor;
  openSince: Instant | undefined;
  closedAt: Instant;
  heldChecked: boolean;
  mismatch: { readonly since: Instant; readonly released: boolean; checked: boolean } | undefined;
}

interface Demand {
  readonly alarm: AlarmType;
  readonly place: string;
  readonly from: Instant;
  readonly by: Instant;
  readonly why: string;
}

/** Compares the alarms on record with what is so in the building: those that must be raised are, others are not. */
export class AlarmOracle {
  readonly #vestibules: readonly VestibuleDrawn[];
  readonly #now: () => Instant;
  readonly #findings: Findings;
  readonly #explained = new Set<AlarmType>();
  readonly #active = new Set<string>();
  readonly #raised = new Map<string, Instant>();
  readonly #bothSince = new Map<string, Instant>();
  readonly #disturbances = new Set<string>();
  /** Per vestibule: what its sensors show is not what is so. */
  readonly #isReleased: (vestibule: string, door: DoorName) => boolean;
  readonly #doors: readonly WatchedDoor[];
  readonly #lying = new Map<string, Set<string>>();
  readonly #calmSince = new Map<string, Instant>();
  #demands: Demand[] = [];
  readonly counts = new Map<string, number>();
  demanded = 0;
  waived = 0;

  constructor(
    building: Building,
    vestibules: readonly VestibuleDrawn[],
    now: () => Instant,
    findings: Findings,
    isReleased: (vestibule: string, door: DoorName) => boolean,
  ) {
    this.#isReleased = isReleased;
    this.#doors = vestibules.flatMap(({ id, policy }) =>
      doorNames.map((name): WatchedDoor => {
        const door = building.door(id, name);
        if (door === undefined) throw new Error(`no door ${id}.${name}`);
        const rules = policy.doors[name];
        const seen = { openSince: undefined, closedAt: never, heldChecked: false, mismatch: undefined };
        return { vestibule: id, name, key: `${id}/${name}`, rules, door, ...seen };
      }),
    );
    this.#vestibules = vestibules;
    this.#now = now;
    this.#findings = findings;
  }

  /** From now on this alarm has a reason to be raised somewhere. */
  explain(...alarms: readonly AlarmType[]): void {
    for (const alarm of alarms) this.#explained.add(alarm);
  }

  /** While it lasts, whoever would notice, record or tell cannot. */
  disturbed(cause: string, active: boolean): void {
    if (active) {
      this.#disturbances.add(cause);
      const left = this.#demands.filter(({ alarm }) => !hinders(cause, alarm));
      this.waived += this.#demands.length - left.length;
      this.#demands = left;
    } else this.#disturbances.delete(cause);
    for (const { id } of this.#vestibules) this.#calmSince.set(id, this.#now());
  }

  lying(vestibule: string, cause: string, active: boolean): void {
    const causes = this.#lying.get(vestibule) ?? new Set();
    this.#lying.set(vestibule, causes);
    if (active) causes.add(cause);
    else causes.delete(cause);
    this.#calmSince.set(vestibule, this.#now());
  }

  /** A fact that must be an alarm `within` that time. */
  demand(
    alarm: AlarmType,
    place: { readonly vestibule?: string; readonly door?: DoorName; readonly camera?: string },
    within: Milliseconds,
    why: string,
  ): void {
    this.explain(alarm);
    const { vestibule } = place;
    this.demanded += 1;
    // What goes on is not raised again.
    if (this.#active.has(`${alarm} ${placeOf(place)}`)) return;
    if (
      this.#isHindered(alarm) ||
      (vestibule !== undefined && this.#isLying(vestibule) && !atTheWire.has(alarm))
    ) {
      this.waived += 1;
      return;
    }
    const now = this.#now();
    this.#demands.push({ alarm, place: placeOf(place), from: now, by: instant(now + within + margin), why });
  }

  onRecord({ type, payload }: JournalRecord): void {
    if (type !== "AlarmRaised" && type !== "AlarmReturned") return;
    const alarm = payload.alarm as AlarmType; // our own record
    if (type === "AlarmReturned") {
      this.#active.delete(`${alarm} ${placeOf(payload)}`);
      return;
    }
    this.counts.set(alarm, (this.counts.get(alarm) ?? 0) + 1);
    const place = placeOf(payload);
    const now = this.#now();
    this.#raised.set(`${alarm} ${place}`, now);
    this.#active.add(`${alarm} ${place}`);
    if (!this.#explained.has(alarm))
      this.#findings.violated(
        "alarms",
        now,
        `${alarm} at ${place || "the site"} (${textOf(payload.detail)}), for no reason`,
      );
    this.#demands = this.#demands.filter(
      (one) => one.alarm !== alarm || one.place !== place || now < one.from,
    );
  }

  /** Whether the door has been shut for long enough that its next opening is one of its own. */
  isSettled(vestibule: string, name: DoorName): boolean {
    const watched = this.#doors.find((door) => door.vestibule === vestibule && door.name === name);
    if (watched === undefined || watched.openSince !== undefined) return false;
    return this.#now() - watched.closedAt > watched.rules.contactDebounce + 50;
  }

  /** It is so, and has been for long enough: the alarm must be there. */
  mustStand(alarm: AlarmType, place: AlarmPlace, why: string): void {
    this.demanded += 1;
    if (!this.#active.has(`${alarm} ${placeOf(place)}`))
      this.#findings.violated("alarms", this.#now(), `${why}, and ${alarm} does not stand`);
  }

  look(): void {
    const now = this.#now();
    for (const { alarm, place, by, why } of this.#demands)
      if (now > by)
        this.#findings.violated(
          "alarms",
          now,
          `${why}, and ${alarm} at ${place || "the site"} is not raised`,
        );
    for (const watched of this.#doors) this.#lookAtDoor(watched, now);
    for (const drawn of this.#vestibules) this.#lookAtBoth(drawn, now);
  }

  #lookAtDoor(watched: WatchedDoor, now: Instant): void {
    const { vestibule, name, rules, door, key } = watched;
    if (rules.bolt === "fitted") this.#lookAtBolt(watched, now);
    if (!door.isOpen()) {
      if (watched.openSince !== undefined) watched.closedAt = now;
      watched.openSince = undefined;
      watched.heldChecked = false;
      return;
    }
    // Shut for less than the contact takes to settle: it never was, as far as anybody can tell.
    if (watched.openSince === undefined && now - watched.closedAt <= rules.contactDebounce + 50)
      this.explain("DoorHeldOpen", "InterlockViolated");
    watched.openSince ??= now;
    if (watched.heldChecked || now <= watched.openSince + rules.heldOpenTime + margin) return;
    watched.heldChecked = true;
    this.#mustBeRaised(
      "DoorHeldOpen",
      { vestibule, door: name },
      watched.openSince,
      `${key} is open for too long`,
    );
  }

  #lookAtBoth({ id, policy }: VestibuleDrawn, now: Instant): void {
    for (const watched of this.#doors) {
      if (watched.vestibule !== id || watched.openSince !== undefined) continue;
      if (this.#bothSince.size > 0) this.#bothSince.delete(id);
      return;
    }
    const since = this.#bothSince.get(id) ?? now;
    this.#bothSince.set(id, since);
    const debounce = Math.max(policy.doors.outer.contactDebounce, policy.doors.inner.contactDebounce);
    if (since === never || now <= since + debounce + margin) return;
    this.#bothSince.set(id, never);
    this.#mustBeRaised("InterlockViolated", { vestibule: id }, since, "has both doors open");
  }

  /** R8: what the bolt does is not what was commanded. */
  #lookAtBolt(watched: WatchedDoor, now: Instant): void {
    const { vestibule, name, rules, door } = watched;
    const released = this.#isReleased(vestibule, name);
    const wrong = released ? door.isThrown() : !door.isOpen() && !door.isThrown();
    const { mismatch } = watched;
    if (!wrong) {
      watched.mismatch = undefined;
      return;
    }
    const seen = mismatch?.released === released ? mismatch : { since: now, released, checked: false };
    watched.mismatch = seen;
    if (seen.checked || now <= seen.since + rules.boltTime + rules.contactDebounce + margin) return;
    seen.checked = true;
    const why = `has a bolt that does not follow (${released ? "released" : "secured"})`;
    this.#mustBeRaised("LockFault", { vestibule, door: name }, seen.since, why);
  }

  #isHindered(alarm: AlarmType): boolean {
    return [...this.#disturbances].some((cause) => hinders(cause, alarm));
  }

  #isLying(vestibule: string): boolean {
    return (this.#lying.get(vestibule)?.size ?? 0) > 0;
  }

  #mustBeRaised(
    alarm: AlarmType,
    where: { readonly vestibule: string; readonly door?: DoorName },
    since: Instant,
    why: string,
  ): void {
    this.demanded += 1;
    const calm = this.#calmSince.get(where.vestibule) ?? never;
    if (this.#isHindered(alarm) || this.#isLying(where.vestibule) || calm >= since) {
      this.waived += 1;
      return;
    }
    const place = placeOf(where);
    const key = `${alarm} ${place}`;
    // What goes on is not raised again.
    if (!this.#active.has(key) && (this.#raised.get(key) ?? never) < since)
      this.#findings.violated(
        "alarms",
        this.#now(),
        `${place} ${why} since ${since}, and ${alarm} is not raised`,
      );
  }
}

const placeOf = ({ vestibule, door, accessPoint, camera }: JsonObject | AlarmPlace): string =>
  [vestibule, door ?? accessPoint, camera]
    .flatMap((part) => (typeof part === "string" ? [part] : []))
    .join("/");

/** What no sensor of a door has a say in. */
const atTheWire: ReadonlySet<AlarmType> = new Set<AlarmType>([
  "ContactFault",
  "EmergencyRelease",
  "Tampered",
  "MainsLost",
]);

const processAlarms: ReadonlySet<AlarmType> = new Set<AlarmType>([
  "ControllerLost",
  "VisionLost",
  "ClockStepped",
  "BrokerLost",
  "StorageFault",
  "DiskNearlyFull",
]);

/** Whether an alarm may be late or missing because of this. */
function hinders(cause: string, alarm: AlarmType): boolean {
  if (cause === "vision") return alarm.startsWith("Camera");
  if (cause === "interlock") return !alarm.startsWith("Camera") && !processAlarms.has(alarm);
  return true;
}

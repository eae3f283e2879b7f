import type { InterlockEvent } from "../domain/interlock/interlock.ts";
import {
  type AccessPointName,
  accessPointNames,
  entersVestibule,
  exitThrough,
  type VestibuleId,
} from "../domain/names.ts";
import type { VestibuleReport } from "../ports/interlock-link.ts";
import type { Journal, JournalRecord, JsonObject } from "../ports/journal.ts";
import { interlockEntry } from "../ports/recorded-events.ts";
import type { InterlockClient } from "./interlock-client.ts";
import { journalRecords } from "./journal-reading.ts";

/** What holds whichever process dies, until somebody ends it. */
export interface Standing {
  /** R14: ordered by an operator and not lifted. */
  readonly lockdown: boolean;
  /** R12: not reset. */
  readonly emergency: boolean;
  /** Between the doors; somebody let in by a colleague is not counted. */
  readonly people: number;
}

type Fact = Pick<JournalRecord, "type" | "payload">;
export type Orders = Pick<InterlockClient, "lockDown" | "restore">;

const nothing: Standing = { lockdown: false, emergency: false, people: 0 };

/** Rare, so that all of them can be read at every start. */
const turningPoints = [
  "LockdownOrdered",
  "LockdownLiftOrdered",
  "LockdownStarted",
  "LockdownEnded",
  "EmergencyStarted",
  "EmergencyReset",
] as const;
/** Before old records went: what they said and still holds (`keeping/journal-pruning.ts`). */
const carriedForward = "JournalCarriedForward";
/** Passages looked back on at the start: whoever came in before so many of them has left. */
const lookBack = 500;
/** The interlock counts no more. */
const mostPeople = 16;

/**
 * What the journal says must hold, to be told to an interlock that has just begun and knows nothing of it. While it
 * runs the interlock itself is the truth: it counts, it latches, and what it reports is what is shown.
 */
export class StandingState {
  readonly #orders: Orders;
  readonly #newRun: (run: string) => void;
  readonly #standing = new Map<VestibuleId, Standing>();
  /** Lifted by an operator, and the interlock has not said so yet. */
  readonly #lifting = new Set<VestibuleId>();
  /** The run of the interlock that has been told. */
  #run: string | undefined;

  /** `newRun` is called once another run has been told, and must not be forgotten by the next controller. */
  constructor(orders: Orders, newRun: (run: string) => void) {
    this.#orders = orders;
    this.#newRun = newRun;
  }

  of(vestibule: VestibuleId): Standing {
    return this.#standing.get(vestibule) ?? nothing;
  }

  /** What holds, for a record that outlives those that say so. */
  carried(): JsonObject {
    const vestibules = [...this.#standing].flatMap(([vestibule, { lockdown, emergency }]) =>
      lockdown || emergency ? [{ vestibule, lockdown, emergency }] : [],
    );
    return { run: this.#run ?? null, standing: vestibules };
  }

  restore(journal: Pick<Journal, "query">): void {
    for (const record of journalRecords(journal, [...turningPoints, carriedForward]))
      if (record.type === carriedForward) this.#carry(record.payload);
      else this.#follow(record);
    for (const record of passagesIn(journal)) this.#follow(record);
    const [newest] = journalRecords(journal, ["InterlockStarted", carriedForward]).slice(-1);
    const run = newest?.payload["run"];
    this.#run = typeof run === "string" ? run : undefined;
  }

  onInterlock(vestibule: VestibuleId, event: InterlockEvent): void {
    // Overtaken by an operator who lifted it while this was on its way.
    if (event.type === "LockdownStarted" && this.#lifting.has(vestibule)) return;
    this.#follow(interlockEntry(vestibule, event));
  }

  order(vestibule: VestibuleId, lockdown: boolean): void {
    this.#set(vestibule, { lockdown });
    if (lockdown) this.#lifting.delete(vestibule);
    else this.#lifting.add(vestibule);
    this.#orders.lockDown(vestibule, lockdown);
  }

  /** Events that would have told were lost: then as it is reported, so it is. */
  onGap(reports: readonly VestibuleReport[]): void {
    for (const { vestibule, condition } of reports)
      this.#set(vestibule, { emergency: condition.emergency, people: condition.people });
  }

  /** To be called with each report before anything else is said to the interlock. */
  onReport(run: string, reports: readonly VestibuleReport[]): void {
    for (const report of reports) this.#alignLockdown(report);
    if (run === this.#run) return;
    // Said until it has been heard: an interlock that is still starting hears nothing.
    const ignorant = reports.filter((report) => this.#isIgnorant(report));
    for (const { vestibule } of ignorant) {
      const { emergency, people } = this.of(vestibule);
      this.#orders.restore(vestibule, emergency, people);
    }
    if (ignorant.length > 0) return;
    this.#run = run;
    this.#newRun(run);
  }

  #carry({ standing }: JsonObject): void {
    for (const one of Array.isArray(standing) ? standing : []) {
      const { vestibule, lockdown, emergency } = one as JsonObject; // our own record
      if (typeof vestibule === "string")
        this.#set(vestibule, { lockdown: lockdown === true, emergency: emergency === true });
    }
  }

  #isIgnorant({ vestibule, condition }: VestibuleReport): boolean {
    const { emergency, people } = this.of(vestibule);
    return (emergency && !condition.emergency) || (people > 0 && condition.people === 0);
  }

  #alignLockdown({ vestibule, condition }: VestibuleReport): void {
    const ordered = this.of(vestibule).lockdown;
    const { order } = condition.lockdown;
    if (!order) this.#lifting.delete(vestibule);
    if (order === ordered) return;
    // Nobody lifted it: the order was given to a controller that could not write it down.
    if (order && !this.#lifting.has(vestibule)) this.#set(vestibule, { lockdown: true });
    else this.#orders.lockDown(vestibule, ordered);
  }

  #follow({ type, payload }: Fact): void {
    const { vestibule } = payload;
    if (typeof vestibule !== "string") return;
    const change = changeOf(type, payload, this.of(vestibule));
    if (change !== undefined) this.#set(vestibule, change);
  }

  #set(vestibule: VestibuleId, change: Partial<Standing>): void {
    this.#standing.set(vestibule, { ...this.of(vestibule), ...change });
  }
}

function changeOf(
  type: string,
  payload: JournalRecord["payload"],
  { people }: Standing,
): Partial<Standing> | undefined {
  switch (type) {
    case "LockdownOrdered":
      return { lockdown: true };
    case "LockdownLiftOrdered":
      return { lockdown: false };
    // Also without the order: that may have been given while nothing could be written.
    case "LockdownStarted":
    case "LockdownEnded":
      return payload["by"] === "order" ? { lockdown: type === "LockdownStarted" } : undefined;
    case "EmergencyStarted":
      return { emergency: true };
    case "EmergencyReset":
      return { emergency: false };
    case "DoorOpened": // R15: through a door that operators or a fire released everybody can leave, uncounted
      return payload["cause"] === "emergency" || payload["cause"] === "override" ? { people: 0 } : undefined;
    case "OccupancyCorrected":
      return { people: typeof payload["people"] === "number" ? payload["people"] : people };
    case "AccessTaken":
      return { people: peopleAfter(payload, people) };
    default: // any record of the journal may come
      return undefined;
  }
}

/** Each person of a group has a record, where the access rules told it; where the interlock did, all have one. */
function peopleAfter(payload: JournalRecord["payload"], before: number): number {
  const { people } = payload;
  const passed = typeof people === "number" && people >= 1 ? Math.floor(people) : 1;
  return Math.min(Math.max(0, before + (enters(payload) ? passed : -passed)), mostPeople);
}

function enters({ enters: said, grant, door, accessPoint }: JournalRecord["payload"]): boolean {
  if (typeof said === "boolean") return said;
  if (typeof accessPoint === "string" && isAccessPoint(accessPoint)) return entersVestibule(accessPoint);
  // Records of before `enters` was written.
  return grant === "egress" && (door === "inner" || door === "outer") && entersVestibule(exitThrough(door));
}

function passagesIn(journal: Pick<Journal, "query">): readonly JournalRecord[] {
  const newest = (type: string) => journal.query({ type, limit: lookBack, newestFirst: true }).toReversed();
  const opened = newest("DoorOpened");
  const from = opened.length < lookBack ? 0 : (opened[0]?.seq ?? 0);
  const taken = newest("AccessTaken").filter(({ seq }) => seq >= from);
  const corrected = newest("OccupancyCorrected");
  return [...opened, ...taken, ...corrected].toSorted((a, b) => a.seq - b.seq);
}

const isAccessPoint = (name: string): name is AccessPointName =>
  (accessPointNames as readonly string[]).includes(name); // any string may be asked about

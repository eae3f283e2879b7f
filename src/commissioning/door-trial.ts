import { type DoorName, opposite, type VestibuleId } from "../domain/names.ts";
import type { Milliseconds } from "../domain/time.ts";
import type { DoorReport } from "../ports/interlock-link.ts";

/** What the person at the doors is asked to do next. */
export interface TrialRequest {
  readonly do: "closeBoth" | "open" | "close";
  readonly vestibule: VestibuleId;
  readonly door: DoorName | undefined;
}

/**
 * What a door's trial showed. Swapped: the lock was released and the other door's contact or bolt moved (T31).
 * `notOpened`: nothing moved. Nobody tried, the lock does not work, or all wires of the two doors are swapped alike.
 */
export type TrialVerdict =
  | "inOrder"
  | "contactsSwapped"
  | "locksOrBoltsSwapped"
  | "boltDidNotMove"
  | "notOpened"
  | "neverSecure";

export interface TrialResult {
  readonly vestibule: VestibuleId;
  readonly door: DoorName;
  readonly verdict: TrialVerdict;
}

export type Doors = Readonly<Record<DoorName, DoorReport>>;

/** Doors under an interlock that is asked for one release at a time: a running service's, or one of the trial's own. */
export interface DoorsOnTrial {
  /** Undefined while the interlock is silent. */
  doors(): Doors | undefined;
  /** Asks for it, as a card would; the interlock does it or not (R1). */
  release(door: DoorName): void;
  /** Whether it came to be so in time. */
  until(isSo: (doors: Doors) => boolean, limit: Milliseconds): Promise<boolean>;
}

export interface DoorTrial {
  readonly vestibule: VestibuleId;
  readonly door: DoorName;
  /** Where a bolt sensor is fitted. */
  readonly bolts: Readonly<Record<DoorName, boolean>>;
  readonly settleTime: Milliseconds;
  readonly releaseTime: Milliseconds;
  /** How often it is released for somebody who does not get there in time. */
  readonly releases: number;
  /** How long the person has for each thing they are asked to do. */
  readonly patience: Milliseconds;
  readonly ask: (request: TrialRequest) => void;
}

/** Bolts travel, and a door that was just closed has to settle, before anybody is asked to close it. */
const settling: Milliseconds = 2_000;

/** Releases one door and watches which contact and which bolt move. */
export async function tryDoor(doors: DoorsOnTrial, trial: DoorTrial): Promise<TrialVerdict> {
  const { vestibule, door, ask, patience } = trial;
  if (!(await bothSecure(doors, trial))) return "neverSecure";
  ask({ do: "open", vestibule, door });
  let verdict: TrialVerdict = "notOpened";
  for (let released = 0; released < trial.releases && verdict === "notOpened"; released++) {
    if (released > 0 && !(await bothSecure(doors, trial))) return "neverSecure";
    doors.release(door);
    verdict = await watch(doors, trial);
  }
  if (verdict === "inOrder" || verdict === "boltDidNotMove") {
    ask({ do: "close", vestibule, door });
    await doors.until((now) => now[door].contact === "closed", patience);
  }
  return verdict;
}

/** Asks for doors that stand open to be closed. */
export async function bothSecure(
  doors: DoorsOnTrial,
  { vestibule, settleTime, patience, ask }: Pick<DoorTrial, "vestibule" | "settleTime" | "patience" | "ask">,
): Promise<boolean> {
  const secure = ({ outer, inner }: Doors): boolean => outer.secure && inner.secure;
  if (await doors.until(secure, settleTime + settling)) return true;
  ask({ do: "closeBoth", vestibule, door: undefined });
  return await doors.until(secure, patience);
}

async function watch(
  doors: DoorsOnTrial,
  { door, bolts, releaseTime }: Pick<DoorTrial, "door" | "bolts" | "releaseTime">,
): Promise<TrialVerdict> {
  const other = opposite(door);
  let released = false;
  let moved = false;
  let verdict: TrialVerdict | undefined;
  const decided = (now: Doors): boolean => {
    released ||= now[door].lock === "released";
    moved ||= now[door].bolt === "retracted";
    if (now[other].contact !== "closed") verdict = "contactsSwapped";
    else if (bolts[other] && now[other].bolt !== "thrown") verdict = "locksOrBoltsSwapped";
    else if (now[door].contact !== "closed") verdict = bolts[door] && !moved ? "boltDidNotMove" : "inOrder";
    return verdict !== undefined || (released && now[door].lock === "secured");
  };
  await doors.until(decided, releaseTime + 1_000);
  return verdict ?? "notOpened";
}

import type { AlarmRecord } from "../domain/alarm/alarm.ts";
import type { Condition } from "../domain/alarm/conditions.ts";
import { alarmIdOf } from "../domain/alarm/life-cycle.ts";
import { doorNames } from "../domain/names.ts";
import type { VestibuleReport } from "../ports/interlock-link.ts";
import type { AlarmDesk } from "./alarm-desk.ts";
import type { LastingHealth } from "./vision-client.ts";

/** None of these is so of a door that is secure (domain.md §1). */
const notWhileSecure = ["DoorForcedOpen", "DoorHeldOpen", "LockFault", "ContactFault"] as const;

/**
 * What must be over as the doors stand. The events that ended it may have been seen by nobody: a process that
 * starts anew does not know what the one before it had found.
 */
export function conditionsOver(reports: readonly VestibuleReport[]): readonly Condition[] {
  return reports.flatMap(({ vestibule, doors }) => {
    const secure = doorNames.filter((door) => doors[door].secure);
    const ofDoors = secure.flatMap((door) =>
      notWhileSecure.map(
        (alarm): Condition => ({ is: "gone", alarm, place: { vestibule, door }, detail: null }),
      ),
    );
    if (secure.length < doorNames.length) return ofDoors;
    return [...ofDoors, { is: "gone", alarm: "InterlockViolated", place: { vestibule }, detail: null }];
  });
}

/** Whether it goes on, as far as is known. */
export const isActive = (alarm: AlarmRecord | undefined): boolean =>
  alarm?.phase.startsWith("active") ?? false;

/** Each camera with the faults that are an alarm already. */
export function knownFaults(
  cameras: readonly string[],
  alarms: Pick<AlarmDesk, "find">,
): ReadonlyMap<string, readonly LastingHealth[]> {
  const faults = ["CameraLost", "CameraFrozen", "CameraCovered"] as const;
  const isKnown = (camera: string, fault: LastingHealth): boolean =>
    isActive(alarms.find(alarmIdOf(fault, { camera })));
  return new Map(cameras.map((camera) => [camera, faults.filter((fault) => isKnown(camera, fault))]));
}

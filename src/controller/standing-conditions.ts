import type { AlarmRecord, AlarmType } from "../domain/alarm/alarm.ts";
import type { Condition } from "../domain/alarm/conditions.ts";
import { alarmIdOf } from "../domain/alarm/life-cycle.ts";
import { doorNames, type VestibuleId } from "../domain/names.ts";
import type { VestibuleReport } from "../ports/interlock-link.ts";
import type { AlarmDesk } from "./alarm-desk.ts";
import type { StandingState } from "./standing-state.ts";
import type { LastingHealth } from "./vision-client.ts";

/** None of these is so of a door that is secure (domain.md §1). */
const notWhileSecure = ["DoorForcedOpen", "DoorHeldOpen", "LockFault", "ContactFault"] as const;

/**
 * What must be over as the doors stand. The events that ended it may have been seen by nobody: a process that
 * starts anew does not know what the one before it had found.
 */
export function conditionsOver(
  reports: readonly VestibuleReport[],
  standing: Pick<StandingState, "of">,
): readonly Condition[] {
  return reports.flatMap((report) => [...overAtDoors(report), ...overInside(report, standing)]);
}

function overAtDoors({ vestibule, doors }: VestibuleReport): readonly Condition[] {
  const secure = doorNames.filter((door) => doors[door].secure);
  const ofDoors = secure.flatMap((door) =>
    notWhileSecure.map(
      (alarm): Condition => ({ is: "gone", alarm, place: { vestibule, door }, detail: null }),
    ),
  );
  if (secure.length < doorNames.length) return ofDoors;
  return [...ofDoors, gone("InterlockViolated", vestibule)];
}

/** R12–R15 and the box. What an interlock that has just begun is still to be told of goes on (`StandingState`). */
function overInside(
  { vestibule, condition }: VestibuleReport,
  standing: Pick<StandingState, "of">,
): readonly Condition[] {
  const { emergency, people } = standing.of(vestibule);
  const over: readonly (readonly [AlarmType, boolean])[] = [
    ["EmergencyRelease", !condition.emergency && !emergency],
    ["EmergencyOverride", !condition.overridden],
    // Counted anew after a restart: as long as anybody is inside it may still be the one who was.
    ["PersonDetained", !condition.detained && condition.people === 0 && people === 0],
    ["Tampered", !condition.tampered],
    ["MainsLost", condition.mains],
    ["BatteryLow", condition.battery],
    ["ContactFault", condition.fire !== "fault"],
  ];
  return over.flatMap(([alarm, isOver]) => (isOver ? [gone(alarm, vestibule)] : []));
}

const gone = (alarm: AlarmType, vestibule: VestibuleId): Condition => ({
  is: "gone",
  alarm,
  place: { vestibule },
  detail: null,
});

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

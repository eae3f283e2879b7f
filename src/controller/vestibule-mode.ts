import { type DoorName, doorNames } from "../domain/names.ts";
import type { VestibuleMode } from "../ports/controller-services.ts";
import type { VestibuleCondition, VestibuleReport } from "../ports/interlock-link.ts";

/** R14: by an operator's order or by a switch; of a silent interlock it is not known. */
export const isLockedDown = (condition: VestibuleCondition | undefined): boolean =>
  condition !== undefined && (condition.lockdown.order || condition.lockdown.input);

/** R12, R13: whether a fire or operators hold this door released. */
export function isFreed(report: VestibuleReport | undefined, door: DoorName): boolean {
  if (report === undefined) return false;
  const { condition, doors } = report;
  return (condition.emergency || condition.overridden) && doors[door].lock === "released";
}

/** In the order of R14. An emergency that lockdown stands above releases nothing: then lockdown is what holds. */
export function modeOf(report: VestibuleReport | undefined, degraded: boolean): VestibuleMode {
  if (report === undefined) return "degraded";
  const { condition } = report;
  const lockedDown = isLockedDown(condition);
  const freed = doorNames.some((door) => isFreed(report, door));
  if (condition.emergency && (freed || !lockedDown)) return "emergency";
  if (lockedDown) return "lockdown";
  if (condition.overridden) return "override";
  return degraded ? "degraded" : "normal";
}

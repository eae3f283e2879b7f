import type { OverriddenDoors } from "../../domain/interlock/interlock.ts";
import type { AccessPointName, DoorName, VestibuleId } from "../../domain/names.ts";
import { isObject, request } from "./http.ts";

const path = (vestibule: VestibuleId, action: string): string =>
  `/api/v1/vestibules/${encodeURIComponent(vestibule)}/${action}`;

/** Whether it is on record already: with failed storage it is done all the same, and recorded later. */
export interface Done {
  readonly recorded: boolean;
}

export async function lockDown(vestibule: VestibuleId, reason: string): Promise<Done> {
  return doneOf(await request("POST", path(vestibule, "lockdown"), { reason }));
}

export async function liftLockdown(vestibule: VestibuleId): Promise<Done> {
  return doneOf(await request("DELETE", path(vestibule, "lockdown")));
}

/** Proposes, or joins what another operator has proposed. */
export async function override(
  vestibule: VestibuleId,
  doors: OverriddenDoors,
  reason: string,
): Promise<Done> {
  return doneOf(await request("POST", path(vestibule, "override"), { doors, reason }));
}

export async function resetEmergency(vestibule: VestibuleId, comment: string): Promise<Done> {
  return doneOf(await request("POST", path(vestibule, "reset-emergency"), { comment }));
}

/** Whoever waits at this access point for an operator is let in, or sent away. */
export async function decideRemotely(
  vestibule: VestibuleId,
  door: DoorName,
  accessPoint: AccessPointName,
  granted: boolean,
  reason: string,
): Promise<void> {
  await request("POST", path(vestibule, `doors/${door}/grant`), { accessPoint, deny: !granted, reason });
}

const doneOf = (answer: unknown): Done => ({ recorded: isObject(answer) && answer["recorded"] === true });

import type { OverriddenDoors } from "../../domain/interlock/interlock.ts";
import type { AccessPointName, DoorName, VestibuleId } from "../../domain/names.ts";
import * as client from "./client.ts";

/** Whether it is on record already: with failed storage it is done all the same, and recorded later. */
export interface Done {
  readonly recorded: boolean;
}

export const lockDown = (vestibule: VestibuleId, reason: string): Promise<Done> =>
  client.lockDown({ vestibule }, { reason });

export const liftLockdown = (vestibule: VestibuleId): Promise<Done> => client.liftLockdown({ vestibule });

/** Proposes, or joins what another operator has proposed. */
export const override = (vestibule: VestibuleId, doors: OverriddenDoors, reason: string): Promise<Done> =>
  client.override({ vestibule }, { doors, reason });

export const resetEmergency = (vestibule: VestibuleId, comment: string): Promise<Done> =>
  client.resetEmergency({ vestibule }, { comment });

/** Whoever waits at this access point for an operator is let in, or sent away. */
export async function decideRemotely(
  vestibule: VestibuleId,
  door: DoorName,
  accessPoint: AccessPointName,
  granted: boolean,
  reason: string,
): Promise<void> {
  await client.grant({ vestibule, door }, { accessPoint, deny: !granted, reason });
}

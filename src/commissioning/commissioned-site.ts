import type { AccessPointName, DoorName, VestibuleId } from "../domain/names.ts";
import type { Milliseconds } from "../domain/time.ts";
import type { CommissioningStep } from "../ports/services/commissioning-services.ts";

/** The site as it runs, as far as it is tried. */
export interface CommissionedSite {
  readonly vestibules: readonly CommissionedVestibule[];
  readonly cameras: readonly string[];
  readonly timeZone: string;
  /** Of what each step's tests are about, a hash: what was tried before it changed is to be tried again. */
  readonly basis: Readonly<Record<CommissioningStep, string>>;
}

export interface CommissionedVestibule {
  readonly id: VestibuleId;
  readonly onFire: "both" | "outer" | "none";
  readonly settleTime: Milliseconds;
  readonly doors: Readonly<Record<DoorName, CommissionedDoor>>;
  readonly accessPoints: readonly CommissionedPoint[];
}

export interface CommissionedDoor {
  readonly bolt: boolean;
  readonly releaseTime: Milliseconds;
  readonly boltTime: Milliseconds;
}

export interface CommissionedPoint {
  readonly name: AccessPointName;
  readonly reader: boolean;
  readonly keypad: boolean;
  readonly camera: string | undefined;
}

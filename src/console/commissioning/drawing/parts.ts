import type { AccessPointName, DoorName } from "../../../domain/names.ts";

/** What stands at a door pair, as an installer points at it. */
export type Part =
  | `${DoorName}.${"door" | "lock" | "contact" | "bolt" | "rex"}`
  | `reader.${AccessPointName}`
  | `camera.${AccessPointName}`
  | "cabinet"
  | "fire"
  | "tamper"
  | "lockdown"
  | "power"
  | "buzzer";

export interface Spot {
  readonly x: number;
  readonly y: number;
  /** Of the ring around it. */
  readonly r: number;
}

/** Where each is in the plan, 720 × 400: the public side left, the secure side right. */
export const spots: Readonly<Record<Part, Spot>> = {
  "outer.door": { x: 246, y: 200, r: 62 },
  "outer.lock": { x: 246, y: 250, r: 26 },
  "outer.contact": { x: 246, y: 150, r: 24 },
  "outer.bolt": { x: 246, y: 250, r: 26 },
  "outer.rex": { x: 292, y: 292, r: 24 },
  "inner.door": { x: 474, y: 200, r: 62 },
  "inner.lock": { x: 474, y: 250, r: 26 },
  "inner.contact": { x: 474, y: 150, r: 24 },
  "inner.bolt": { x: 474, y: 250, r: 26 },
  "inner.rex": { x: 520, y: 292, r: 24 },
  "reader.outer-entry": { x: 202, y: 292, r: 24 },
  "reader.outer-exit": { x: 292, y: 108, r: 24 },
  "reader.inner-entry": { x: 430, y: 292, r: 24 },
  "reader.inner-exit": { x: 520, y: 108, r: 24 },
  "camera.outer-entry": { x: 202, y: 60, r: 26 },
  "camera.outer-exit": { x: 292, y: 60, r: 26 },
  "camera.inner-entry": { x: 430, y: 60, r: 26 },
  "camera.inner-exit": { x: 520, y: 60, r: 26 },
  cabinet: { x: 656, y: 128, r: 56 },
  fire: { x: 656, y: 244, r: 30 },
  tamper: { x: 656, y: 128, r: 56 },
  lockdown: { x: 656, y: 316, r: 28 },
  power: { x: 656, y: 128, r: 56 },
  buzzer: { x: 656, y: 128, r: 56 },
};

/** The public side's door is `outer`, the secure side's `inner`. */
export type DoorName = "outer" | "inner";
export const doorNames = ["outer", "inner"] as const;
export const opposite = (door: DoorName): DoorName => (door === "outer" ? "inner" : "outer");

/** One door in one direction. */
export type AccessPointName = "outer-entry" | "inner-entry" | "inner-exit" | "outer-exit";
export const accessPointNames = ["outer-entry", "inner-entry", "inner-exit", "outer-exit"] as const;

/** The door an access point leads through. */
export const doorOf = (accessPoint: AccessPointName): DoorName =>
  accessPoint === "outer-entry" || accessPoint === "outer-exit" ? "outer" : "inner";

/** The access point of whoever leaves through a door. */
export const exitThrough = (door: DoorName): AccessPointName =>
  door === "inner" ? "inner-exit" : "outer-exit";

/** Whether a passage there leads into the vestibule; otherwise it leads out of it. */
export const entersVestibule = (accessPoint: AccessPointName): boolean =>
  accessPoint === "outer-entry" || accessPoint === "inner-exit";

/** Whether it leads towards the secure area. */
export const leadsInwards = (accessPoint: AccessPointName): boolean =>
  accessPoint === "outer-entry" || accessPoint === "inner-entry";

/** Identifies one door pair of the site: lower-case letters, digits and hyphens, e.g. `v1`. */
export type VestibuleId = string;

/** An access point of one vestibule. */
export interface AccessPointRef {
  readonly vestibule: VestibuleId;
  readonly accessPoint: AccessPointName;
}

export type Contact = "open" | "closed" | "fault";
export type Bolt = "thrown" | "retracted" | "fault" | "unfitted";
/** The fire panel's contact or a break-glass (R12). */
export type FireInput = "active" | "inactive" | "fault";
export type Lock = "secured" | "released";
/** `fail-secure`: power releases it. `fail-safe`: power secures it. */
export type LockKind = "fail-secure" | "fail-safe";

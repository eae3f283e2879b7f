import type { Milliseconds } from "../../domain/time.ts";

/** What one device may cost us, whatever it answers (T21). */
export interface DeviceLimits {
  /** For one request and its whole answer, however it drips. */
  readonly deadline: Milliseconds;
  /** Of a request that the device may hold open until something happens. */
  readonly pullDeadline: Milliseconds;
  /** From one request for messages to the next: a device that answers at once would be asked without end. */
  readonly pullInterval: Milliseconds;
  /** Bytes of one answer; a camera's longest, its profiles, is about 100 kB. */
  readonly body: number;
  /** Bytes of one snapshot. */
  readonly picture: number;
  readonly depth: number;
  readonly elements: number;
  readonly attributes: number;
}

export const deviceLimits: DeviceLimits = {
  deadline: 6_000,
  // The device may take a minute for its answer to PullMessages.
  pullDeadline: 75_000,
  pullInterval: 300,
  body: 1_000_000,
  picture: 8_000_000,
  depth: 40,
  elements: 20_000,
  attributes: 32,
};

/** Entries of a list of the device's that anybody looks at. */
export const mostProfiles = 32;
export const mostPresets = 256;
export const mostMessages = 64;
/** Characters of a text of the device's that is shown or recorded. */
export const longestText = 128;

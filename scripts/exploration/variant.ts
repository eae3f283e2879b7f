import type { InterlockPolicy } from "../../src/domain/interlock/interlock.ts";
import type { Milliseconds } from "../../src/domain/time.ts";

/** Later than anything that happens in an exploration: the timer is not part of the variant. */
export const never: Milliseconds = 1_000_000_000;

/** What the environment of a variant may do besides moving doors, asking for releases and being late. */
export interface Freedom {
  /** Contacts that read neither open nor closed. */
  readonly contactFaults?: boolean;
  /** Bolt sensors that read nonsense. */
  readonly boltFaults?: boolean;
  /** Lines that do not switch, and switch again. */
  readonly lineFaults?: boolean;
  /** The controller goes, falls silent, comes back, sends old, future and senseless heartbeats. */
  readonly controller?: boolean;
  /** Requests that are stale, without a number for an expiry, or repeated. */
  readonly oddRequests?: boolean;
  /** Releases are taken back (A8), those that stand and those that are over. */
  readonly withdrawals?: boolean;
  readonly fire?: boolean;
  readonly lockdown?: "order" | "both";
  readonly override?: "one" | "all";
  /** Up to this many people come in between the doors. */
  readonly people?: number;
  /** They come and go two at a time, too. */
  readonly pairs?: boolean;
  /** Tamper, mains and battery. */
  readonly boxInputs?: boolean;
  /** Every input also arrives after deadlines that nobody woke the rules for, not only a late timer. */
  readonly lateInputs?: boolean;
  /** Edges are reported up to this many steps after they happened. */
  readonly heldUpEdges?: number;
}

export interface Variant {
  readonly name: string;
  readonly policy: InterlockPolicy;
  readonly freedom: Freedom;
  /** The grid: every input comes at a multiple of it. All times of the policy are multiples, too. */
  readonly step: Milliseconds;
  /** Part of the short run that the tests do. */
  readonly short: boolean;
}

import type { Milliseconds } from "../../domain/time.ts";
import type { Clock } from "../../ports/clock.ts";
import { AttemptThrottle } from "./attempt-throttle.ts";

const minute: Milliseconds = 60_000;

/**
 * Delays by account and by address. An account's wait is short enough that nobody can keep the only
 * administrator out for long by guessing at the name; an address that keeps guessing waits longer.
 */
export class LoginThrottle {
  readonly #accounts: AttemptThrottle;
  readonly #addresses: AttemptThrottle;

  constructor(clock: Clock) {
    const remembered = { firstDelay: 1000, forgetAfter: 15 * minute, keys: 10_000 } as const;
    this.#accounts = new AttemptThrottle(clock, { ...remembered, free: 5, longestDelay: minute });
    this.#addresses = new AttemptThrottle(clock, { ...remembered, free: 20, longestDelay: 5 * minute });
  }

  waitFor(username: string, address: string): Milliseconds {
    return Math.max(this.#accounts.waitFor(account(username)), this.#addresses.waitFor(network(address)));
  }

  /** True where the account has just been locked for a first while. */
  began(username: string, address: string): boolean {
    this.#addresses.began(network(address));
    return this.#accounts.began(account(username));
  }

  succeeded(username: string, address: string): void {
    this.#accounts.succeeded(account(username));
    // Only this attempt: a guesser with an account of their own does not clear the others.
    this.#addresses.undo(network(address));
  }

  /** Nothing was checked. */
  abandoned(username: string, address: string): void {
    this.#accounts.undo(account(username));
    this.#addresses.undo(network(address));
  }

  noteRefusal(username: string, address: string): boolean {
    const key = account(username);
    return this.#accounts.waitFor(key) > 0
      ? this.#accounts.noteRefusal(key)
      : this.#addresses.noteRefusal(network(address));
  }
}

const account = (username: string): string => username.toLowerCase();

/** A host owns a whole /64 of IPv6: counting single addresses would count nothing. */
function network(address: string): string {
  if (!address.includes(":") || address.startsWith("::ffff:")) return address;
  return address.split(":").slice(0, 4).join(":");
}

import { createHash, randomBytes, randomInt, randomUUID } from "node:crypto";
import type { AccessPointRef } from "../../domain/names.ts";
import { after, type Instant, type Milliseconds, since, wallTime } from "../../domain/time.ts";
import type { Clock } from "../../ports/clock.ts";
import type { DisplayStore, PairedDisplay } from "../../ports/paired-displays.ts";
import { AttemptThrottle } from "./attempt-throttle.ts";

/** What a code is good for. */
const pairingTime: Milliseconds = 10 * 60_000;
/** Screens that wait to be paired; a site has at most 32 access points. */
const mostWaiting = 64;
export const mostDisplays = 64;
/** The store need not hear of every request. */
const touchInterval: Milliseconds = 60_000;

/** Read from a screen and typed by hand: nothing in it is mistaken for something else. */
const alphabet = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";
const codeLength = 8;

const secretForm = /^[A-Za-z0-9_-]{43}$/;

export interface Pairing {
  readonly code: string;
  readonly until: Instant;
}

export type PairingOutcome =
  /** `secret`: undefined where the browser has it already. */
  | { readonly is: "waiting"; readonly pairing: Pairing; readonly secret: string | undefined }
  | { readonly is: "refused"; readonly wait: Milliseconds };

/**
 * How screens at the doors sign in. Each has a secret of its own making here, in a cookie no script can read; it is worth
 * nothing until an operator with the right has typed the code that the screen shows. The store has the secret's hash.
 */
export class DisplaySignIn {
  readonly #store: DisplayStore;
  readonly #clock: Pick<Clock, "now" | "wall">;
  readonly #throttle: AttemptThrottle;
  /** By the hash of their secrets, the oldest first. */
  readonly #waiting = new Map<string, Pairing>();

  constructor(store: DisplayStore, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
    // A screen asks six times an hour; a branch's screens may all stand behind one address.
    this.#throttle = new AttemptThrottle(clock, {
      ...{ free: 40, firstDelay: 1_000, longestDelay: 60_000 },
      ...{ forgetAfter: 10 * 60_000, keys: 1_000 },
    });
  }

  /** A code for the screen that asks; the one it has while that is good. */
  begin(presented: string | undefined, address: string): PairingOutcome {
    this.#forgetOld();
    const hash = hashIfSecret(presented);
    const known = hash === undefined ? undefined : this.#waiting.get(hash);
    if (known !== undefined) return { is: "waiting", pairing: known, secret: undefined };
    const wait = this.#throttle.waitFor(address);
    if (wait > 0) return { is: "refused", wait };
    this.#throttle.began(address);
    if (this.#waiting.size >= mostWaiting) return { is: "refused", wait: this.#nextFree() };
    const secret = randomBytes(32).toString("base64url");
    const pairing = { code: this.#newCode(), until: after(this.#clock.now(), pairingTime) };
    this.#waiting.set(hashOf(secret), pairing);
    return { is: "waiting", pairing, secret };
  }

  /** The screen that shows `code`, if one does. */
  waiting(code: string): string | undefined {
    this.#forgetOld();
    return [...this.#waiting].find(([, pairing]) => pairing.code === code)?.[0];
  }

  /** Whoever holds the secret of that hash shows `where` from now on. */
  pair(secretHash: string, where: AccessPointRef, name: string, operator: string): PairedDisplay {
    const pairedAt = wallTime(this.#clock.wall());
    const { vestibule, accessPoint } = where;
    const display = { id: randomUUID(), name, vestibule, accessPoint, pairedBy: operator, pairedAt };
    this.#store.add(secretHash, { ...display, lastSeenAt: null });
    this.#waiting.delete(secretHash);
    return { ...display, lastSeenAt: null };
  }

  /** The display of `secret`, as used now; undefined where it is none, or no longer. */
  use(secret: string | undefined): PairedDisplay | undefined {
    const hash = hashIfSecret(secret);
    const display = hash === undefined ? undefined : this.#store.find(hash);
    if (display !== undefined) this.seen(display);
    return display;
  }

  /** The display as it is now: renamed, say; undefined once it is unpaired. */
  seen({ id }: PairedDisplay): PairedDisplay | undefined {
    const display = this.#store.list().find((one) => one.id === id);
    const now = this.#clock.wall();
    if (display !== undefined && Math.abs(now - (display.lastSeenAt ?? 0)) >= touchInterval)
      this.#store.touch(id, wallTime(now));
    return display;
  }

  #newCode(): string {
    const code = Array.from({ length: codeLength }, () => alphabet[randomInt(alphabet.length)]).join("");
    return [...this.#waiting.values()].some((pairing) => pairing.code === code) ? this.#newCode() : code;
  }

  #forgetOld(): void {
    const now = this.#clock.now();
    for (const [hash, { until }] of this.#waiting) if (until <= now) this.#waiting.delete(hash);
  }

  #nextFree(): Milliseconds {
    const [oldest] = this.#waiting.values();
    return oldest === undefined ? 0 : since(this.#clock.now(), oldest.until);
  }
}

const hashIfSecret = (secret: string | undefined): string | undefined =>
  secret !== undefined && secretForm.test(secret) ? hashOf(secret) : undefined;

const hashOf = (secret: string): string => createHash("sha256").update(secret).digest("hex");

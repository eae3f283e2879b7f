import { createHash, randomBytes, randomInt, randomUUID } from "node:crypto";
import { after, type Instant, type Milliseconds, since, wallTime } from "../../domain/time.ts";
import type { Clock } from "../../ports/clock.ts";
import type { PairedScreen, ScreenStore } from "../../ports/paired-screens.ts";
import { AttemptThrottle } from "./attempt-throttle.ts";

/** What a code is good for. */
const pairingTime: Milliseconds = 10 * 60_000;
/** Screens that wait to be paired; a site has at most 32 access points. */
const mostWaiting = 64;
/** Of each kind. */
export const mostScreens = 64;
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

/** Who says that a screen belongs here, and what it is called. */
export interface Pairer {
  readonly name: string;
  readonly operator: string;
}

export type PairingOutcome =
  /** `secret`: undefined where the browser has it already. */
  | { readonly is: "waiting"; readonly pairing: Pairing; readonly secret: string | undefined }
  | { readonly is: "refused"; readonly wait: Milliseconds };

/**
 * How screens sign in at which nobody types: those at the doors, and those that watch. Each has a secret of its own made
 * here, in a cookie no script can read; it is worth nothing until an operator with the right has typed the code that the
 * screen shows. The store has the secret's hash.
 */
export class ScreenSignIn<Screen extends PairedScreen> {
  readonly #store: ScreenStore<Screen>;
  readonly #clock: Pick<Clock, "now" | "wall">;
  readonly #throttle: AttemptThrottle;
  /** By the hash of their secrets, the oldest first. */
  readonly #waiting = new Map<string, Pairing>();

  constructor(store: ScreenStore<Screen>, clock: Clock) {
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

  /** Whoever holds the secret of that hash is that screen from now on. */
  pair(secretHash: string, { name, operator }: Pairer, screenOf: (paired: PairedScreen) => Screen): Screen {
    const pairedAt = wallTime(this.#clock.wall());
    const screen = screenOf({ id: randomUUID(), name, pairedBy: operator, pairedAt, lastSeenAt: null });
    this.#store.add(secretHash, screen);
    this.#waiting.delete(secretHash);
    return screen;
  }

  /** The screen of `secret`, as used now; undefined where it is none, or no longer. */
  use(secret: string | undefined): Screen | undefined {
    const screen = this.look(secret);
    if (screen !== undefined) this.seen(screen);
    return screen;
  }

  /** The screen of `secret`, whether or not it then gets an answer. */
  look(secret: string | undefined): Screen | undefined {
    const hash = hashIfSecret(secret);
    return hash === undefined ? undefined : this.#store.find(hash);
  }

  /** The screen as it is now: renamed, say; undefined once it is unpaired. */
  seen({ id }: Pick<PairedScreen, "id">): Screen | undefined {
    const screen = this.#store.list().find((one) => one.id === id);
    const now = this.#clock.wall();
    if (screen !== undefined && Math.abs(now - (screen.lastSeenAt ?? 0)) >= touchInterval)
      this.#store.touch(id, wallTime(now));
    return screen;
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

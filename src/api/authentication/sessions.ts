import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { FastifyBaseLogger } from "fastify";
import {
  type Instant,
  instant,
  type Milliseconds,
  since,
  type WallTime,
  wallTime,
} from "../../domain/time.ts";
import type { Clock } from "../../ports/clock.ts";
import type { OperatorStore } from "../../ports/operators.ts";

export const idleLimit: Milliseconds = 15 * 60_000;
export const absoluteLimit: Milliseconds = 12 * 60 * 60_000;

/** The store need not hear of every request: a restart may cost this much of the idle time. */
const touchInterval: Milliseconds = 60_000;
/** A session "from the future" by more than this was stored under another clock. */
const clockTolerance: Milliseconds = 60_000;
const agesKept = 4096;

const idForm = /^[A-Za-z0-9_-]{43}$/;

/** What a site may set. */
export interface SessionLimits {
  readonly idle: Milliseconds;
  readonly absolute: Milliseconds;
}

const presetSessionLimits: SessionLimits = { idle: idleLimit, absolute: absoluteLimit };

/** One session as it is listed: by a name of its own that opens nothing. */
export interface SessionView {
  readonly id: string;
  readonly username: string;
  readonly address: string;
  readonly openedAt: WallTime;
  readonly lastSeenAt: WallTime;
}

/** A session that is in force. */
export interface ActiveSession {
  readonly idHash: string;
  readonly username: string;
  /** To be sent back in `X-Vestibule-CSRF`; bound to the session's id. */
  readonly csrfToken: string;
}

interface Age {
  readonly startedAt: Instant;
  seenAt: Instant;
  writtenAt: Instant;
}

/**
 * Operators' sessions: 256 random bits in a cookie, only their hash in the store. Limits run on the
 * monotonic clock (A9); the wall clock counts only for sessions of before this process.
 */
export class Sessions {
  readonly #operators: OperatorStore;
  readonly #clock: Clock;
  readonly #log: FastifyBaseLogger;
  readonly #limits: SessionLimits;
  readonly #ages = new Map<string, Age>();

  constructor(
    operators: OperatorStore,
    clock: Clock,
    log: FastifyBaseLogger,
    limits: SessionLimits = presetSessionLimits,
  ) {
    this.#limits = limits;
    this.#operators = operators;
    this.#clock = clock;
    this.#log = log;
  }

  /** Opens a session and returns its id, which is nowhere kept. */
  open(username: string, address: string): { readonly id: string; readonly session: ActiveSession } {
    const id = randomBytes(32).toString("base64url");
    const idHash = hashOf(id);
    const wall = this.#clock.wall();
    const now = this.#clock.now();
    this.#operators.sessions.removeOlderThan(wallTime(wall - this.#limits.absolute));
    this.#operators.sessions.put(idHash, { username, address, createdAt: wall, lastSeenAt: wall });
    this.#remember(idHash, { startedAt: now, seenAt: now, writtenAt: now });
    return { id, session: { idHash, username, csrfToken: csrfTokenOf(id) } };
  }

  /** The session of `id`, as used now. */
  use(id: string): ActiveSession | undefined {
    const session = this.look(id);
    if (session !== undefined) this.#touch(session.idHash);
    return session;
  }

  /** The session of `id`, which grows older all the same. */
  look(id: string): ActiveSession | undefined {
    if (!idForm.test(id)) return undefined;
    const idHash = hashOf(id);
    const session = this.#valid(idHash);
    if (session === undefined) return undefined;
    return { idHash, username: session.username, csrfToken: csrfTokenOf(id) };
  }

  /** Whether it is still in force; asking does not prolong it. */
  isValid(idHash: string): boolean {
    return this.#valid(idHash) !== undefined;
  }

  /** Those in force. */
  list(): readonly SessionView[] {
    return this.#operators.sessions
      .list()
      .filter(({ idHash }) => this.isValid(idHash))
      .map(({ idHash, username, address, createdAt, lastSeenAt }) => ({
        id: listedId(idHash),
        username,
        address,
        openedAt: createdAt,
        lastSeenAt,
      }));
  }

  /** Whose session it was that `id` of the list named, which is over now. */
  revokeListed(id: string, mayEnd: (username: string) => boolean): string | undefined {
    const found = this.#operators.sessions.list().find(({ idHash }) => listedId(idHash) === id);
    if (found === undefined || !mayEnd(found.username)) return undefined;
    this.revoke(found.idHash);
    return found.username;
  }

  revoke(idHash: string): void {
    this.#ages.delete(idHash);
    this.#operators.sessions.remove(idHash);
  }

  revokeAllOf(username: string): void {
    this.#operators.sessions.removeAllOf(username);
  }

  #valid(idHash: string): { readonly username: string } | undefined {
    const stored = this.#operators.sessions.get(idHash);
    if (stored === undefined) {
      this.#ages.delete(idHash);
      return undefined;
    }
    const age = this.#ages.get(idHash) ?? this.#adopt(idHash, stored.createdAt, stored.lastSeenAt);
    const now = this.#clock.now();
    if (
      age !== undefined &&
      since(age.startedAt, now) < this.#limits.absolute &&
      since(age.seenAt, now) < this.#limits.idle
    ) {
      return stored;
    }
    this.revoke(idHash);
    return undefined;
  }

  /** A session stored by an earlier process: its age by the wall clock. */
  #adopt(idHash: string, createdAt: WallTime, lastSeenAt: WallTime): Age | undefined {
    const wall = this.#clock.wall();
    if (Math.max(createdAt, lastSeenAt) > wall + clockTolerance) return undefined;
    const now = this.#clock.now();
    const seenAt = instant(now - (wall - lastSeenAt));
    return this.#remember(idHash, {
      startedAt: instant(now - (wall - createdAt)),
      seenAt,
      writtenAt: seenAt,
    });
  }

  #touch(idHash: string): void {
    const age = this.#ages.get(idHash);
    if (age === undefined) return;
    age.seenAt = this.#clock.now();
    if (since(age.writtenAt, age.seenAt) < touchInterval) return;
    age.writtenAt = age.seenAt;
    try {
      this.#operators.sessions.touch(idHash, this.#clock.wall());
    } catch (error) {
      // A full disk must not take the operators' view away: here the age is kept all the same.
      this.#log.warn({ err: error }, "a session's last use could not be stored");
    }
  }

  #remember(idHash: string, age: Age): Age {
    this.#ages.set(idHash, age);
    if (this.#ages.size > agesKept) {
      const [oldest] = this.#ages.keys(); // adopted again from the store if it comes back
      if (oldest !== undefined) this.#ages.delete(oldest);
    }
    return age;
  }
}

const hashOf = (id: string): string => createHash("sha256").update(id).digest("hex");

/** Enough to tell sessions apart, too little to look one up by. */
export const listedId = (idHash: string): string => idHash.slice(0, 16);

const csrfTokenOf = (id: string): string => createHmac("sha256", id).update("csrf").digest("base64url");

export function sameToken(given: string, expected: string): boolean {
  const left = Buffer.from(given);
  const right = Buffer.from(expected);
  return left.length === right.length && timingSafeEqual(left, right);
}

import type { WallTime } from "../domain/time.ts";

export interface Operator {
  readonly username: string;
  readonly role: "administrator";
  /** A one-time password must be changed before anything else is allowed. */
  readonly mustChangePassword: boolean;
  readonly createdAt: WallTime;
}

/** Accounts and sessions. Passwords are kept as argon2id hashes; session ids as SHA-256. */
export interface OperatorStore {
  count(): number;
  /** By name. */
  list(): readonly Operator[];
  find(username: string): (Operator & { readonly passwordHash: string }) | undefined;
  add(operator: {
    readonly username: string;
    readonly passwordHash: string;
    readonly mustChangePassword: boolean;
  }): void;
  setPassword(username: string, passwordHash: string, mustChangePassword: boolean): void;
  sessions: SessionStore;
}

export interface StoredSession {
  readonly username: string;
  readonly createdAt: WallTime;
  readonly lastSeenAt: WallTime;
}

export interface SessionStore {
  put(idHash: string, session: StoredSession): void;
  get(idHash: string): StoredSession | undefined;
  touch(idHash: string, lastSeenAt: WallTime): void;
  remove(idHash: string): void;
  removeAllOf(username: string, exceptIdHash?: string): void;
  removeOlderThan(lastSeenAt: WallTime): void;
}

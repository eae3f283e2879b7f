import { type WallTime, wallTime } from "../../src/domain/time.ts";
import type { Operator, OperatorStore, SessionStore, StoredSession } from "../../src/ports/operators.ts";

/** Accounts and sessions that end with the test. */
export class MemoryOperators implements OperatorStore {
  readonly #accounts = new Map<string, Operator & { readonly passwordHash: string }>();
  readonly sessions = new MemorySessions();

  count(): number {
    return this.#accounts.size;
  }

  list(): readonly Operator[] {
    return [...this.#accounts.values()]
      .map(({ passwordHash: _kept, ...account }) => account)
      .sort((a, b) => (a.username < b.username ? -1 : 1));
  }

  find(username: string): (Operator & { readonly passwordHash: string }) | undefined {
    return this.#accounts.get(username);
  }

  add(operator: {
    readonly username: string;
    readonly passwordHash: string;
    readonly mustChangePassword: boolean;
  }): void {
    if (this.#accounts.has(operator.username)) throw new Error(`operator ${operator.username} exists`);
    this.#accounts.set(operator.username, { ...operator, role: "administrator", createdAt: wallTime(0) });
  }

  setPassword(username: string, passwordHash: string, mustChangePassword: boolean): void {
    const account = this.#accounts.get(username);
    if (account === undefined) throw new Error(`no operator ${username}`);
    this.#accounts.set(username, { ...account, passwordHash, mustChangePassword });
  }
}

export class MemorySessions implements SessionStore {
  readonly stored = new Map<string, StoredSession>();

  put(idHash: string, session: StoredSession): void {
    this.stored.set(idHash, session);
  }

  get(idHash: string): StoredSession | undefined {
    return this.stored.get(idHash);
  }

  touch(idHash: string, lastSeenAt: WallTime): void {
    const session = this.stored.get(idHash);
    if (session !== undefined) this.stored.set(idHash, { ...session, lastSeenAt });
  }

  remove(idHash: string): void {
    this.stored.delete(idHash);
  }

  removeAllOf(username: string, exceptIdHash?: string): void {
    for (const [idHash, session] of this.stored) {
      if (session.username === username && idHash !== exceptIdHash) this.stored.delete(idHash);
    }
  }

  removeOlderThan(lastSeenAt: WallTime): void {
    for (const [idHash, session] of this.stored) {
      if (session.lastSeenAt < lastSeenAt) this.stored.delete(idHash);
    }
  }
}

import { type WallTime, wallTime } from "../../src/domain/time.ts";
import type {
  Operator,
  OperatorStore,
  Passkey,
  PasskeyStore,
  SecondFactor,
  SecondFactorStore,
  SessionStore,
  StoredSession,
  Token,
  TokenStore,
} from "../../src/ports/operators.ts";

type Account = Operator & { readonly passwordHash: string };

/** Accounts and sessions that end with the test. */
export class MemoryOperators implements OperatorStore {
  readonly #accounts = new Map<string, Account>();
  readonly sessions = new MemorySessions();
  readonly secondFactors = new MemorySecondFactors();
  readonly passkeys = new MemoryPasskeys();
  readonly tokens = new MemoryTokens();

  count(): number {
    return this.#accounts.size;
  }

  list(): readonly Operator[] {
    return [...this.#accounts.values()]
      .map(({ passwordHash: _kept, ...account }) => account)
      .sort((a, b) => (a.username < b.username ? -1 : 1));
  }

  find(username: string): Account | undefined {
    return this.#accounts.get(username);
  }

  add(operator: Parameters<OperatorStore["add"]>[0]): void {
    if (this.#accounts.has(operator.username)) throw new Error(`operator ${operator.username} exists`);
    const preset = { role: "administrator", disabled: false, createdAt: wallTime(0) } as const;
    this.#accounts.set(operator.username, { ...preset, ...operator });
  }

  setPassword(username: string, passwordHash: string, mustChangePassword: boolean): void {
    this.#accounts.set(username, { ...this.#existing(username), passwordHash, mustChangePassword });
  }

  change(username: string, change: Parameters<OperatorStore["change"]>[1]): void {
    this.#accounts.set(username, { ...this.#existing(username), ...change });
  }

  remove(username: string): void {
    this.#existing(username);
    this.#accounts.delete(username);
    this.sessions.removeAllOf(username);
    this.secondFactors.remove(username);
    for (const { id } of this.passkeys.of(username)) this.passkeys.remove(id);
    for (const { id, maker } of this.tokens.list()) if (maker === username) this.tokens.remove(id);
  }

  resealing() {
    return { all: 0, next: () => ({ looked: 0, resealed: 0 }) };
  }

  #existing(username: string): Account {
    const account = this.#accounts.get(username);
    if (account === undefined) throw new RangeError(`no operator ${username}`);
    return account;
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

  list(): readonly (StoredSession & { readonly idHash: string })[] {
    return [...this.stored].map(([idHash, session]) => ({ idHash, ...session }));
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

class MemorySecondFactors implements SecondFactorStore {
  readonly #factors = new Map<string, SecondFactor>();
  readonly #codes = new Map<string, Set<string>>();

  get(username: string): SecondFactor | undefined {
    return this.#factors.get(username);
  }

  put(username: string, factor: SecondFactor): void {
    this.#factors.set(username, factor);
  }

  remove(username: string): void {
    this.#factors.delete(username);
    this.#codes.delete(username);
  }

  setRecoveryCodes(username: string, hashes: readonly string[]): void {
    this.#codes.set(username, new Set(hashes));
  }

  takeRecoveryCode(username: string, hash: string): boolean {
    return this.#codes.get(username)?.delete(hash) ?? false;
  }

  recoveryCodesLeft(username: string): number {
    return this.#codes.get(username)?.size ?? 0;
  }
}

class MemoryPasskeys implements PasskeyStore {
  readonly #passkeys = new Map<string, Passkey>();

  get(id: string): Passkey | undefined {
    return this.#passkeys.get(id);
  }

  of(username: string): readonly Passkey[] {
    return [...this.#passkeys.values()].filter((passkey) => passkey.username === username);
  }

  add(passkey: Passkey): void {
    this.#passkeys.set(passkey.id, passkey);
  }

  used(id: string, counter: number): void {
    const passkey = this.#passkeys.get(id);
    if (passkey !== undefined) this.#passkeys.set(id, { ...passkey, counter });
  }

  remove(id: string): void {
    this.#passkeys.delete(id);
  }
}

class MemoryTokens implements TokenStore {
  readonly stored = new Map<string, Token>();

  list(): readonly Token[] {
    return [...this.stored.values()];
  }

  add(secretHash: string, token: Token): void {
    this.stored.set(secretHash, token);
  }

  find(secretHash: string): Token | undefined {
    return this.stored.get(secretHash);
  }

  touch(id: string, lastUsedAt: WallTime): void {
    for (const [hash, token] of this.stored)
      if (token.id === id) this.stored.set(hash, { ...token, lastUsedAt });
  }

  remove(id: string): void {
    for (const [hash, token] of this.stored) if (token.id === id) this.stored.delete(hash);
  }
}

import type { Right, Role } from "../domain/operator/rights.ts";
import type { WallTime } from "../domain/time.ts";
import type { Resealing } from "./cipher.ts";

export interface Operator {
  readonly username: string;
  readonly role: Role;
  /** A one-time password must be changed before anything else is allowed. */
  readonly mustChangePassword: boolean;
  /** May not log in; the name stays taken, so that records stay clear. */
  readonly disabled: boolean;
  readonly createdAt: WallTime;
}

/** Accounts and sessions. Passwords are kept as argon2id hashes; session ids and tokens as SHA-256. */
export interface OperatorStore {
  count(): number;
  /** By name. */
  list(): readonly Operator[];
  find(username: string): (Operator & { readonly passwordHash: string }) | undefined;
  /** `role`: administrator where it is not given. */
  add(operator: {
    readonly username: string;
    readonly passwordHash: string;
    readonly mustChangePassword: boolean;
    readonly role?: Role;
  }): void;
  setPassword(username: string, passwordHash: string, mustChangePassword: boolean): void;
  change(username: string, change: { readonly role?: Role; readonly disabled?: boolean }): void;
  /** With sessions, second factor, passkeys and tokens. */
  remove(username: string): void;
  readonly sessions: SessionStore;
  readonly secondFactors: SecondFactorStore;
  readonly passkeys: PasskeyStore;
  readonly tokens: TokenStore;
  /** For a change of the site's key: what is sealed here. */
  resealing(): Resealing;
}

export interface StoredSession {
  readonly username: string;
  /** Where it was opened from. */
  readonly address: string;
  readonly createdAt: WallTime;
  readonly lastSeenAt: WallTime;
}

export interface SessionStore {
  put(idHash: string, session: StoredSession): void;
  get(idHash: string): StoredSession | undefined;
  list(): readonly (StoredSession & { readonly idHash: string })[];
  touch(idHash: string, lastSeenAt: WallTime): void;
  remove(idHash: string): void;
  removeAllOf(username: string, exceptIdHash?: string): void;
  removeOlderThan(lastSeenAt: WallTime): void;
}

/** The secret of an authenticator app, sealed at rest. */
export interface SecondFactor {
  readonly secret: Uint8Array;
  /** Not asked for before a first code was right. */
  readonly confirmed: boolean;
  /** Of the last code taken: none at or before it is taken again. */
  readonly lastStep: number;
}

export interface SecondFactorStore {
  get(username: string): SecondFactor | undefined;
  put(username: string, factor: SecondFactor): void;
  remove(username: string): void;
  setRecoveryCodes(username: string, hashes: readonly string[]): void;
  /** True once. */
  takeRecoveryCode(username: string, hash: string): boolean;
  recoveryCodesLeft(username: string): number;
}

export interface Passkey {
  /** The credential's id, base64url. */
  readonly id: string;
  readonly username: string;
  readonly name: string;
  readonly publicKey: Uint8Array<ArrayBuffer>;
  /** As the authenticator counted last; one that goes back was copied. */
  readonly counter: number;
  readonly transports: readonly string[];
  readonly createdAt: WallTime;
}

export interface PasskeyStore {
  get(id: string): Passkey | undefined;
  of(username: string): readonly Passkey[];
  add(passkey: Passkey): void;
  used(id: string, counter: number): void;
  remove(id: string): void;
}

/** What a program signs in with. */
export interface Token {
  readonly id: string;
  /** In records as `token:NAME`. */
  readonly name: string;
  readonly rights: readonly Right[];
  readonly maker: string;
  readonly createdAt: WallTime;
  readonly expiresAt: WallTime;
  readonly lastUsedAt: WallTime | null;
}

export interface TokenStore {
  list(): readonly Token[];
  add(secretHash: string, token: Token): void;
  find(secretHash: string): Token | undefined;
  touch(id: string, lastUsedAt: WallTime): void;
  remove(id: string): void;
}

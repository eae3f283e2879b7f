import { createHash, randomBytes, randomUUID } from "node:crypto";
import { hasRight, mayBeLent, type Right } from "../../domain/operator/rights.ts";
import { type Milliseconds, type WallTime, wallTime } from "../../domain/time.ts";
import type { Clock } from "../../ports/clock.ts";
import type { OperatorStore, Token } from "../../ports/operators.ts";

/** The store need not hear of every request. */
const touchInterval: Milliseconds = 60_000;

/** Told from other secrets at sight, by people and by programs that look for leaked ones. */
const secretForm = /^vst_[A-Za-z0-9_-]{43}$/;

/** What programs sign in with: 256 random bits, shown once; the store has the hash. */
export class Tokens {
  readonly #operators: OperatorStore;
  readonly #clock: Pick<Clock, "wall">;

  constructor(operators: OperatorStore, clock: Pick<Clock, "wall">) {
    this.#operators = operators;
    this.#clock = clock;
  }

  make(
    name: string,
    rights: readonly Right[],
    maker: string,
    expiresAt: WallTime,
  ): { readonly secret: string; readonly token: Token } {
    const secret = `vst_${randomBytes(32).toString("base64url")}`;
    const createdAt = wallTime(this.#clock.wall());
    const token = { id: randomUUID(), name, rights, maker, createdAt, expiresAt, lastUsedAt: null };
    this.#operators.tokens.add(hashOf(secret), token);
    return { secret, token };
  }

  /** The token of `secret`, as used now; undefined where it is none, or no longer. */
  use(secret: string): Token | undefined {
    if (!secretForm.test(secret)) return undefined;
    const token = this.#operators.tokens.find(hashOf(secret));
    if (token === undefined || !this.isInForce(token)) return undefined;
    const now = this.#clock.wall();
    if (now - (token.lastUsedAt ?? 0) >= touchInterval) this.#operators.tokens.touch(token.id, now);
    return token;
  }

  isInForce(token: Token): boolean {
    const stands = this.#operators.tokens.list().some(({ id }) => id === token.id);
    return stands && token.expiresAt > this.#clock.wall() && this.rightsOf(token).length > 0;
  }

  /** Never more than its maker has now: whoever loses a right takes it from their tokens as well. */
  rightsOf(token: Token): readonly Right[] {
    const maker = this.#operators.find(token.maker);
    if (maker === undefined || maker.disabled) return [];
    return token.rights.filter((right) => mayBeLent(right) && hasRight(maker.role, right));
  }
}

const hashOf = (secret: string): string => createHash("sha256").update(secret).digest("hex");

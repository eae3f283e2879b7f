import { randomBytes } from "node:crypto";
import { hashPassword, verifyPassword } from "./password-hash.ts";

/** Thrown when more checks wait than are worth waiting for. */
export class TooManyChecks extends Error {
  override readonly name = "TooManyChecks";
}

/**
 * Hashes passwords one at a time, with a short line behind it: a flood of logins costs one thread and
 * 19 MiB, whatever its size, and the loop that decides about doors never waits for it (T4).
 */
export class PasswordChecks {
  readonly #longestLine: number;
  #inLine = 0;
  #last: Promise<unknown> = Promise.resolve();
  #decoy: Promise<string> | undefined;

  constructor(longestLine = 16) {
    this.#longestLine = longestLine;
  }

  hash(password: string): Promise<string> {
    return this.#enqueue(() => hashPassword(password));
  }

  /** Without a stored hash, works as long on a decoy and answers no: a name's existence cannot be timed. */
  verify(password: string, stored: string | undefined): Promise<boolean> {
    return this.#enqueue(async () => {
      this.#decoy ??= hashPassword(randomBytes(32).toString("base64"));
      const decoy = await this.#decoy;
      const matches = await verifyPassword(password, stored ?? decoy);
      return matches && stored !== undefined;
    });
  }

  async #enqueue<T>(work: () => Promise<T>): Promise<T> {
    if (this.#inLine >= this.#longestLine) throw new TooManyChecks("too many passwords are being checked");
    this.#inLine += 1;
    const result = this.#last.then(work);
    this.#last = result.catch(() => undefined); // the next in line does not care how this one ended
    try {
      return await result;
    } finally {
      this.#inLine -= 1;
    }
  }
}

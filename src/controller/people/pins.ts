import { randomBytes } from "node:crypto";
import type { Directory, PinHashes } from "../../ports/directory.ts";
import { DirectoryRefusal } from "../../ports/directory.ts";
import { StorageFault } from "../../ports/journal.ts";
import type { SecretHash } from "../../ports/secret-hash.ts";
import { fitPins, type PinRules } from "./pin-rules.ts";

export interface PinVaultOptions {
  readonly directory: Pick<Directory, "pins">;
  readonly secrets: SecretHash;
  readonly rules: PinRules;
}

export type PinVerdict = "correct" | "duress" | "wrong";

/** Every access point of eight vestibules at once; one keypad has one PIN under way. */
const longestLine = 32;

/**
 * Hashes PINs, and says whether one entered is the person's own, or their duress PIN. Each judgement is two
 * verifications, whoever it is and whatever they entered, so that its time tells nothing (T25). One judgement after
 * the other: a bank of keypads costs two threads and 40 MB, whatever is pressed on them.
 */
export class PinVault {
  readonly #options: PinVaultOptions;
  readonly #decoy: Promise<string>;
  #inLine = 0;
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: PinVaultOptions) {
    this.#options = options;
    // Nobody's PIN, ready before the first one is judged: making it would take time that can be measured.
    this.#decoy = options.secrets.hash(randomBytes(32).toString("base64"));
    this.#decoy.catch(() => undefined); // whoever waits for it hears of it
  }

  /** Throws DirectoryRefusal where they will not do. */
  async hashesFor(pin: string, duressPin: string | undefined): Promise<PinHashes> {
    const { secrets, rules } = this.#options;
    const fit = fitPins(pin, duressPin, rules);
    if (this.#inLine >= longestLine)
      throw new DirectoryRefusal("unfitPin", "too many PINs are being set; try again in a moment");
    return await this.#inTurn(async () => ({
      pin: await secrets.hash(fit.pin),
      ...(fit.duressPin === undefined ? {} : { duressPin: await secrets.hash(fit.duressPin) }),
    }));
  }

  /** What cannot be judged is wrong: there is no way in by way of a fault. */
  async judge(cardholder: string | undefined, entered: string): Promise<PinVerdict> {
    if (this.#inLine >= longestLine) return "wrong";
    try {
      return await this.#inTurn(() => this.#judged(cardholder, entered));
    } catch {
      return "wrong";
    }
  }

  async #judged(cardholder: string | undefined, entered: string): Promise<PinVerdict> {
    const { secrets } = this.#options;
    const { pin, duressPin } = this.#hashesOf(cardholder);
    const decoy = await this.#decoy;
    const [isPin, isDuressPin] = await Promise.all([
      secrets.verify(entered, pin ?? decoy),
      secrets.verify(entered, duressPin ?? decoy),
    ]);
    if (isDuressPin && duressPin !== undefined) return "duress";
    return isPin && pin !== undefined ? "correct" : "wrong";
  }

  #hashesOf(cardholder: string | undefined): ReturnType<Directory["pins"]> {
    const none = { pin: undefined, duressPin: undefined };
    if (cardholder === undefined) return none;
    try {
      return this.#options.directory.pins(cardholder);
    } catch (error) {
      if (!(error instanceof StorageFault)) throw error;
      return none;
    }
  }

  async #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
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

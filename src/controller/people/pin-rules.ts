import { DirectoryRefusal } from "../../ports/directory.ts";

/** How the duress PIN comes about (A5). */
export type DuressPinPolicy = "own" | "lastDigitPlusOne";

export interface PinRules {
  readonly duress: DuressPinPolicy;
  /** Whether 1234 and 0000 will do. */
  readonly easy: "refused" | "allowed";
}

/**
 * Throws DirectoryRefusal where a PIN will not do. Gives the duress PIN there is to be, if any. No message says a digit
 * of either: it goes into an answer, and from there into somebody's log.
 */
export function fitPins(
  pin: string,
  duressPin: string | undefined,
  { duress, easy }: PinRules,
): { readonly pin: string; readonly duressPin: string | undefined } {
  requireFit(pin, "the PIN", easy);
  if (duress === "lastDigitPlusOne") {
    if (duressPin !== undefined)
      throw unfit("at this site the duress PIN is the PIN with its last digit one higher; none is set apart");
    const derived = withLastDigitPlusOne(pin);
    requireFit(derived, "the PIN with its last digit one higher, which is the duress PIN,", easy);
    return { pin, duressPin: derived };
  }
  if (duressPin === undefined) return { pin, duressPin };
  requireFit(duressPin, "the duress PIN", easy);
  if (duressPin === pin) throw unfit("the duress PIN is another number than the PIN");
  // A pad ends a PIN by its length or by `#`: one that begins with the other is hard to tell from it in haste.
  if (duressPin.startsWith(pin) || pin.startsWith(duressPin))
    throw unfit("neither PIN begins with the other");
  return { pin, duressPin };
}

/** After 9 comes 0. */
const withLastDigitPlusOne = (pin: string): string =>
  pin.slice(0, -1) + String((Number(pin.slice(-1)) + 1) % 10);

function requireFit(pin: string, which: string, easy: PinRules["easy"]): void {
  if (!/^\d{4,8}$/.test(pin)) throw unfit(`${which} has 4 to 8 digits`);
  if (easy === "refused" && isTrivial(pin))
    throw unfit(`${which} is too easy to guess: no row, no repetition`);
}

/** What a thief tries first: 0000, 1234, 4321, 1212, 123123. */
function isTrivial(pin: string): boolean {
  const digits = Array.from(pin, Number);
  const steps = new Set(digits.slice(1).map((digit, index) => (digit - (digits[index] ?? 0) + 10) % 10));
  const isRow = steps.size === 1 && [0, 1, 9].includes([...steps][0] ?? 0);
  return isRow || /^(\d{1,4})\1+$/.test(pin);
}

const unfit = (message: string): DirectoryRefusal => new DirectoryRefusal("unfitPin", message);

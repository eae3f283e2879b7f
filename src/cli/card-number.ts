import { directoryLimits } from "../ports/directory-limits.ts";
import { InputError } from "./face-pictures.ts";

/** A card number from the shell, as a reader would report it: 1 to 64 visible characters. */
export function cardNumber(text: string): string {
  const { cardNumberLength } = directoryLimits;
  if (text.length > cardNumberLength || !/^[\x21-\x7e]+$/.test(text)) {
    throw new InputError(`a card number has 1 to ${cardNumberLength} visible characters`);
  }
  return text;
}

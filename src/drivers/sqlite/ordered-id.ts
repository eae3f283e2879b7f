import { randomBytes } from "node:crypto";
import type { WallTime } from "../../domain/time.ts";

/** Crockford's alphabet: nothing in it is mistaken for something else when read out. */
const alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

/** 20 letters and digits that sort by time of making: 10 for the milliseconds, 10 (50 bits) at random. */
export function orderedId(wall: WallTime): string {
  let time = Math.max(0, Math.floor(wall));
  const digits: string[] = [];
  for (let i = 0; i < 10; i++) {
    digits.unshift(alphabet.charAt(time % 32));
    time = Math.floor(time / 32);
  }
  for (const byte of randomBytes(10)) digits.push(alphabet.charAt(byte % 32));
  return digits.join("");
}

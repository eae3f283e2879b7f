import { placesOf } from "./bit-ranges.ts";
import type { WiegandFormat } from "./formats.ts";

/** What a reader of this format sends for a card: written anew, so that a decoder's fault is not repeated in it. */
export function frameFor(format: WiegandFormat, card: bigint, facility = 0n): string {
  const bits = Array.from({ length: format.bits }, () => 0);
  const write = (ranges: string | undefined, value: bigint): void => {
    let rest = value;
    for (const place of ranges === undefined ? [] : placesOf(ranges).toReversed()) {
      bits[place - 1] = Number(rest % 2n);
      rest /= 2n;
    }
  };
  write(format.facility, facility);
  write(format.card, card);
  const data = new Set([...placesOf(format.card), ...placesOf(format.facility ?? format.card)]);
  for (const { kind, bits: ranges } of format.parity) {
    const places = placesOf(ranges);
    const own = places.find((place) => !data.has(place));
    if (own === undefined) throw new Error(`${format.name} has a parity rule without a bit of its own`);
    const ones = places.reduce((sum, place) => sum + (bits[place - 1] ?? 0), 0);
    if (ones % 2 !== (kind === "odd" ? 1 : 0)) bits[own - 1] = 1 - (bits[own - 1] ?? 0);
  }
  return bits.join("");
}

/** As a WIE232-A in its generic mode sends it. */
export const countedLine = (bits: string): string =>
  `${hex(BigInt(bits.length), 2)}${hex(BigInt(`0b${bits}`), Math.ceil(bits.length / 8) * 2)}\r`;

const hex = (value: bigint, digits: number): string => value.toString(16).toUpperCase().padStart(digits, "0");

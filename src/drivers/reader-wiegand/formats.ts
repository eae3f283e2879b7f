import { numberAt, placesOf } from "./bit-ranges.ts";

/** How the bits of one kind of card are laid out. */
export interface WiegandFormat {
  /** Names a card together with its number. */
  readonly name: string;
  readonly bits: number;
  /** Ranges as in `placesOf`. */
  readonly facility?: string | undefined;
  readonly card: string;
  /** How many ones there are among these bits, the parity bit itself among them. */
  readonly parity: readonly { readonly kind: "even" | "odd"; readonly bits: string }[];
  /** What the number looks like: `{facility}-{card}`, `{facility:3}{card:5}` with leading zeros, `{card}`. */
  readonly number: string;
}

/**
 * The layouts that are sold under these names. wiegand26 is HID's H10301, wiegand37 its H10302, wiegand37f its H10304;
 * wiegand34 is what most 34-bit readers send.
 */
export const knownFormats: Readonly<Record<string, WiegandFormat>> = Object.fromEntries(
  (
    [
      {
        name: "wiegand26",
        bits: 26,
        facility: "2-9",
        card: "10-25",
        parity: [
          { kind: "even", bits: "1-13" },
          { kind: "odd", bits: "14-26" },
        ],
        number: "{facility}-{card}",
      },
      {
        name: "wiegand34",
        bits: 34,
        facility: "2-17",
        card: "18-33",
        parity: [
          { kind: "even", bits: "1-17" },
          { kind: "odd", bits: "18-34" },
        ],
        number: "{facility}-{card}",
      },
      {
        name: "wiegand37",
        bits: 37,
        card: "2-36",
        parity: [
          { kind: "even", bits: "1-19" },
          { kind: "odd", bits: "19-37" },
        ],
        number: "{card}",
      },
      {
        name: "wiegand37f",
        bits: 37,
        facility: "2-17",
        card: "18-36",
        parity: [
          { kind: "even", bits: "1-19" },
          { kind: "odd", bits: "19-37" },
        ],
        number: "{facility}-{card}",
      },
    ] as const
  ).map((format) => [format.name, format]),
);

/** Why a frame is nobody's card; each is counted and told. */
export type Refusal =
  /** No configured format, and no key, has so many bits. */
  | "length"
  | "parity"
  /** Pulses that no reader sends: on both wires, or too near each other. */
  | "noise"
  /** More bits, or a longer line, than anything can be. */
  | "overflow"
  /** The same frame again, sooner than a card can be presented. */
  | "repeated"
  /** What a converter sends that is none of its frames. */
  | "malformed";

export type Decoded =
  | { readonly kind: "card"; readonly number: string; readonly format: string }
  | { readonly kind: "key"; readonly key: string }
  | { readonly kind: "refused"; readonly reason: Refusal };

export const mostBits = 128;

/**
 * What a frame of zeros and ones says. Of two formats of one length, which differ in their parity, the first whose
 * parity is right: a card that fits both is always read the same way.
 */
export function decode(bits: string, formats: readonly WiegandFormat[], keypad: boolean): Decoded {
  const fitting = formats.filter((format) => format.bits === bits.length);
  if (fitting.length === 0) {
    const key = keypad ? keyOf(bits) : undefined;
    if (key !== undefined) return { kind: "key", key };
    return { kind: "refused", reason: keypad && bits.length === 8 ? "parity" : "length" };
  }
  const format = fitting.find((one) => hasParity(bits, one));
  if (format === undefined) return { kind: "refused", reason: "parity" };
  return { kind: "card", number: numberOf(bits, format), format: format.name };
}

function hasParity(bits: string, { parity }: WiegandFormat): boolean {
  return parity.every((rule) => {
    const ones = placesOf(rule.bits).filter((place) => bits[place - 1] === "1").length;
    return ones % 2 === (rule.kind === "odd" ? 1 : 0);
  });
}

function numberOf(bits: string, { facility, card, number }: WiegandFormat): string {
  const fields: Readonly<Record<string, string | undefined>> = { facility, card };
  return number.replace(/\{(facility|card)(?::(\d{1,2}))?\}/g, (_, name: string, width: string | undefined) =>
    numberAt(bits, placesOf(fields[name] ?? "0-0"))
      .toString()
      .padStart(Number(width ?? 0), "0"),
  );
}

const keys = "0123456789*#";

/** A key is sent at once, as four bits, or as eight of which the first four are their complement. */
function keyOf(bits: string): string | undefined {
  if (bits.length !== 4 && bits.length !== 8) return undefined;
  const value = Number.parseInt(bits, 2);
  if (bits.length === 8 && value >> 4 !== (~value & 0xf)) return undefined;
  return keys[value & 0xf];
}

/** The frame as it was on the wire, from a converter that checks the two parity bits at its ends and takes them off. */
export function withParity(data: string, format: WiegandFormat): string {
  let bits = `0${data}0`;
  for (const [index, rule] of format.parity.entries()) {
    const ones = placesOf(rule.bits).filter((place) => bits[place - 1] === "1").length;
    if (ones % 2 === (rule.kind === "odd" ? 1 : 0)) continue;
    bits = index === 0 ? `1${bits.slice(1)}` : `${bits.slice(0, -1)}1`;
  }
  return bits;
}

export interface NumberForm {
  readonly number: "hex" | "decimal";
  readonly byteOrder: "as-read" | "reversed";
}

/** A UID as other readers of the site show it: hexadecimal capitals, or one decimal number. */
export function numberOf(uid: Uint8Array, { number, byteOrder }: NumberForm): string {
  const bytes = byteOrder === "reversed" ? uid.toReversed() : uid;
  const hex = Buffer.from(bytes).toString("hex").toUpperCase();
  return number === "hex" ? hex : BigInt(`0x${hex}`).toString();
}

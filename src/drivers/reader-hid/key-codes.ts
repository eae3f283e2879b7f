/** linux/input-event-codes.h, and what the key of that code types on a US keyboard: alone, and with shift. */
const rows: readonly (readonly [first: number, plain: string, shifted: string])[] = [
  [2, "1234567890-=", "!@#$%^&*()_+"],
  [16, "qwertyuiop[]", "QWERTYUIOP{}"],
  [30, "asdfghjkl;'`", 'ASDFGHJKL:"~'],
  [43, "\\zxcvbnm,./", "|ZXCVBNM<>?"],
  [55, "*", "*"],
  [71, "789-456+1230.", "789-456+1230."],
  [98, "/", "/"],
];

const typed = new Map<number, readonly [string, string]>(
  rows.flatMap(([first, plain, shifted]) =>
    Array.from(
      plain,
      (character, index) => [first + index, [character, shifted[index] ?? character]] as const,
    ),
  ),
);

export const enterCodes: ReadonlySet<number> = new Set([28, 96]);
export const shiftCodes: ReadonlySet<number> = new Set([42, 54]);

/** Undefined for keys that type nothing visible. */
export const characterOf = (code: number, shift: boolean): string | undefined =>
  typed.get(code)?.[shift ? 1 : 0];

import { inputEventSize } from "./input-events.ts";

const escape = 1;
const shift = 42;
const plain = new Map(
  (
    [
      [2, "1234567890-="],
      [16, "qwertyuiop[]"],
      [30, "asdfghjkl;'`"],
      [43, "\\zxcvbnm,./"],
      [57, " "],
      [28, "\n"],
    ] as const
  ).flatMap(([first, row]) => Array.from(row, (character, index) => [character, first + index] as const)),
);
const upper = '!@#$%^&*()_+QWERTYUIOP{}ASDFGHJKL:"~|ZXCVBNM<>?';
const lower = "1234567890-=qwertyuiop[]asdfghjkl;'`\\zxcvbnm,./";

/** The bytes that the kernel gives for a text that a reader types, 10 ms a key; what has no key is Escape. */
export function eventsFor(text: string, start: number): Buffer {
  const events: Buffer[] = [];
  const event = (at: number, type: number, code: number, value: number): void => {
    const bytes = Buffer.alloc(inputEventSize);
    bytes.writeBigInt64LE(BigInt(Math.floor(at / 1000)), 0);
    bytes.writeBigInt64LE(BigInt((at % 1000) * 1000), 8);
    bytes.writeUInt16LE(type, 16);
    bytes.writeUInt16LE(code, 18);
    bytes.writeInt32LE(value, 20);
    events.push(bytes);
  };
  for (const [index, character] of Array.from(text).entries()) {
    const at = start + index * 10;
    const shifted = upper.indexOf(character);
    const code = plain.get(shifted < 0 ? character : (lower[shifted] ?? "")) ?? escape;
    if (shifted >= 0) event(at, 1, shift, 1);
    event(at, 4, 4, 0x70000 + code);
    event(at, 1, code, 1);
    event(at, 0, 0, 0);
    event(at, 1, code, 0);
    if (shifted >= 0) event(at, 1, shift, 0);
    event(at, 0, 0, 0);
  }
  return Buffer.concat(events);
}

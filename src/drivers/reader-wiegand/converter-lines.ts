import { knownFormats, mostBits, type WiegandFormat, withParity } from "./formats.ts";
import type { Frame } from "./pulse-frames.ts";

/**
 * What a WIE232-A of Priority 1 Design says (priority1design.com.au/wiegand_to_rs232_converter.html): hexadecimal
 * characters and a carriage return at 9600 baud. Of a 26-bit card it checks the parity, takes it off and leaves 6
 * characters, of a 37-bit one 9; of others two characters say how many bits came, and all of them follow. The page does
 * not say what selects between them. `wie232`: 6 and 9 characters are those cards. `wie232-generic`: all is counted.
 */
export type ConverterProtocol = "wie232" | "wie232-generic";

/** Longer than any frame of theirs; what comes after is dropped until the line ends. */
const longestLine = 2 + mostBits / 4;

/** Cuts what comes over a serial line into frames. */
export class ConverterLines {
  readonly #protocol: ConverterProtocol;
  #line = "";
  #tooLong = false;

  constructor(protocol: ConverterProtocol) {
    this.#protocol = protocol;
  }

  push(bytes: Uint8Array): readonly Frame[] {
    const frames: Frame[] = [];
    for (const byte of bytes) {
      if (byte === 0x0d || byte === 0x0a) {
        if (this.#tooLong) frames.push({ refused: "overflow" });
        else if (this.#line !== "") frames.push(frameOf(this.#line, this.#protocol));
        this.reset();
      } else if (this.#line.length === longestLine) this.#tooLong = true;
      else this.#line += String.fromCharCode(byte);
    }
    return frames;
  }

  /** Whatever was begun belongs to a line that is gone. */
  reset(): void {
    this.#line = "";
    this.#tooLong = false;
  }
}

function frameOf(line: string, protocol: ConverterProtocol): Frame {
  if (!/^[0-9A-Fa-f]+$/.test(line)) return { refused: "malformed" };
  return protocol === "wie232" ? strippedFrame(line) : countedFrame(line);
}

/** By the number of characters; bits that do not fill the first one must be zero. */
const stripped: Readonly<Record<number, WiegandFormat | undefined>> = {
  6: knownFormats["wiegand26"],
  9: knownFormats["wiegand37"],
};

function strippedFrame(line: string): Frame {
  const format = stripped[line.length];
  if (format === undefined) return countedFrame(line);
  const data = bitsOf(line, format.bits - 2);
  return data === undefined ? { refused: "malformed" } : { bits: withParity(data, format) };
}

function countedFrame(line: string): Frame {
  const count = Number.parseInt(line.slice(0, 2), 16);
  const digits = line.slice(2);
  if (count === 0 || digits.length < Math.ceil(count / 4) || digits.length > Math.ceil(count / 8) * 2)
    return { refused: "malformed" };
  const bits = bitsOf(digits, count);
  return bits === undefined ? { refused: "malformed" } : { bits };
}

/** Undefined where the digits hold more than so many bits. */
function bitsOf(digits: string, count: number): string | undefined {
  const bits = Array.from(digits)
    .map((digit) => Number.parseInt(digit, 16).toString(2).padStart(4, "0"))
    .join("");
  const excess = bits.length - count;
  if (excess < 0 || bits.slice(0, excess).includes("1")) return undefined;
  return bits.slice(excess);
}

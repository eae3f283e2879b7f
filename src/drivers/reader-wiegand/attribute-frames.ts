import { mostBits } from "./formats.ts";
import type { Frame } from "./pulse-frames.ts";

/**
 * What the kernel module of Sfera Labs' Iono Pi boards shows in `/sys/class/ionopi/wiegand/w1_data`
 * (github.com/sfera-labs/iono-pi-kernel-module): `STAMP BITS DATA`, the pulses taken by interrupts in the kernel, the
 * data as one decimal number, the stamp of use only to tell a frame from the one before.
 */
export class AttributeFrames {
  #stamp: string | undefined;

  /** What was there before is nobody's presentation. */
  begin(text: string): void {
    this.#stamp = stampOf(text);
  }

  /** The new frame, if there is one. */
  read(text: string): Frame | undefined {
    const stamp = stampOf(text);
    if (stamp === this.#stamp) return undefined;
    this.#stamp = stamp;
    const [, bits, data] = text.trim().split(/\s+/);
    if (!/^\d{1,20}$/.test(data ?? "") || !/^\d{1,3}$/.test(bits ?? "")) return { refused: "malformed" };
    const count = Number(bits);
    if (count === 0) return undefined;
    if (count > mostBits) return { refused: "overflow" };
    const frame = BigInt(data ?? "")
      .toString(2)
      .padStart(count, "0");
    return frame.length > count ? { refused: "malformed" } : { bits: frame };
  }
}

const stampOf = (text: string): string => text.trim().split(/\s+/, 1)[0]?.slice(0, 40) ?? "";

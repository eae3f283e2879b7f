import type { Milliseconds } from "../../domain/time.ts";
import { LineCutter } from "./decoder-messages.ts";

/** One access unit as the camera sent it, undecoded: what one picture is decoded from. */
export interface StreamUnit {
  readonly bytes: Uint8Array;
  /** FFmpeg's parser takes it for one that needs no other. */
  readonly isKey: boolean;
  /** The camera's own time for it, in milliseconds. */
  readonly streamTime: Milliseconds | undefined;
}

export interface StreamDescription {
  /** FFmpeg's name. */
  readonly codec: string;
  readonly width: number;
  readonly height: number;
}

/** A 4K key picture at the highest rates of cameras is under 4 MB. */
const largestUnit = 8_000_000;
const mostWaitingBytes = 2 * largestUnit;
/** Lines whose bytes have not come: the pipe holds fewer units. */
const mostWaitingLines = 512;

const unitLine = /^0, +(-?\d+), +(-?\d+), +(-?\d+), +(\d+), 0x[0-9a-f]{8}(?:, F=0x([0-9A-F]+))?(?:, S=.*)?$/;

/**
 * Cuts the undecoded stream into units. The bytes come without any separation on one pipe, and a line of FFmpeg's
 * `framecrc` for each unit on another: time, size, flags. No byte of the camera's can so pass for a border between units.
 */
export class StreamUnits {
  readonly #lines = new LineCutter();
  readonly #chunks: Uint8Array[] = [];
  readonly #waiting: { readonly size: number; readonly isKey: boolean; readonly pts: number | undefined }[] =
    [];
  #bytes = 0;
  /** Seconds per tick. */
  #timeBase: number | undefined;
  #codec: string | undefined;
  #size = { width: 0, height: 0 };
  #garbage: string | undefined;

  get description(): StreamDescription | undefined {
    return this.#codec === undefined ? undefined : { codec: this.#codec, ...this.#size };
  }

  /** Set where the two pipes make no sense together; nothing after it can be trusted. */
  get garbage(): string | undefined {
    return this.#garbage;
  }

  pushBytes(chunk: Uint8Array): void {
    this.#chunks.push(chunk);
    this.#bytes += chunk.length;
    if (this.#bytes > mostWaitingBytes) this.#garbage ??= "bytes that no line of its index speaks of";
  }

  pushIndex(chunk: Buffer): void {
    for (const line of this.#lines.push(chunk)) this.#readLine(line);
    if (this.#waiting.length > mostWaitingLines) this.#garbage ??= "an index of what it did not write";
  }

  /** Units complete by now. */
  take(): StreamUnit[] {
    const units: StreamUnit[] = [];
    while (this.#garbage === undefined) {
      const [next] = this.#waiting;
      if (next === undefined || next.size > this.#bytes) break;
      this.#waiting.shift();
      const streamTime =
        next.pts === undefined || this.#timeBase === undefined ? undefined : next.pts * this.#timeBase * 1000;
      units.push({ bytes: this.#cut(next.size), isKey: next.isKey, streamTime });
    }
    return units;
  }

  #readLine(line: string): void {
    if (line.startsWith("#")) return this.#readHeader(line);
    const match = unitLine.exec(line);
    const size = Number(match?.[4]);
    if (match === null || size > largestUnit) {
      this.#garbage ??= "an index that is none";
      return;
    }
    const pts = Number(match[2]);
    this.#waiting.push({
      size,
      // framecrc names the flags only where they are not just that of a key picture.
      isKey: match[5] === undefined || (Number.parseInt(match[5], 16) & 1) === 1,
      pts: Number.isSafeInteger(pts) ? pts : undefined,
    });
  }

  #readHeader(line: string): void {
    const [, name, value = ""] = /^#(\w+) 0: (\S+)$/.exec(line) ?? [];
    const [first = 0, second = 0] = value.split(/[/x]/).map(Number);
    if (name === "codec_id") this.#codec = value;
    if (name === "dimensions") this.#size = { width: first, height: second };
    if (name === "tb" && first > 0 && second > 0) this.#timeBase = first / second;
  }

  #cut(size: number): Uint8Array {
    const bytes = new Uint8Array(size);
    let filled = 0;
    while (filled < size) {
      const [chunk] = this.#chunks;
      if (chunk === undefined) throw new Error("fewer bytes than counted");
      const part = chunk.subarray(0, size - filled);
      bytes.set(part, filled);
      filled += part.length;
      if (part.length === chunk.length) this.#chunks.shift();
      else this.#chunks[0] = chunk.subarray(part.length);
    }
    this.#bytes -= size;
    return bytes;
  }
}

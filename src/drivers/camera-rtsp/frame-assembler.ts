/** One picture as it came through the decoder's pipe. */
export interface AssembledPicture {
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint8Array;
}

export interface AssembledChunk {
  readonly pictures: readonly AssembledPicture[];
  /** Set where the bytes are no pictures of ours; nothing after it can be trusted. */
  readonly garbage?: string;
}

/** `P6`, width and height of up to five digits, depth, and their separators. */
const longestHeader = 20;
const headerPattern = /^P6\n(\d{1,5}) (\d{1,5})\n255\n/;

/**
 * Puts pictures together from chunks of binary PPM. Holds at most one picture; a header that is malformed or
 * larger than allowed ends it for good, as there is no telling where the next picture would begin.
 */
export class FrameAssembler {
  readonly #maxWidth: number;
  readonly #maxHeight: number;
  #header = "";
  #picture: AssembledPicture | undefined;
  #filled = 0;
  #garbage: string | undefined;

  constructor(maxWidth: number, maxHeight: number) {
    this.#maxWidth = maxWidth;
    this.#maxHeight = maxHeight;
  }

  push(chunk: Uint8Array): AssembledChunk {
    const pictures: AssembledPicture[] = [];
    let offset = 0;
    while (offset < chunk.length && this.#garbage === undefined) {
      if (this.#picture === undefined) {
        offset = this.#readHeader(chunk, offset);
        continue;
      }
      const part = chunk.subarray(offset, offset + this.#picture.rgb.length - this.#filled);
      this.#picture.rgb.set(part, this.#filled);
      this.#filled += part.length;
      offset += part.length;
      if (this.#filled === this.#picture.rgb.length) {
        pictures.push(this.#picture);
        this.#picture = undefined;
      }
    }
    return this.#garbage === undefined ? { pictures } : { pictures, garbage: this.#garbage };
  }

  /** Takes header bytes from `offset` on; answers where the rest begins. */
  #readHeader(chunk: Uint8Array, offset: number): number {
    const before = this.#header.length;
    const bytes = chunk.subarray(offset, offset + longestHeader - before);
    const text = this.#header + Buffer.from(bytes).toString("latin1");
    const match = headerPattern.exec(text);
    if (match === null) {
      if (text.length >= longestHeader || !couldBeHeader(text))
        this.#garbage = "no picture where one should begin";
      this.#header = text;
      return offset + bytes.length;
    }
    const [width, height] = [Number(match[1]), Number(match[2])];
    if (width < 1 || height < 1 || width > this.#maxWidth || height > this.#maxHeight) {
      this.#garbage = `a picture of ${width}×${height}, more than the ${this.#maxWidth}×${this.#maxHeight} asked for`;
    } else {
      this.#picture = { width, height, rgb: new Uint8Array(width * height * 3) };
      this.#filled = 0;
    }
    this.#header = "";
    return offset + match[0].length - before;
  }
}

const couldBeHeader = (text: string): boolean =>
  /^P6\n(?:\d{1,5}(?: (?:\d{1,5}(?:\n(?:2(?:5(?:5)?)?)?)?)?)?)?$/.test(text) || "P6\n".startsWith(text);

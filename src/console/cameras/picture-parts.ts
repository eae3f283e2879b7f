/** Longer than any picture of ours; a server that sends more is none. */
const longestPart = 8 * 1024 * 1024;
/** A boundary and two lines. */
const longestHead = 1024;
const headEnd = [13, 10, 13, 10];

/**
 * Takes pictures out of `multipart/x-mixed-replace` as its bytes come. A browser does that by itself in an `<img>`, but
 * there nobody learns that the pictures have ended, and a still one passes for a live one.
 */
export class PictureParts {
  #rest = new Uint8Array(0);

  /** The pictures that are whole with this; throws where it is no such stream. */
  take(bytes: Uint8Array): readonly Uint8Array<ArrayBuffer>[] {
    this.#rest = joined(this.#rest, bytes);
    const found: Uint8Array<ArrayBuffer>[] = [];
    for (let part = this.#next(); part !== undefined; part = this.#next()) found.push(part);
    return found;
  }

  #next(): Uint8Array<ArrayBuffer> | undefined {
    const head = indexOf(this.#rest.subarray(0, longestHead), headEnd);
    if (head === -1) {
      if (this.#rest.length >= longestHead) throw new Error("no pictures");
      return undefined;
    }
    const words = new TextDecoder("latin1").decode(this.#rest.subarray(0, head));
    const length = Number(/content-length: *(\d+)/i.exec(words)?.[1] ?? Number.NaN);
    if (!Number.isSafeInteger(length) || length > longestPart) throw new Error("a part without its length");
    const start = head + headEnd.length;
    if (this.#rest.length < start + length) return undefined;
    const part = this.#rest.slice(start, start + length);
    this.#rest = this.#rest.slice(start + length);
    return part;
  }
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(a.length + b.length);
  all.set(a);
  all.set(b, a.length);
  return all;
}

function indexOf(bytes: Uint8Array, wanted: readonly number[]): number {
  for (let at = 0; at + wanted.length <= bytes.length; at++)
    if (wanted.every((byte, index) => bytes[at + index] === byte)) return at;
  return -1;
}

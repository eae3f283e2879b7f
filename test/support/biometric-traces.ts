/** One thing that must be nowhere but where it belongs. */
export interface Secret {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Long enough not to be there by chance, short enough to be found in a part of it. */
const chunkLength = 24;
/** Chunks of one secret that are looked for. */
const mostChunks = 40;

/**
 * Looks for secrets in whatever was let out, in the forms things are let out in: as they are, in hexadecimal, in
 * base64 at each of its three alignments, and descriptors as the numbers of JSON.
 */
export class Traces {
  readonly #needles: readonly { readonly what: string; readonly bytes: Buffer }[];

  constructor(secrets: readonly Secret[], descriptors: readonly Float32Array[] = []) {
    this.#needles = [...secrets.flatMap(needlesOf), ...descriptors.flatMap(numbersOf)];
  }

  /** Which of them are in there. */
  in(output: Uint8Array | string): readonly string[] {
    const bytes = Buffer.from(output);
    const found = this.#needles.filter((needle) => bytes.includes(needle.bytes)).map(({ what }) => what);
    return [...new Set(found)];
  }
}

function needlesOf({ name, bytes }: Secret) {
  const chunks = chunksOf(Buffer.from(bytes));
  return chunks.flatMap((chunk) => [
    { what: name, bytes: chunk },
    { what: `${name} in hexadecimal`, bytes: Buffer.from(chunk.toString("hex")) },
    { what: `${name} in hexadecimal`, bytes: Buffer.from(chunk.toString("hex").toUpperCase()) },
    ...[0, 1, 2].map((shift) => ({ what: `${name} in base64`, bytes: base64Within(chunk, shift) })),
  ]);
}

/** From everywhere in it, but not its beginning: every JPEG has that. */
function chunksOf(bytes: Buffer): readonly Buffer[] {
  if (bytes.length <= 4 * chunkLength) return [bytes];
  const start = bytes.length > 2_000 ? 1_000 : 0;
  const count = Math.min(mostChunks, Math.floor((bytes.length - start) / chunkLength));
  const step = Math.floor((bytes.length - start) / count);
  return Array.from({ length: count }, (_, nth) =>
    bytes.subarray(start + nth * step, start + nth * step + chunkLength),
  ).filter((chunk) => new Set(chunk).size > chunkLength / 3);
}

/** The characters of base64 that are the chunk's alone, whatever stands before and behind it. */
function base64Within(chunk: Buffer, shift: number): Buffer {
  const text = Buffer.concat([Buffer.alloc(shift), chunk])
    .toString("base64")
    .replace(/=+$/, "");
  return Buffer.from(text.slice(shift === 0 ? 0 : shift + 1, -4));
}

/** Three numbers in a row, as JSON writes them: each as its first digits, which no rounding takes away. */
function numbersOf(descriptor: Float32Array, nth: number) {
  const needles = [];
  for (let index = 0; index + 1 < descriptor.length; index += 7) {
    const digits = [descriptor[index] ?? 0].map((value) => JSON.stringify(value).slice(0, 12))[0] ?? "";
    if (digits.replace(/[^1-9]/g, "").length >= 7)
      needles.push({ what: `descriptor ${nth} as numbers`, bytes: Buffer.from(digits) });
  }
  return needles;
}

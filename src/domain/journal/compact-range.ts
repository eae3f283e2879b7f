import { emptyRoot, type Hash, nodeHash, type Sha256 } from "./merkle.ts";

/** As much of a tree as it takes to go on appending: the complete subtrees that its size is made of, largest first. */
export class CompactRange {
  readonly #sha256: Sha256;
  readonly #peaks: Hash[];
  #size: number;

  constructor(sha256: Sha256, size = 0, peaks: readonly Hash[] = []) {
    if (peaks.length !== bitsOf(size))
      throw new RangeError(`${peaks.length} subtrees make no tree of ${size}`);
    this.#sha256 = sha256;
    this.#size = size;
    this.#peaks = [...peaks];
  }

  get size(): number {
    return this.#size;
  }

  get peaks(): readonly Hash[] {
    return this.#peaks;
  }

  /** A leaf, or a complete subtree of 2^level leaves where the size is a multiple of that. */
  append(hash: Hash, level = 0): void {
    const added = 2 ** level;
    if (this.#size % added !== 0) throw new RangeError(`${added} leaves do not follow ${this.#size}`);
    let node = hash;
    for (let before = this.#size / added; before % 2 === 1; before = Math.floor(before / 2)) {
      const left = this.#peaks.pop();
      if (left === undefined) throw new RangeError("a range with fewer subtrees than its size has");
      node = nodeHash(this.#sha256, left, node);
    }
    this.#peaks.push(node);
    this.#size += added;
  }

  root(): Hash {
    return rootOf(this.#sha256, this.#peaks);
  }
}

/** The root over subtrees that follow each other, largest first. */
export function rootOf(sha256: Sha256, peaks: readonly Hash[]): Hash {
  const last = peaks.at(-1);
  if (last === undefined) return emptyRoot(sha256);
  return peaks.slice(0, -1).reduceRight((right, left) => nodeHash(sha256, left, right), last);
}

function bitsOf(size: number): number {
  let bits = 0;
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) bits += rest % 2;
  return bits;
}

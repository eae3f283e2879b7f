/** How many states a variant may have: what is found beyond is an error of the variant, not a result. */
const usualBound = 8_000_000;
const none = -1;

/**
 * The states found so far, each three numbers, with how each was reached first. Flat arrays: millions of objects
 * would cost ten times the memory.
 */
export class StateTable {
  count = 0;
  readonly #bound: number;
  #keys = new Uint32Array(3 * 1024);
  #parents = new Int32Array(1024);
  #moves = new Uint16Array(1024);
  #slots = new Int32Array(4096).fill(none);

  constructor(bound = usualBound) {
    this.#bound = bound;
  }

  /** The number of the state; a new one is given the next. */
  add(a: number, b: number, c: number, parent: number, move: number): number {
    let slot = this.#slotOf(a, b, c);
    const known = this.#slots[slot] ?? none;
    if (known !== none) return known;
    if (this.count === this.#bound) throw new Error(`more than ${this.#bound} states: choose smaller times`);
    if (this.count === this.#parents.length) {
      this.#grow();
      slot = this.#slotOf(a, b, c);
    }
    const index = this.count;
    this.#keys.set([a, b, c], 3 * index);
    this.#parents[index] = parent;
    this.#moves[index] = move;
    this.#slots[slot] = index;
    this.count += 1;
    return index;
  }

  key(index: number): readonly [number, number, number] {
    const at = 3 * index;
    return [this.#keys[at] ?? 0, this.#keys[at + 1] ?? 0, this.#keys[at + 2] ?? 0];
  }

  /** How the state was reached first: from which one, by which move; undefined for the one it began with. */
  origin(index: number): { readonly parent: number; readonly move: number } | undefined {
    const parent = this.#parents[index] ?? none;
    return parent === none ? undefined : { parent, move: this.#moves[index] ?? 0 };
  }

  #slotOf(a: number, b: number, c: number): number {
    const mask = this.#slots.length - 1;
    let hash = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b) ^ Math.imul(c, 0xc2b2ae35);
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
    let slot = (hash ^ (hash >>> 13)) & mask;
    for (;;) {
      const index = this.#slots[slot] ?? none;
      if (index === none) return slot;
      const at = 3 * index;
      if (this.#keys[at] === a && this.#keys[at + 1] === b && this.#keys[at + 2] === c) return slot;
      slot = (slot + 1) & mask;
    }
  }

  #grow(): void {
    const capacity = 2 * this.#parents.length;
    const keys = new Uint32Array(3 * capacity);
    keys.set(this.#keys);
    const parents = new Int32Array(capacity);
    parents.set(this.#parents);
    const moves = new Uint16Array(capacity);
    moves.set(this.#moves);
    this.#keys = keys;
    this.#parents = parents;
    this.#moves = moves;
    this.#slots = new Int32Array(4 * capacity).fill(none);
    for (let index = 0; index < this.count; index++) {
      const [a, b, c] = this.key(index);
      this.#slots[this.#slotOf(a, b, c)] = index;
    }
  }
}

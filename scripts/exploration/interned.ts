import { frozen, shifted } from "./shifted.ts";

/** Numbers each different canonical part of a state, so that a state is a few numbers and equal parts are one. */
export class Interned<T extends object> {
  readonly #canonical: (part: T) => T;
  readonly #parts: T[] = [];
  readonly #numbers = new Map<string, number>();
  /** Number × delay → number after that delay, where nothing happened in it. */
  readonly #aged = new Map<number, number>();

  constructor(canonical: (part: T) => T) {
    this.#canonical = canonical;
  }

  get size(): number {
    return this.#parts.length;
  }

  part(number: number): T {
    const part = this.#parts[number];
    if (part === undefined) throw new Error(`no part ${number}`);
    return part;
  }

  /** The number of `part` seen after its instants have moved by `by`. */
  numberOf(part: T, by = 0): number {
    const canonical = this.#canonical(by === 0 ? part : shifted(part, by));
    const key = JSON.stringify(canonical);
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const number = this.#parts.length;
    this.#parts.push(frozen(canonical));
    this.#numbers.set(key, number);
    return number;
  }

  /** The number of the part `delay` steps later, each `step` long. */
  later(number: number, delay: number, step: number): number {
    if (delay === 0) return number;
    const key = number * 256 + delay;
    const known = this.#aged.get(key);
    if (known !== undefined) return known;
    const aged = this.numberOf(this.part(number), -delay * step);
    this.#aged.set(key, aged);
    return aged;
  }
}

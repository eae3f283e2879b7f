import { type Instant, type Milliseconds, since } from "../../domain/time.ts";
import type { InputEvent } from "./input-events.ts";
import { characterOf, enterCodes, shiftCodes } from "./key-codes.ts";

const synchronisation = 0;
const dropped = 3;
const key = 1;

/** No card has more. */
const longest = 64;
/** A pause spoils a line, and only so long a silence ends it: the second half of a number is nobody's card. */
const forgetTime: Milliseconds = 2_000;

/** Why something that was typed is no card. */
export type TypedRefusal =
  /** A key that types nothing, or a blank. */
  | "otherKey"
  | "tooLong"
  /** A pause, or a reader that went, before Enter. */
  | "unfinished"
  /** The kernel had to drop keys because nobody read them in time. */
  | "dropped";

export type Typed =
  | { readonly text: string; readonly at: Instant }
  | { readonly refused: TypedRefusal; readonly at: Instant };

/** Makes lines of keys: what a reader types, ended by Enter, without a pause. */
export class TypedLines {
  readonly #gap: Milliseconds;
  #text = "";
  #last: Instant | undefined;
  #spoilt: TypedRefusal | undefined;
  /** Whether that was told already; what follows up to Enter belongs to it. */
  #told = false;
  readonly #shifts = new Set<number>();

  constructor(gap: Milliseconds) {
    this.#gap = gap;
  }

  push({ at, type, code, value }: InputEvent): readonly Typed[] {
    if (type === synchronisation && code === dropped) {
      this.#shifts.clear();
      this.#spoilt = "dropped";
      this.#last = at;
      return [];
    }
    if (type !== key) return [];
    if (shiftCodes.has(code)) {
      if (value === 0) this.#shifts.delete(code);
      else this.#shifts.add(code);
      return [];
    }
    if (value !== 1) return []; // let go, or held so long that the kernel repeats it
    const before = this.silence(at);
    if (enterCodes.has(code)) return [...before, ...this.#end(at)];
    this.#type(code);
    this.#last = at;
    return before;
  }

  /** What was begun and not gone on with. */
  silence(now: Instant): readonly Typed[] {
    if (this.#last === undefined || since(this.#last, now) <= this.#gap) return [];
    const typed = this.#refuse(this.#spoilt ?? "unfinished", now);
    if (since(this.#last, now) > Math.max(forgetTime, this.#gap)) this.#forget();
    return typed;
  }

  /** The reader is gone: what it had begun is nobody's card, and no key of it is held any more. */
  reset(): void {
    this.#shifts.clear();
    this.#forget();
  }

  #type(code: number): void {
    const character = characterOf(code, this.#shifts.size > 0);
    if (character === undefined) this.#spoilt ??= "otherKey";
    else if (this.#text.length === longest) this.#spoilt ??= "tooLong";
    else this.#text += character;
  }

  #end(at: Instant): readonly Typed[] {
    const text = this.#text;
    const refused = this.#spoilt === undefined ? undefined : this.#refuse(this.#spoilt, at);
    this.#forget();
    return refused ?? (text === "" ? [] : [{ text, at }]);
  }

  #refuse(reason: TypedRefusal, at: Instant): readonly Typed[] {
    this.#spoilt = reason;
    if (this.#told) return [];
    this.#told = true;
    return [{ refused: reason, at }];
  }

  #forget(): void {
    this.#text = "";
    this.#last = undefined;
    this.#spoilt = undefined;
    this.#told = false;
  }
}

/** A shift: whoever comes back later begins anew. Milliseconds. */
export const draftsKept = 12 * 3_600_000;
/** Of one operator; the oldest goes. */
export const mostDrafts = 50;
/** Who wrote at this screen; whoever has written nothing for longest goes. */
export const mostOperators = 10;

interface Draft {
  readonly text: string;
  readonly at: number;
}

/**
 * What operators have begun to write at this page and not sent. A session may end in the middle of a word; whoever signs in again finds
 * it, and nobody else does. It is in this page's memory only and gone with it.
 */
export class Drafts {
  readonly #now: () => number;
  /** Whoever and whatever was written last is last. */
  readonly #of = new Map<string, Map<string, Draft>>();

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Empty where there is none. */
  read(operator: string, about: string): string {
    return this.#kept(operator).get(about)?.text ?? "";
  }

  /** What of it has been begun, the latest first. */
  about(operator: string): readonly string[] {
    return [...this.#kept(operator).keys()].reverse();
  }

  write(operator: string, about: string, text: string): void {
    const drafts = this.#kept(operator);
    drafts.delete(about);
    if (text !== "") drafts.set(about, { text, at: this.#now() });
    this.#of.delete(operator);
    if (drafts.size > 0) this.#of.set(operator, drafts);
    shorten(drafts, mostDrafts);
    shorten(this.#of, mostOperators);
  }

  #kept(operator: string): Map<string, Draft> {
    const drafts = this.#of.get(operator) ?? new Map<string, Draft>();
    const since = this.#now() - draftsKept;
    for (const [about, { at }] of drafts) if (at <= since) drafts.delete(about);
    return drafts;
  }
}

function shorten(map: Map<string, unknown>, most: number): void {
  for (const key of map.keys()) {
    if (map.size <= most) return;
    map.delete(key);
  }
}

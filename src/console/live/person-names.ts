import type { RecordView } from "../../ports/record-view.ts";
import { namePeople } from "../api/client.ts";

/** Several pages full of different people; beyond, whoever has been known for longest is asked for again. */
export const namesKept = 2_000;
/** What is asked for at once. */
const mostAtOnce = 100;
/** One drawing of a page asks for all its names together. */
export const gatherNamesMs = 20;

type Fetch = (ids: readonly string[]) => Promise<Readonly<Partial<Record<string, string>>>>;

const fetchNames: Fetch = async (ids) => (await namePeople({ ids: ids.join(",") })).names;

/** Names of people by id, fetched as they are shown: there may be a hundred thousand. */
export class PersonNames {
  readonly #fetch: Fetch;
  /** Whoever has been known for longest first; null: registered no more. */
  readonly #known = new Map<string, string | null>();
  readonly #wanted = new Set<string>();
  readonly #listeners = new Set<() => void>();
  #timer: ReturnType<typeof setTimeout> | null = null;
  #lookUp = (id: string): string | null | undefined => this.nameOf(id);

  constructor(fetch: Fetch = fetchNames) {
    this.#fetch = fetch;
  }

  /** Undefined while it is not known yet; null where nobody of this id is registered any more. */
  nameOf(id: string): string | null | undefined {
    const name = this.#known.get(id);
    if (name === undefined) this.#want(id);
    return name;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** `nameOf`, as another function whenever a name has become known. */
  readonly lookUp = (): ((id: string) => string | null | undefined) => this.#lookUp;

  onRecord({ type, cardholder }: RecordView): void {
    if (cardholder === null || !type.startsWith("Cardholder") || !this.#known.delete(cardholder)) return;
    this.#tell();
  }

  #want(id: string): void {
    this.#wanted.add(id);
    if (this.#timer === null) this.#timer = setTimeout(() => void this.#ask(), gatherNamesMs);
  }

  async #ask(): Promise<void> {
    const ids = [...this.#wanted].slice(0, mostAtOnce);
    for (const id of ids) this.#wanted.delete(id);
    try {
      const names = await this.#fetch(ids);
      for (const id of ids) this.#learn(id, names[id] ?? null);
      this.#tell();
    } catch {
      // Asked for again when they are drawn again: a lost server is shown, and heals, elsewhere.
    }
    this.#timer = this.#wanted.size === 0 ? null : setTimeout(() => void this.#ask(), gatherNamesMs);
  }

  #learn(id: string, name: string | null): void {
    this.#known.delete(id);
    this.#known.set(id, name);
    const [oldest] = this.#known.keys();
    if (this.#known.size > namesKept && oldest !== undefined) this.#known.delete(oldest);
  }

  #tell(): void {
    this.#lookUp = (id) => this.nameOf(id);
    for (const listener of this.#listeners) listener();
  }
}

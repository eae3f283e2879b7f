import type { JournalRecord } from "../ports/journal.ts";

/** Who is told of each record once it is durable, in order. */
export class RecordListeners {
  readonly #listeners = new Set<(record: JournalRecord) => void>();

  listen(listener: (record: JournalRecord) => void): Disposable {
    this.#listeners.add(listener);
    return { [Symbol.dispose]: () => void this.#listeners.delete(listener) };
  }

  tell(record: JournalRecord): void {
    for (const listener of this.#listeners) listener(record);
  }
}

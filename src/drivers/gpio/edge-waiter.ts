import { type Readiness, waitUntilReady } from "./system-calls.ts";

/**
 * How long one wait lasts at most. A process that exits waits for the pool's threads, so that no wait may be without
 * end; and a descriptor that is added meanwhile is waited for from the next one on.
 */
const longestWait = 100;

type Listener = (ready: Readiness) => void;

/** Waits for edges on any number of descriptors in one thread of Node's pool. */
export class EdgeWaiter implements AsyncDisposable {
  readonly #listeners = new Map<number, Listener>();
  #waiting: Promise<void> | undefined;

  /** Calls `listener` whenever there is something to read, until it is disposed. */
  add(descriptor: number, listener: Listener): Disposable {
    this.#listeners.set(descriptor, listener);
    // Later in this turn, so that all that is added together is waited for together.
    this.#waiting ??= Promise.resolve().then(() => this.#wait());
    return {
      [Symbol.dispose]: () => {
        if (this.#listeners.get(descriptor) === listener) this.#listeners.delete(descriptor);
      },
    };
  }

  /** Resolves once no thread waits any more: until then the kernel keeps the descriptors' lines. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#listeners.clear();
    await this.#waiting;
  }

  async #wait(): Promise<void> {
    while (this.#listeners.size > 0) {
      const asked = new Map(this.#listeners);
      for (const ready of await waitUntilReady([...asked.keys()], longestWait)) {
        const listener = asked.get(ready.descriptor);
        // Its number may be another's by now.
        const isSame = listener !== undefined && this.#listeners.get(ready.descriptor) === listener;
        if (isSame && (ready.readable || ready.gone)) listener(ready);
      }
    }
    this.#waiting = undefined;
  }
}

import type { ProcessLink, Role } from "../ports/process-link.ts";

interface Listeners {
  readonly onMessage: ((from: Role, message: unknown) => void)[];
  readonly onPeer: ((role: Role, state: "up" | "down") => void)[];
}

/**
 * Connects roles within one process the way the supervisor connects processes: structured clones, in order, and
 * nothing at all for a role that is down. Delivers synchronously, so that a test needs no waiting.
 */
export class ProcessHub {
  readonly #listeners = new Map<Role, Listeners>();
  readonly #carry: (message: unknown) => unknown;

  /** `copies`: what arrives shares nothing with what was sent; without, a long run is quicker. */
  constructor(copies = true) {
    this.#carry = copies ? structuredClone : (message) => message;
  }

  /** `role` is up as soon as it listens; started again, it is a fresh process in place of the old one. */
  start(role: Role): ProcessLink {
    this.stop(role);
    const own: Listeners = { onMessage: [], onPeer: [] };
    this.#listeners.set(role, own);
    const isUp = (peer: Role): boolean => (this.#listeners.get(peer)?.onMessage.length ?? 0) > 0;
    return {
      send: (to, message) => {
        if (this.#listeners.get(role) === own) this.#deliver(role, to, this.#carry(message));
      },
      onMessage: (listener) => {
        own.onMessage.push(listener);
        if (own.onMessage.length === 1) this.#tellOthers(role, "up");
      },
      onPeer: (listener) => {
        own.onPeer.push(listener);
        for (const peer of this.#listeners.keys()) if (peer !== role && isUp(peer)) listener(peer, "up");
      },
    };
  }

  /** As a killed process: nothing from it or to it, and everybody else is told. */
  stop(role: Role): void {
    const own = this.#listeners.get(role);
    this.#listeners.delete(role);
    if (own !== undefined && own.onMessage.length > 0) this.#tellOthers(role, "down");
  }

  #tellOthers(role: Role, state: "up" | "down"): void {
    for (const [peer, { onPeer }] of [...this.#listeners]) {
      if (peer !== role) for (const listener of onPeer) listener(role, state);
    }
  }

  #deliver(from: Role, to: Role, message: unknown): void {
    for (const listener of this.#listeners.get(to)?.onMessage ?? []) listener(from, message);
  }
}

import type { InterlockMessage } from "../ports/interlock-link.ts";

type EventMessage = Extract<InterlockMessage, { readonly type: "event" }>;

/** About an hour of a busy door; a controller that is away longer has a gap in `number` to record. */
const mostKept = 10_000;

/** What happened and is not yet known to be recorded: sent again to a controller that comes back. */
export class UnacknowledgedEvents {
  #kept: EventMessage[] = [];

  add(message: EventMessage): void {
    this.#kept.push(message);
    if (this.#kept.length > mostKept) this.#kept.shift();
  }

  acknowledge(number: number): void {
    const first = this.#kept.findIndex((message) => message.number > number);
    this.#kept = first === -1 ? [] : this.#kept.slice(first);
  }

  all(): readonly EventMessage[] {
    return this.#kept;
  }
}

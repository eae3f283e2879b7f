import { type DoorName, opposite } from "../domain/names.ts";
import type { SwappedWires } from "../ports/building-link.ts";
import type { DoorInput } from "./simulated-door.ts";

const wireOf: Readonly<Record<DoorInput, SwappedWires | undefined>> = {
  contact: "contacts",
  bolt: "bolts",
  rex: undefined,
};

/** Which wires of the outer and the inner door somebody has mixed up (T31). */
export class Wiring {
  #swapped: ReadonlySet<SwappedWires> = new Set();

  /** Whether the locks' wires are exchanged by it. */
  change(swapped: readonly SwappedWires[]): boolean {
    const locksWere = this.#swapped.has("locks");
    this.#swapped = new Set(swapped);
    return locksWere !== this.#swapped.has("locks");
  }

  /** The door at the other end of the lock's wire. */
  ofLock(door: DoorName): DoorName {
    return this.#swapped.has("locks") ? opposite(door) : door;
  }

  /** And of an input's. */
  ofInput(door: DoorName, input: DoorInput): DoorName {
    const wire = wireOf[input];
    return wire !== undefined && this.#swapped.has(wire) ? opposite(door) : door;
  }
}

import { type DoorName, doorNames, type VestibuleId } from "../../../src/domain/names.ts";
import type { Instant } from "../../../src/domain/time.ts";
import type { Building } from "../../../src/simulation/building.ts";
import type { SimulatedDoor } from "../../../src/simulation/simulated-door.ts";
import type { Findings } from "./findings.ts";

/**
 * Of two doors only one can ever be open: looks at the leaves themselves, not at what any sensor or program says. Only
 * what no interlock can prevent excuses both: force, a welded relay, locks without power, sensors that lie together.
 */
export class PhysicsOracle {
  readonly #vestibule: VestibuleId;
  readonly #doors: Readonly<Record<DoorName, SimulatedDoor>>;
  readonly #now: () => Instant;
  readonly #findings: Findings;
  readonly #lasting = new Set<string>();
  #excused = false;
  #both = false;
  /** How often both were open for a reason. */
  bothOpen = 0;

  constructor(building: Building, vestibule: VestibuleId, now: () => Instant, findings: Findings) {
    this.#vestibule = vestibule;
    const [outer, inner] = doorNames.map((name) => building.door(vestibule, name));
    if (outer === undefined || inner === undefined) throw new Error(`no doors of ${vestibule}`);
    this.#doors = { outer, inner };
    this.#now = now;
    this.#findings = findings;
  }

  /** Something that may let both be open, until both are shut and locked again. */
  excuse(): void {
    this.#excused = true;
  }

  /** The same for as long as it lasts. */
  lasting(cause: string, active: boolean): void {
    if (active) this.#lasting.add(cause);
    else if (this.#lasting.delete(cause)) this.#excused = true;
  }

  get isExcused(): boolean {
    return this.#excused || this.#lasting.size > 0;
  }

  look(): void {
    const { outer, inner } = this.#doors;
    const both = outer.isOpen() && inner.isOpen();
    if (both && !this.isExcused)
      this.#findings.violated(
        "R1",
        this.#now(),
        `${this.#vestibule}: both doors are open, and nothing excuses it`,
      );
    if (both && !this.#both) this.bothOpen += 1;
    this.#both = both;
    if (this.#excused && this.#lasting.size === 0 && isShut(outer) && isShut(inner)) this.#excused = false;
  }
}

const isShut = (door: SimulatedDoor): boolean =>
  !door.isOpen() && door.lock() === "secured" && door.isThrown();

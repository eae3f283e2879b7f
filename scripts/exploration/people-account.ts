import type { InterlockEvent, InterlockInput, InterlockState } from "../../src/domain/interlock/interlock.ts";

type Of<T extends InterlockEvent["type"]> = Extract<InterlockEvent, { readonly type: T }>;

/** R15: how many are between the doors, by one step's events alone. */
export class PeopleAccount {
  #people: number;
  readonly #input: InterlockInput;

  constructor(before: InterlockState, input: InterlockInput) {
    this.#people = before.entered.length;
    this.#input = input;
  }

  passed({ grant }: Of<"AccessTaken">): void {
    const together = grant.people ?? 1;
    this.#people = Math.max(0, this.#people + (grant.enters ? together : -together));
  }

  /** Everybody can leave through it, uncounted. */
  opened({ cause }: Of<"DoorOpened">): void {
    if (cause === "emergency" || cause === "override") this.#people = 0;
  }

  /** They are counted anew only where somebody says so, and nobody who is there is forgotten. */
  counted({ type, people }: Of<"OccupancyRestored" | "OccupancyCorrected">): readonly string[] {
    const expected = type === "OccupancyRestored" ? this.#known() : this.#putRight();
    this.#people = people;
    return people === expected ? [] : [`${people} people are taken to be between the doors by nobody`];
  }

  compare({ entered }: InterlockState): readonly string[] {
    return entered.length === this.#people
      ? []
      : [`${this.#people} went between the doors, ${entered.length} are kept`];
  }

  #known(): number | undefined {
    const input = this.#input;
    return input.type === "OccupancyKnown" && this.#people === 0 ? input.people : undefined;
  }

  #putRight(): number | undefined {
    const input = this.#input;
    if (input.type !== "OccupancyReset") return undefined;
    return input.change === "nobody" ? 0 : Math.max(0, this.#people + input.change);
  }
}

import { doorNames, type VestibuleId } from "../../domain/names.ts";
import type { Instant } from "../../domain/time.ts";
import { HardwareFault } from "../../ports/door-hardware.ts";
import {
  disobeyed,
  type EdgeListener,
  type InputLines,
  type LineDriver,
  type OutputLines,
} from "./line-driver.ts";
import type { GpioPlan, LineGroup, LinePlan } from "./line-plan.ts";

/** Lines without a kernel, for tests: what is on them, what they have been, and what goes wrong. Levels are logical. */
export class FakeLineDriver implements LineDriver {
  readonly kind = "character-device";
  /** Of every output, each level since it was first taken. */
  readonly levels = new Map<string, boolean[]>();
  /** Outputs that stay where they are, whatever they are set to. */
  readonly stuck = new Set<string>();
  /** Chips that are not there. */
  readonly away = new Set<string>();
  /** What taking lines of a chip fails with. */
  readonly refusals = new Map<string, HardwareFault>();
  /** Who waits for edges, by the chip. */
  readonly #waiting = new Map<string, { readonly group: LineGroup; readonly listener: EdgeListener }>();
  readonly #inputs = new Map<string, boolean>();
  readonly #onOutput: (name: string, active: boolean) => void;

  constructor(onOutput: (name: string, active: boolean) => void = () => {}) {
    this.#onOutput = onOutput;
  }

  /** What an output is driven to, or was when it was let go of. */
  level(name: string): boolean {
    return this.levels.get(name)?.at(-1) ?? false;
  }

  /** Moves an input; the edge is reported if anybody waits for it. */
  input(name: string, active: boolean, at?: Instant): void {
    if (this.#inputs.get(name) === active) return;
    this.inputUnseen(name, active);
    this.edge(name, active, at);
  }

  /** Moves an input whose edge gets lost. */
  inputUnseen(name: string, active: boolean): void {
    this.#inputs.set(name, active);
  }

  /** Reports an edge that ended at this level. */
  edge(name: string, active: boolean, at?: Instant): void {
    for (const { group, listener } of this.#waiting.values()) {
      const index = group.lines.findIndex((line) => line.name === name);
      if (index !== -1 && !this.away.has(group.chip)) listener.onEdge(index, active, at);
    }
  }

  gap(): void {
    for (const { listener } of this.#waiting.values()) listener.onGap();
  }

  takeOutputs(group: LineGroup): OutputLines {
    this.#mayTake(group);
    const wanted = group.lines.map(() => false);
    for (const { name } of group.lines) this.#drive(name, false);
    const set = (index: number, active: boolean): void => {
      const name = group.lines[index]?.name ?? "";
      this.#mayUse(group);
      wanted[index] = active;
      if (!this.stuck.has(name)) this.#drive(name, active);
      if (this.level(name) !== active) throw disobeyed(name);
    };
    return {
      set,
      rest: () => {
        for (const index of group.lines.keys()) set(index, false);
      },
      strayed: () => {
        this.#mayUse(group);
        return [...group.lines.keys()].filter(
          (index) => this.level(group.lines[index]?.name ?? "") !== wanted[index],
        );
      },
      [Symbol.dispose]: () => {},
    };
  }

  takeInputs(group: LineGroup, listener: EdgeListener): InputLines {
    this.#mayTake(group);
    this.#waiting.set(group.chip, { group, listener });
    return {
      read: () => {
        this.#mayUse(group);
        return group.lines.map(({ name }) => this.#inputs.get(name) ?? false);
      },
      [Symbol.dispose]: () => {
        this.#waiting.delete(group.chip);
      },
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {}

  /** Whatever another program or a short circuit does to an output. */
  force(name: string, active: boolean): void {
    this.#drive(name, active);
  }

  #drive(name: string, active: boolean): void {
    this.levels.set(name, [...(this.levels.get(name) ?? []), active]);
    this.#onOutput(name, active);
  }

  #mayTake({ chip }: LineGroup): void {
    const refusal = this.refusals.get(chip);
    if (refusal !== undefined) throw refusal;
    if (this.away.has(chip)) throw new HardwareFault(chip, "no chip has this label; found none");
  }

  #mayUse({ chip }: LineGroup): void {
    if (this.away.has(chip)) throw new HardwareFault(chip, "ENODEV");
  }
}

/** Vestibules with every line that there is, on one chip; `fire` and the other inputs of the box are everybody's. */
export function planForTests(...vestibules: readonly VestibuleId[]): GpioPlan {
  const ids = vestibules.length === 0 ? ["v1"] : vestibules;
  return new Map(
    ids.map((id, index) => {
      const prefix = index === 0 ? "" : `${id}.`;
      const [outer, inner] = doorNames.map((door) => ({
        lock: lineForTests(`${prefix}${door}.lock`),
        contact: lineForTests(`${prefix}${door}.contact`),
        bolt: lineForTests(`${prefix}${door}.bolt`),
        rex: lineForTests(`${prefix}${door}.rex`),
      }));
      if (outer === undefined || inner === undefined) throw new Error("there are two doors");
      const shared = {
        fire: lineForTests("fire"),
        lockdown: lineForTests("lockdown"),
        tamper: lineForTests("tamper"),
        mains: lineForTests("mains"),
        battery: lineForTests("battery"),
        buzzer: lineForTests("buzzer"),
        outputs: { siren: lineForTests("output.siren") },
      };
      return [id, { doors: { outer, inner }, ...shared }];
    }),
  );
}

export const lineForTests = (name: string, more: Partial<LinePlan> = {}): LinePlan => ({
  name,
  chip: "chip",
  line: { name },
  activeLow: false,
  pull: "external",
  ...more,
});

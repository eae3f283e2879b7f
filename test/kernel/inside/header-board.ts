import type { DoorName } from "../../../src/domain/names.ts";
import { SystemClock } from "../../../src/drivers/clock/system-clock.ts";
import { GpioDoorHardware } from "../../../src/drivers/gpio/gpio-door-hardware.ts";
import type { LineDriver } from "../../../src/drivers/gpio/line-driver.ts";
import type { DoorLinePlan, GpioPlan, LinePlan } from "../../../src/drivers/gpio/line-plan.ts";
import { ownKernelFiles, readText } from "../../support/kernel-files.ts";
import { type Level, SimulatedChip } from "../../support/simulated-gpio.ts";

/** One door pair on a chip of the kernel's simulator, wired as on a Raspberry Pi 5. */
export const label = "pinctrl-rp1";

const offsets: Readonly<Record<string, number>> = {
  "outer.lock": 17,
  "inner.lock": 27,
  "outer.contact": 5,
  "inner.contact": 6,
  "outer.bolt": 23,
  "inner.bolt": 24,
  "outer.rex": 25,
  "inner.rex": 16,
  fire: 26,
  lockdown: 20,
  tamper: 22,
  mains: 13,
  battery: 19,
  buzzer: 12,
  "output.siren": 21,
};

export const offsetOf = (line: string): number => offsets[line] ?? Number.NaN;

export const driverKinds = ["character-device", "sysfs"] as const;

export async function driverOf(kind: LineDriver["kind"]): Promise<LineDriver> {
  if (kind === "sysfs") return (await import("../../../src/drivers/gpio/sysfs.ts")).Sysfs.load();
  const { CharacterDevice } = await import("../../../src/drivers/gpio/character-device.ts");
  return new CharacterDevice();
}

/** The chip with its lines, and what they mean in one polarity. */
export class HeaderBoard {
  readonly chip: SimulatedChip;
  readonly #activeLow: boolean;

  static async create(activeLow: boolean): Promise<HeaderBoard> {
    const names = Object.fromEntries(Object.values(offsets).map((offset) => [offset, `GPIO${offset}`]));
    const chip = await SimulatedChip.create(ownKernelFiles, { id: "header", label, lines: 54, names });
    const board = new HeaderBoard(chip, activeLow);
    await board.atRest();
    return board;
  }

  private constructor(chip: SimulatedChip, activeLow: boolean) {
    this.chip = chip;
    this.#activeLow = activeLow;
  }

  /** Doors closed, nobody there, mains on, battery good. */
  async atRest(): Promise<void> {
    for (const line of Object.keys(offsets)) await this.#pull(line, line === "mains" || line === "battery");
  }

  /** From outside; has happened when this returns. */
  drive(line: string, active: boolean): void {
    void this.#pull(line, active);
  }

  isActive(line: string): boolean {
    return this.#means(readText(this.chip.valueFile(offsetOf(line)))?.trim() === "1" ? 1 : 0);
  }

  level(active: boolean): Level {
    return active !== this.#activeLow ? 1 : 0;
  }

  hardware(driver: LineDriver): GpioDoorHardware {
    return new GpioDoorHardware({ plan: this.plan(), driver, clock: new SystemClock(), log: () => {} });
  }

  plan(): GpioPlan {
    const line = (name: string): LinePlan => ({
      name,
      chip: label,
      line: { name: `GPIO${offsetOf(name)}` },
      activeLow: this.#activeLow,
      pull: "external",
    });
    const door = (name: DoorName): DoorLinePlan => ({
      lock: line(`${name}.lock`),
      contact: line(`${name}.contact`),
      bolt: line(`${name}.bolt`),
      rex: line(`${name}.rex`),
    });
    const box = ["fire", "lockdown", "tamper", "mains", "battery"].map(line);
    const [fire, lockdown, tamper, mains, battery] = box;
    const doors = { outer: door("outer"), inner: door("inner") };
    const outputs = { siren: line("output.siren") };
    return new Map([
      ["v1", { doors, fire, lockdown, tamper, mains, battery, buzzer: line("buzzer"), outputs }],
    ]);
  }

  #means(level: Level): boolean {
    return level === this.level(true);
  }

  #pull(line: string, active: boolean): Promise<void> {
    return this.chip.pull(offsetOf(line), this.level(active));
  }
}

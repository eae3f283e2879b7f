import type { KernelFiles } from "./kernel-files.ts";

const configuration = "/sys/kernel/config/gpio-sim";

export type Level = 0 | 1;

export interface ChipOptions {
  /** Of this chip among the guest's; nothing outside the test sees it. */
  readonly id: string;
  readonly label: string;
  readonly lines: number;
  /** By offset. */
  readonly names?: Readonly<Record<number, string>>;
}

/**
 * A GPIO chip of the kernel's own simulator. Its lines are driven from outside with `pull`, as a door's contact drives
 * them, and read with `level`, as a relay reads them.
 *
 * A program that asks the kernel for a pull sets the very same: drive after it has taken the line, not before.
 */
export class SimulatedChip {
  readonly #files: KernelFiles;
  readonly #folder: string;
  #device = "";
  #base = 0;
  isPluggedIn = false;

  static async create(
    files: KernelFiles,
    { id, label, lines, names = {} }: ChipOptions,
  ): Promise<SimulatedChip> {
    const folder = `${configuration}/${id}`;
    const bank = `${folder}/bank`;
    await files.makeFolder(folder);
    await files.makeFolder(bank);
    await files.write(`${bank}/num_lines`, String(lines));
    await files.write(`${bank}/label`, label);
    for (const [offset, name] of Object.entries(names)) {
      await files.makeFolder(`${bank}/line${offset}`);
      await files.write(`${bank}/line${offset}/name`, name);
    }
    const chip = new SimulatedChip(files, folder);
    await chip.plugIn();
    return chip;
  }

  private constructor(files: KernelFiles, folder: string) {
    this.#files = files;
    this.#folder = folder;
  }

  /** The kernel's own number of a line, by which sysfs and the trace know it. */
  number(offset: number): number {
    return this.#base + offset;
  }

  async pull(offset: number, level: Level): Promise<void> {
    await this.#files.write(this.pullFile(offset), pullText(level));
  }

  pullFile(offset: number): string {
    return `${this.#device}/sim_gpio${offset}/pull`;
  }

  valueFile(offset: number): string {
    return `${this.#device}/sim_gpio${offset}/value`;
  }

  /** What is on the line, whoever drives it. */
  async level(offset: number): Promise<Level> {
    const text = await this.#files.read(this.valueFile(offset));
    if (text === undefined) throw new Error(`no line ${offset}: the chip is unplugged`);
    return text.trim() === "1" ? 1 : 0;
  }

  /** The chip is gone, with whoever holds lines of it. */
  async unplug(): Promise<void> {
    this.isPluggedIn = false;
    await this.#files.write(`${this.#folder}/live`, "0");
  }

  /** A new chip with the same label, every line low; its numbers may be others. */
  async plugIn(): Promise<void> {
    await this.#files.write(`${this.#folder}/live`, "1");
    const [device, chip] = await Promise.all(
      ["dev_name", "bank/chip_name"].map(async (file) =>
        ((await this.#files.read(`${this.#folder}/${file}`)) ?? "").trim(),
      ),
    );
    this.#device = `/sys/devices/platform/${device}/${chip}`;
    const numbers = await this.#files.list(`/sys/devices/platform/${device}/gpio`);
    this.#base = Number(numbers[0]?.replace("gpiochip", ""));
    this.isPluggedIn = true;
  }

  /** Out of the kernel's configuration too. */
  async remove(): Promise<void> {
    if (this.isPluggedIn) await this.unplug();
    for (const entry of await this.#files.list(`${this.#folder}/bank`)) {
      if (entry.startsWith("line")) await this.#files.removeFolder(`${this.#folder}/bank/${entry}`);
    }
    await this.#files.removeFolder(`${this.#folder}/bank`);
    await this.#files.removeFolder(this.#folder);
  }
}

export const pullText = (level: Level): string => (level === 1 ? "pull-up" : "pull-down");

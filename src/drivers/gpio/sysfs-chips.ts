import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { HardwareFault } from "../../ports/door-hardware.ts";
import { openChip } from "./chip-devices.ts";
import { chipLabelled, type FoundChip, offsetsOf } from "./found-lines.ts";
import { BoardMismatch, reasonOf } from "./line-driver.ts";
import type { LineGroup } from "./line-plan.ts";

/** onoff knows no other. */
export const sysfsFolder = "/sys/class/gpio";

interface SysfsChip extends FoundChip {
  /** The global number of its first line, which changes between kernels and boots. */
  readonly base: number;
}

/** The global numbers of a group's lines, as of now. Throws HardwareFault, which names the chips that were found. */
export function lineNumbers(group: LineGroup, folder = sysfsFolder): readonly number[] {
  const chip = chipLabelled(group.chip, sysfsChips(folder));
  const asksForName = group.lines.some(({ line }) => line.name !== undefined);
  const names = asksForName ? namesOfLines(group) : [];
  return offsetsOf(group, chip, (offset) => names[offset] ?? "").map((offset) => chip.base + offset);
}

function sysfsChips(folder: string): SysfsChip[] {
  let entries: string[];
  try {
    entries = readdirSync(folder);
  } catch (error) {
    throw new HardwareFault(folder, `this kernel has no GPIO in sysfs: ${reasonOf(error)}`);
  }
  return entries
    .filter((entry) => /^gpiochip\d+$/.test(entry))
    .flatMap((name) => {
      const read = (file: string): string => readFileSync(join(folder, name, file), "utf8").trim();
      try {
        return [{ name, label: read("label"), base: Number(read("base")), lines: Number(read("ngpio")) }];
      } catch {
        return []; // it went while we looked
      }
    });
}

/** sysfs itself does not know them, and debugfs is no interface: they come from the character device, or not at all. */
function namesOfLines({ chip: label, lines }: LineGroup): readonly string[] {
  try {
    using chip = openChip(label);
    return Array.from({ length: chip.lines }, (_, offset) => chip.lineInfo(offset).name);
  } catch (error) {
    const named = lines.filter(({ line }) => line.name !== undefined).map(({ name }) => name);
    throw new BoardMismatch(
      named.join(", "),
      `sysfs knows no names of lines, and the character device that does is not there (${reasonOf(error)}): configure the offset instead of the name`,
    );
  }
}

export const isExported = (number: number, folder = sysfsFolder): boolean =>
  statSync(join(folder, `gpio${number}`), { throwIfNoEntry: false }) !== undefined;

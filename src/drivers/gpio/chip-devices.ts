import { closeSync, existsSync, fstatSync, openSync, readdirSync } from "node:fs";
import { HardwareFault } from "../../ports/door-hardware.ts";
import { chipLabelled, type FoundChip } from "./found-lines.ts";
import { chipInfoOf, type LineInfo, lineInfoOf, lineInfoRequest, requests, sizes } from "./gpio-uapi.ts";
import { reasonOf } from "./line-driver.ts";
import { control } from "./system-calls.ts";

const deviceFolder = "/dev";

/** A chip's device, open. */
export interface ChipDevice extends FoundChip, Disposable {
  readonly descriptor: number;
  lineInfo(offset: number): LineInfo;
}

/** Opens the one chip with this label. Throws HardwareFault, which names the chips that were found. */
export function openChip(label: string): ChipDevice {
  const found = openAll();
  try {
    const chip = chipLabelled(label, found);
    found.splice(found.indexOf(chip), 1);
    return chip;
  } finally {
    for (const other of found) other[Symbol.dispose]();
  }
}

/** Whether the kernel answers here as we ask: it has chips, and speaks version 2 of the interface (Linux 5.10). */
export function characterDevicesAnswer(): boolean {
  const found = openAll();
  try {
    return found.some(answersVersion2);
  } finally {
    for (const chip of found) chip[Symbol.dispose]();
  }
}

/** Labels of the chips that this machine has; undefined where it does not say, or this user may not ask. */
export function chipLabels(): readonly string[] | undefined {
  try {
    const found = openAll();
    const labels = found.map(({ label }) => label);
    for (const chip of found) chip[Symbol.dispose]();
    return labels.length === 0 && existsSync("/sys/class/gpio") ? undefined : labels;
  } catch (error) {
    if (error instanceof HardwareFault) return undefined;
    throw error;
  }
}

function answersVersion2(chip: ChipDevice): boolean {
  try {
    chip.lineInfo(0);
    return true;
  } catch {
    return false; // an older kernel, or a chip that has just gone
  }
}

function openAll(): ChipDevice[] {
  const chips = new Map<number, ChipDevice>();
  let refused: unknown;
  for (const entry of devices()) {
    try {
      const chip = openDevice(`${deviceFolder}/${entry}`);
      const { rdev } = fstatSync(chip.descriptor);
      // The same chip under a second name: a link for programs that know it by an old number.
      if (chips.has(rdev)) chip[Symbol.dispose]();
      else chips.set(rdev, chip);
    } catch (error) {
      refused = error;
    }
  }
  if (chips.size === 0 && refused !== undefined)
    throw new HardwareFault(
      deviceFolder,
      `no GPIO chip can be opened: ${reasonOf(refused)}; is this user in its group?`,
    );
  return [...chips.values()];
}

const devices = (): string[] => readdirSync(deviceFolder).filter((entry) => /^gpiochip\d+$/.test(entry));

function openDevice(path: string): ChipDevice {
  const descriptor = openSync(path, "r+");
  try {
    const bytes = Buffer.alloc(sizes.chipInfo);
    control(descriptor, requests.getChipInfo, bytes);
    return {
      ...chipInfoOf(bytes),
      descriptor,
      lineInfo(offset) {
        const info = lineInfoRequest(offset);
        control(descriptor, requests.getLineInfo, info);
        return lineInfoOf(info);
      },
      [Symbol.dispose]: () => closeSync(descriptor),
    };
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
}

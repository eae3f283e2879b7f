import { HardwareFault } from "../../ports/door-hardware.ts";
import { longestName } from "./gpio-uapi.ts";
import { BoardMismatch } from "./line-driver.ts";
import type { LineGroup, LinePlan } from "./line-plan.ts";

/** A chip of this machine. */
export interface FoundChip {
  /** What the machine calls it, for people: `gpiochip0`. */
  readonly name: string;
  readonly label: string;
  readonly lines: number;
}

/** The one chip with this label. Absent it may still come; twice there, nobody can know which one is meant. */
export function chipLabelled<Chip extends FoundChip>(label: string, found: readonly Chip[]): Chip {
  // The kernel cuts longer labels off.
  const [chip, ...others] = found.filter((each) => each.label === label.slice(0, longestName));
  if (chip === undefined) throw new HardwareFault(label, `no chip has this label; found ${namesOf(found)}`);
  if (others.length > 0)
    throw new BoardMismatch(label, `several chips have this label: ${namesOf([chip, ...others])}`);
  return chip;
}

const namesOf = (chips: readonly FoundChip[]): string =>
  chips.length === 0
    ? "none"
    : chips.map(({ name, label, lines }) => `${label} (${name}, ${lines} lines)`).join(", ");

/**
 * The offset of every line of the group, each one of its own. `nameAt` says what the kernel calls the line at an
 * offset, and is asked only where a name is configured.
 */
export function offsetsOf(
  { lines }: LineGroup,
  chip: FoundChip,
  nameAt: (offset: number) => string,
): readonly number[] {
  const users = new Map<number, LinePlan>();
  return lines.map((line) => {
    const offset = offsetOf(line, chip, nameAt);
    const other = users.get(offset);
    if (other !== undefined)
      throw new BoardMismatch(line.name, `is line ${offset} of ${chip.label}, and so is ${other.name}`);
    users.set(offset, line);
    return offset;
  });
}

function offsetOf(
  { name: meaning, line }: LinePlan,
  chip: FoundChip,
  nameAt: (offset: number) => string,
): number {
  const { name, offset } = line;
  if (offset !== undefined && offset >= chip.lines)
    throw new BoardMismatch(meaning, `${chip.label} has ${chip.lines} lines, and none at offset ${offset}`);
  if (name === undefined) {
    if (offset === undefined) throw new BoardMismatch(meaning, "has neither name nor offset");
    return offset;
  }
  const named = Array.from({ length: chip.lines }, (_, each) => each).filter((each) => nameAt(each) === name);
  const [first] = named;
  if (offset !== undefined) {
    if (named.includes(offset)) return offset;
    throw new BoardMismatch(
      meaning,
      `line ${offset} of ${chip.label} is called "${nameAt(offset)}", not "${name}"${first === undefined ? "" : `, which is line ${first}`}`,
    );
  }
  if (first === undefined) throw new BoardMismatch(meaning, `${chip.label} has no line called "${name}"`);
  if (named.length > 1)
    throw new BoardMismatch(
      meaning,
      `${chip.label} has several lines called "${name}": ${named.join(", ")}; give the offset instead`,
    );
  return first;
}

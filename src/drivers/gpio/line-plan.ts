import { type DoorName, doorNames, type VestibuleId } from "../../domain/names.ts";

/** One line of a board: where it is, and what its level means. */
export interface LinePlan {
  /** In the board profile: `outer.lock`, `v2.outer.lock`, `fire`. Within a plan the same name is the same line. */
  readonly name: string;
  /** The chip's label; its number changes between kernels and boots. */
  readonly chip: string;
  /** Where both are given they have to agree. */
  readonly line: { readonly name?: string; readonly offset?: number };
  readonly activeLow: boolean;
  /** What holds the line when nothing drives it; `external` is a resistor on the wiring. */
  readonly pull: "up" | "down" | "external";
}

export interface DoorLinePlan {
  /** Active is released, inactive secured, for both kinds of lock: at rest the relay secures. */
  readonly lock: LinePlan;
  /** Active is open. */
  readonly contact: LinePlan;
  /** Active is retracted. */
  readonly bolt?: LinePlan | undefined;
  /** Active is pressed. */
  readonly rex?: LinePlan | undefined;
}

/** The lines of one door pair. A line such as `fire` may be several vestibules'. */
export interface VestibuleLinePlan {
  readonly doors: Readonly<Record<DoorName, DoorLinePlan>>;
  readonly fire?: LinePlan | undefined;
  readonly lockdown?: LinePlan | undefined;
  readonly tamper?: LinePlan | undefined;
  /** Active is: mains is there. */
  readonly mains?: LinePlan | undefined;
  /** Active is: the battery is good. */
  readonly battery?: LinePlan | undefined;
  /** Active is sounding. */
  readonly buzzer?: LinePlan | undefined;
  /** The board's further outputs, by name: nobody's in particular, they stand with the first vestibule. */
  readonly outputs?: Readonly<Record<string, LinePlan>> | undefined;
}

export type GpioPlan = ReadonlyMap<VestibuleId, VestibuleLinePlan>;

/** Lines of one chip that are taken together: they come, and go, together. */
export interface LineGroup {
  readonly chip: string;
  readonly lines: readonly LinePlan[];
}

/** GPIO_V2_LINES_MAX: what the kernel gives in one request. */
const mostLines = 64;

/** Every lock, buzzer and further output. The order is the order in which their descriptors are inherited. */
export const outputGroups = (plan: GpioPlan): readonly LineGroup[] =>
  groupsOf([
    ...[...plan.values()].flatMap(({ doors }) => doorNames.map((door) => doors[door].lock)),
    ...[...plan.values()].map(({ buzzer }) => buzzer),
    ...[...plan.values()].flatMap(({ outputs }) => Object.values(outputs ?? {})),
  ]);

export const inputGroups = (plan: GpioPlan): readonly LineGroup[] =>
  groupsOf(
    [...plan.values()].flatMap(({ doors, fire, lockdown, tamper, mains, battery }) => [
      ...doorNames.flatMap((door) => [doors[door].contact, doors[door].bolt, doors[door].rex]),
      fire,
      lockdown,
      tamper,
      mains,
      battery,
    ]),
  );

function groupsOf(lines: readonly (LinePlan | undefined)[]): LineGroup[] {
  const byChip = new Map<string, Map<string, LinePlan>>();
  for (const line of lines) {
    if (line === undefined) continue;
    const chip = byChip.get(line.chip) ?? new Map<string, LinePlan>();
    byChip.set(line.chip, chip.set(line.name, line));
  }
  return [...byChip].flatMap(([chip, named]) => {
    const all = [...named.values()];
    const count = Math.ceil(all.length / mostLines);
    return Array.from({ length: count }, (_, index) => ({
      chip,
      lines: all.slice(index * mostLines, (index + 1) * mostLines),
    }));
  });
}

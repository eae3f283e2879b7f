import { type DoorName, type VestibuleId } from "../domain/names.ts";
import { didYouMean, faultAt } from "./board-faults.ts";
import {
  type BoardLine,
  type BoardProfile,
  type InputLine,
  type OutputLine,
  partsOf,
} from "./board-schema.ts";
import { ConfigError, type ConfigFault } from "./config-error.ts";
import { nearest } from "./nearest.ts";
import { shown } from "./path.ts";
import type { VestibuleConfiguration } from "./site-schema.ts";
import type { YamlFile } from "./yaml-file.ts";

/** A line with its name in the profile, by which it is the same line wherever several vestibules share it. */
export type Named<Line extends BoardLine> = Line & { readonly name: string };

export interface DoorLines {
  readonly lock: Named<OutputLine>;
  readonly contact: Named<InputLine>;
  /** Only where the site says that they are fitted: what a profile has beyond that is left alone. */
  readonly bolt: Named<InputLine> | undefined;
  readonly rex: Named<InputLine> | undefined;
}

export interface VestibuleLines {
  readonly doors: Readonly<Record<DoorName, DoorLines>>;
  readonly fire: Named<InputLine> | undefined;
  readonly lockdown: Named<InputLine> | undefined;
  readonly tamper: Named<InputLine> | undefined;
  readonly mains: Named<InputLine> | undefined;
  readonly battery: Named<InputLine> | undefined;
  readonly buzzer: Named<OutputLine> | undefined;
  /** Of the board, by the names in alarms.outputs; they stand with the site's first vestibule. */
  readonly outputs?: Readonly<Record<string, Named<OutputLine>>>;
}

/**
 * Which line is whose. Throws ConfigError with all that this site's vestibules lack on this board, and with what
 * the board gives to vestibules the site does not have.
 */
export function linesOf(
  board: BoardProfile,
  vestibules: readonly Pick<VestibuleConfiguration, "id" | "doors">[],
  yaml: YamlFile,
  outputs: readonly string[] = [],
): ReadonlyMap<VestibuleId, VestibuleLines> {
  const faults = strangerFaults(board, vestibules, yaml);
  const lines = new Map<VestibuleId, VestibuleLines>();
  for (const [index, { id, doors }] of vestibules.entries()) {
    const finder = new LineFinder(board, yaml, id, index === 0);
    const door = (name: DoorName): DoorLines | undefined => finder.door(name, doors[name]);
    const [outer, inner] = [door("outer"), door("inner")];
    const shared = { ...finder.shared(), ...(index === 0 ? finder.further(outputs) : {}) };
    faults.push(...finder.faults);
    if (outer !== undefined && inner !== undefined) lines.set(id, { doors: { outer, inner }, ...shared });
  }
  if (faults.length > 0) throw new ConfigError(faults);
  return lines;
}

/** A line for a vestibule that does not exist is a slip of the pen that would leave a lock to nobody. */
function strangerFaults(
  board: BoardProfile,
  vestibules: readonly Pick<VestibuleConfiguration, "id">[],
  yaml: YamlFile,
): ConfigFault[] {
  const ids = vestibules.map(({ id }) => id);
  return Object.keys(board.lines).flatMap((name) => {
    const { vestibule } = partsOf(name);
    if (vestibule === undefined || ids.includes(vestibule)) return [];
    const expected = `a vestibule of the site: ${ids.join(", ")}`;
    const remedy = didYouMean(nearest(vestibule, ids));
    return [faultAt(yaml, ["lines", name], `a line of ${shown(vestibule)}`, expected, remedy)];
  });
}

class LineFinder {
  readonly faults: ConfigFault[] = [];
  readonly #board: BoardProfile;
  readonly #yaml: YamlFile;
  readonly #id: VestibuleId;
  readonly #isFirst: boolean;

  constructor(board: BoardProfile, yaml: YamlFile, id: VestibuleId, isFirst: boolean) {
    this.#board = board;
    this.#yaml = yaml;
    this.#id = id;
    this.#isFirst = isFirst;
  }

  door(door: DoorName, fitted: VestibuleConfiguration["doors"][DoorName]): DoorLines | undefined {
    const find = (meaning: string, isNeeded: boolean, why: string): Named<BoardLine> | undefined =>
      this.#doorLine(`${door}.${meaning}`, isNeeded, why);
    const every = "every door has one";
    const lock = outputOf(find("lock", true, every));
    const contact = inputOf(find("contact", true, every));
    const site = "the site says it is fitted";
    const bolt = fitted.bolt === "fitted" ? inputOf(find("bolt", true, site)) : undefined;
    const rex = fitted.rex === "fitted" ? inputOf(find("rex", true, site)) : undefined;
    return lock === undefined || contact === undefined ? undefined : { lock, contact, bolt, rex };
  }

  /** What alarms drive; a line of the board that no alarm names is left alone. */
  further(names: readonly string[]): Pick<VestibuleLines, "outputs"> {
    const found = names.flatMap((name) => {
      const line = outputOf(this.#line(`output.${name}`));
      if (line === undefined)
        this.#fault(`output.${name}`, "nothing", "a line for it: the site's alarms.outputs names it");
      return line === undefined ? [] : [[name, line] as const];
    });
    return names.length === 0 ? {} : { outputs: Object.fromEntries(found) };
  }

  shared(): Omit<VestibuleLines, "doors"> {
    const find = (meaning: string): Named<BoardLine> | undefined =>
      this.#line(`${this.#id}.${meaning}`) ?? this.#line(meaning);
    return {
      fire: inputOf(find("fire")),
      lockdown: inputOf(find("lockdown")),
      tamper: inputOf(find("tamper")),
      mains: inputOf(find("mains")),
      battery: inputOf(find("battery")),
      buzzer: outputOf(find("buzzer")),
    };
  }

  #doorLine(plain: string, isNeeded: boolean, why: string): Named<BoardLine> | undefined {
    const own = `${this.#id}.${plain}`;
    const byId = this.#line(own);
    const unprefixed = this.#isFirst ? this.#line(plain) : undefined;
    if (byId !== undefined && unprefixed !== undefined) {
      this.#fault(
        own,
        `the line of ${plain} a second time`,
        `one of the two: ${this.#id} is the site's first vestibule`,
      );
    } else if (byId === undefined && unprefixed === undefined && isNeeded) {
      this.#fault(this.#isFirst ? plain : own, "nothing", `a line for it: ${why}`);
    }
    return byId ?? unprefixed;
  }

  #line(name: string): Named<BoardLine> | undefined {
    const line = this.#board.lines[name];
    return line === undefined ? undefined : { ...line, name };
  }

  #fault(name: string, found: string, expected: string): void {
    const remedy =
      found === "nothing"
        ? { en: "add it", zh: "缺少该线路，请补上。" }
        : { en: "remove one", zh: "同一线路写了两次，请删除其一。" };
    this.faults.push(faultAt(this.#yaml, ["lines", name], found, expected, remedy));
  }
}

// The profile has been checked: what is a lock or a buzzer is an output, and everything else an input.
const outputOf = (line: Named<BoardLine> | undefined): Named<OutputLine> | undefined =>
  line?.direction === "out" ? line : undefined;
const inputOf = (line: Named<BoardLine> | undefined): Named<InputLine> | undefined =>
  line?.direction === "in" ? line : undefined;

import type { Clock } from "../ports/clock.ts";
import type { Directory } from "../ports/directory.ts";
import type {
  NewRuleVersion,
  RulesStore,
  RuleVersion,
  RuleVersionQuery,
  StoredKind,
} from "../ports/rules-store.ts";

const mostListed = 500;

/** Versions of rules in memory. */
export class MemoryRules implements RulesStore {
  readonly #clock: Pick<Clock, "wall">;
  readonly #directory: Pick<Directory, "list">;
  #versions: readonly RuleVersion[] = [];

  constructor(clock: Pick<Clock, "wall">, directory: Pick<Directory, "list">) {
    this.#clock = clock;
    this.#directory = directory;
  }

  newest(kind: StoredKind): RuleVersion | undefined {
    return this.#versions.findLast((version) => version.kind === kind);
  }

  get(id: number): RuleVersion | undefined {
    return this.#versions.find((version) => version.id === id);
  }

  list({ kind, before, operator, from, to, limit }: RuleVersionQuery): readonly RuleVersion[] {
    if (!Number.isInteger(limit) || limit < 1 || limit > mostListed)
      throw new RangeError(`limit ${limit} is not within 1 to ${mostListed}`);
    return this.#versions
      .filter(
        (one) =>
          (kind === undefined || one.kind === kind) &&
          (before === undefined || one.id < before) &&
          (operator === undefined || one.operator === operator || one.approver === operator) &&
          (from === undefined || one.at >= from) &&
          (to === undefined || one.at < to),
      )
      .toReversed()
      .slice(0, limit);
  }

  kinds(): readonly StoredKind[] {
    return [...new Set(this.#versions.map(({ kind }) => kind))].toSorted();
  }

  append(version: NewRuleVersion): RuleVersion {
    const added = {
      ...version,
      id: this.#versions.length + 1,
      version: (this.newest(version.kind)?.version ?? 0) + 1,
      at: this.#clock.wall(),
    };
    this.#versions = [...this.#versions, added];
    return added;
  }

  holders(levels: readonly string[]): Readonly<Record<string, number>> {
    const all = this.#directory.list({ limit: 500 });
    const counted = levels.map((level) => {
      const holders = all.filter(({ accessLevels }) => accessLevels.includes(level)).length;
      return [level, holders] as const;
    });
    return Object.fromEntries(counted.filter(([, holders]) => holders > 0));
  }

  transact<Result>(work: () => Result): Result {
    const before = this.#versions;
    try {
      return work();
    } catch (error) {
      this.#versions = before;
      throw error;
    }
  }

  /** As somebody would who can write to the disk. */
  tamper(change: (versions: readonly RuleVersion[]) => readonly RuleVersion[]): void {
    this.#versions = change(this.#versions);
  }
}

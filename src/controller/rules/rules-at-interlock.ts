import { areSameRules, type RunningRules, runningRulesOf } from "../../domain/interlock/interlock.ts";
import type { VestibuleId } from "../../domain/names.ts";
import type { RulesInForce } from "../../domain/rules/rules-in-force.ts";
import type { VestibuleReport } from "../../ports/interlock-link.ts";

/**
 * Has the interlock go by the rules in force: said with each report that shows others, so that one that has just begun
 * hears of them as well as one that was changed. What it refuses is not said to it again.
 */
export class RulesAtInterlock {
  readonly #rules: () => RulesInForce;
  readonly #configure: (vestibule: VestibuleId, rules: RunningRules) => void;
  readonly #refused = new Map<VestibuleId, RunningRules>();
  #reports: ReadonlyMap<VestibuleId, VestibuleReport> = new Map();

  constructor(rules: () => RulesInForce, configure: (vestibule: VestibuleId, rules: RunningRules) => void) {
    this.#rules = rules;
    this.#configure = configure;
  }

  onReport(reports: readonly VestibuleReport[]): void {
    this.#reports = new Map(reports.map((report) => [report.vestibule, report]));
    this.changed();
  }

  onLost(): void {
    this.#reports = new Map();
    this.#refused.clear();
  }

  onRefused(vestibule: VestibuleId, rules: RunningRules): void {
    this.#refused.set(vestibule, rules);
  }

  /** To be called when other rules hold. */
  changed(): void {
    for (const [vestibule, { rules }] of this.#reports) {
      const wanted = this.#wanted(vestibule);
      if (wanted === undefined || areSameRules(rules.awaited ?? rules.inForce, wanted)) continue;
      const refused = this.#refused.get(vestibule);
      if (refused === undefined || !areSameRules(refused, wanted)) this.#configure(vestibule, wanted);
    }
  }

  /** Whether the interlock goes by other rules yet, or is not there to say. */
  isAwaited(vestibule: VestibuleId): boolean {
    const wanted = this.#wanted(vestibule);
    const inForce = this.#reports.get(vestibule)?.rules.inForce;
    return wanted !== undefined && (inForce === undefined || !areSameRules(inForce, wanted));
  }

  #wanted(vestibule: VestibuleId): RunningRules | undefined {
    const policy = this.#rules().interlock[vestibule];
    return policy === undefined ? undefined : runningRulesOf(policy);
  }
}

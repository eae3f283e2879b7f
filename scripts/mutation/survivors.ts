/** Mutants of StrykerJS that no test kills, each with why that is right. The report names those that are missing here. */
export interface ExplainedSurvivor {
  /** In src/domain/interlock. */
  readonly file: string;
  /** The source that was changed, and what it became; both with runs of spaces as one. */
  readonly from: string;
  readonly to: string;
  readonly why: string;
}

export const explainedSurvivors: readonly ExplainedSurvivor[] = [];

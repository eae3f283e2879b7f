/** A photo of somebody. */
export interface PhotoRef {
  readonly cardholder: string;
  readonly photo: string;
}

/** How far the people who were enrolled with a photo have templates of every model in use. */
export interface TemplateCoverage {
  /** Cardholders with a photo. */
  readonly enrolled: number;
  /** Of them: who has no photo with a template of each model. Nobody of them is let in by face. */
  readonly without: number;
  /** Photos that lack a template and have not been tried, or not been refused. */
  readonly due: number;
  /** Photos that give no template of these models. */
  readonly refused: number;
}

/** As `/state` shows it. */
export interface TemplateView extends TemplateCoverage {
  /** In use. */
  readonly models: readonly string[];
  readonly recomputing: {
    readonly done: number;
    readonly of: number;
    /** At the present rate; null until there is one. */
    readonly secondsLeft: number | null;
  } | null;
}

/** How things stand, and the next photos that are due, in their order. */
export interface TemplateSurvey {
  readonly coverage: TemplateCoverage;
  readonly due: readonly PhotoRef[];
}

/** At most so many at once. */
export const mostSurveyed = 1_000;

/** Goes through everybody, which takes a second for 100,000: not on the loop that decides. Rejects with StorageFault. */
export type SurveyTemplates = (models: readonly string[], after: string) => Promise<TemplateSurvey>;

/** Templates across all people, for when the models change. `models`: every one that is in use. Throws StorageFault. */
export interface TemplateStore {
  coverage(models: readonly string[]): TemplateCoverage;
  /** In the photos' order, after `after`. */
  due(models: readonly string[], limit: number, after?: string): readonly PhotoRef[];
  /** All of one photo's at once, in place of any that were there. False where there is no such photo any more. */
  put(
    at: PhotoRef,
    templates: readonly { readonly model: string; readonly descriptor: Float32Array }[],
  ): boolean;
  /** This photo gives none: it is not due any more. */
  refuse(at: PhotoRef, models: readonly string[], reason: string): void;
  refused(models: readonly string[], limit: number): readonly (PhotoRef & { readonly reason: string })[];
  /** Refused photos are due again. */
  retry(models: readonly string[]): void;
  /** Templates of models that are not in use, by model. */
  others(models: readonly string[]): readonly { readonly model: string; readonly templates: number }[];
  removeOthers(models: readonly string[]): number;
}

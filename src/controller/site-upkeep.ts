import { mostSurveyed, type SurveyTemplates, type TemplateStore } from "../ports/template-store.ts";
import type { Chronicle } from "./chronicle.ts";
import type { ControllerOptions } from "./controller-options.ts";
import { KeyRotation } from "./key-rotation.ts";
import { TemplateUpkeep } from "./people/template-upkeep.ts";
import type { VisionClient } from "./vision-client.ts";

/** What is put right beside everything else: templates of new models, seals of a new key. */
export class SiteUpkeep implements Disposable {
  readonly templates: TemplateUpkeep;
  readonly #keys: KeyRotation | undefined;

  constructor(
    { templates, surveyTemplates, directory, keyChange, clock }: ControllerOptions,
    vision: VisionClient,
    chronicle: Chronicle,
    onChange: () => void,
  ) {
    const survey = surveyTemplates ?? surveyHere(templates);
    this.templates = new TemplateUpkeep({ templates, survey, directory, vision, chronicle, clock, onChange });
    this.#keys = keyChange && new KeyRotation(keyChange, chronicle, clock);
  }

  start(): void {
    this.#keys?.start();
  }

  [Symbol.dispose](): void {
    this.templates[Symbol.dispose]();
    this.#keys?.[Symbol.dispose]();
  }
}

/** On this very loop: for few people. */
export const surveyHere =
  (templates: Pick<TemplateStore, "coverage" | "due">): SurveyTemplates =>
  async (models, after) => ({
    coverage: templates.coverage(models),
    due: templates.due(models, mostSurveyed, after),
  });

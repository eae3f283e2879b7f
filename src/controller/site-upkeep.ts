import { mostSurveyed, type SurveyTemplates, type TemplateStore } from "../ports/template-store.ts";
import type { Approvals } from "./approvals/approvals.ts";
import type { Chronicle } from "./chronicle.ts";
import type { ControllerOptions } from "./controller-options.ts";
import { type KeptParts, SiteKeeping } from "./keeping/site-keeping.ts";
import { KeyRotation } from "./key-rotation.ts";
import { TemplateUpkeep } from "./people/template-upkeep.ts";
import type { StateParts } from "./site-state.ts";
import { isActive } from "./standing-conditions.ts";
import type { VisionClient } from "./vision-client.ts";
import { proofsBefore, SiteProofs } from "./witness/site-proofs.ts";

/** What goes on beside everything else: templates of new models, seals of a new key, backups, the end of old records. */
export class SiteUpkeep implements Disposable {
  readonly templates: TemplateUpkeep;
  readonly keeping: SiteKeeping;
  readonly proofs: SiteProofs | undefined;
  readonly #keys: KeyRotation | undefined;
  readonly #journal: ControllerOptions["journal"];

  constructor(options: ControllerOptions, vision: VisionClient, chronicle: Chronicle, onChange: () => void) {
    const { templates, surveyTemplates, directory, keyChange, clock } = options;
    const survey = surveyTemplates ?? surveyHere(templates);
    this.templates = new TemplateUpkeep({ templates, survey, directory, vision, chronicle, clock, onChange });
    this.#journal = options.journal;
    this.#keys = keyChange && new KeyRotation(keyChange, chronicle, clock);
    this.keeping = new SiteKeeping(options, chronicle, onChange);
    this.proofs = options.proofs && new SiteProofs(options.proofs, chronicle, clock, onChange);
  }

  start(parts: KeptParts & Pick<StateParts, "outbox">, approvals: Pick<Approvals, "waiting">): void {
    this.#keys?.start();
    this.keeping.start(parts, approvals);
    const isOverdue = isActive(parts.alarms.find("site.JournalUnwitnessed"));
    this.proofs?.start(proofsBefore(this.#journal, isOverdue), (checkpoint) =>
      parts.outbox?.checkpointSigned(checkpoint),
    );
  }

  [Symbol.dispose](): void {
    this.templates[Symbol.dispose]();
    this.#keys?.[Symbol.dispose]();
    this.keeping[Symbol.dispose]();
    this.proofs?.[Symbol.dispose]();
  }
}

/** On this very loop: for few people. */
export const surveyHere =
  (templates: Pick<TemplateStore, "coverage" | "due">): SurveyTemplates =>
  async (models, after) => ({
    coverage: templates.coverage(models),
    due: templates.due(models, mostSurveyed, after),
  });

import type { AlarmDesk } from "../alarm-desk.ts";
import type { Chronicle } from "../chronicle.ts";
import type { ControllerOptions } from "../controller-options.ts";
import type { RecordListeners } from "../record-listeners.ts";
import type { SiteHealth } from "../site-health.ts";
import { EvidenceAudit } from "./evidence-audit.ts";
import { EvidenceKeeping } from "./evidence-keeping.ts";

export interface EvidenceSurroundings {
  readonly chronicle: Chronicle;
  readonly alarms: AlarmDesk;
  readonly health: SiteHealth;
  readonly told: RecordListeners;
}

/** What goes on with kept evidence beside everything else: what is due is deleted, and what is there is looked at. */
export class EvidenceUpkeep implements Disposable {
  readonly keeping: EvidenceKeeping;
  readonly audit: EvidenceAudit;
  readonly #parts = new DisposableStack();

  constructor(
    { evidence: store, journal, clock, site }: ControllerOptions,
    { chronicle, alarms, health, told }: EvidenceSurroundings,
  ) {
    const parts = { store, journal, chronicle, alarms, clock, retention: site.evidenceRetention };
    const onExcess: (typeof health)["evidenceSpace"] = (excess) => health.evidenceSpace(excess);
    this.keeping = this.#parts.use(new EvidenceKeeping({ ...parts, onExcess }));
    this.audit = this.#parts.use(new EvidenceAudit({ ...parts, index: this.keeping.index }));
    this.#parts.use(told.listen((record) => this.keeping.onRecord(record)));
  }

  start(): void {
    this.keeping.start();
    this.audit.start();
  }

  [Symbol.dispose](): void {
    this.#parts.dispose();
  }
}

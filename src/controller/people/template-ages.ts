import type { AccessEvent } from "../../domain/access/access.ts";
import { type Ageing, ageingOf, mostRecognitions, type Recognition } from "../../domain/biometric/ageing.ts";
import type { Journal, JournalRecord } from "../../ports/journal.ts";
import type { Chronicle } from "../chronicle.ts";

/** Records of one person that are looked through for the times they were recognised. */
const mostRecords = 200;
/** Nearer than this nobody's templates are old, and nothing need be looked up at the door. */
const worthALook = 0.5;

/** Whether people's faces move away from their templates, as the record of their passages tells. */
export class TemplateAges {
  readonly #journal: Pick<Journal, "query">;
  readonly #chronicle: Chronicle;

  constructor(journal: Pick<Journal, "query">, chronicle: Chronicle) {
    this.#journal = journal;
    this.#chronicle = chronicle;
  }

  of(cardholder: string): Ageing | undefined {
    return ageingOf(this.#recognitions(cardholder));
  }

  /** After a passage was granted, once there is time: said once, until a new photo is enrolled. */
  onGranted({ cardholder, face }: Extract<AccessEvent, { readonly type: "AccessGranted" }>): void {
    if (cardholder === null || face === null || face.distance === null) return;
    if (face.distance < worthALook * face.threshold) return;
    setImmediate(() => this.#tell(cardholder));
  }

  #tell(cardholder: string): void {
    const ageing = this.of(cardholder);
    if (ageing?.ageing !== true) return;
    if (this.#newest(cardholder, "TemplatesAgeing") > this.#newest(cardholder, "PhotoEnrolled")) return;
    const { growth, now } = ageing;
    this.#chronicle.note("TemplatesAgeing", { cardholder, growth: rounded(growth), now: rounded(now) });
  }

  /** Since the last photo was enrolled: with it another template is compared. */
  #recognitions(cardholder: string): readonly Recognition[] {
    const enrolled = this.#newest(cardholder, "PhotoEnrolled");
    return this.#journal
      .query({ cardholder, type: "AccessGranted", newestFirst: true, limit: mostRecords })
      .filter(({ seq }) => seq > enrolled)
      .flatMap(recognitionOf)
      .slice(0, mostRecognitions);
  }

  #newest(cardholder: string, type: string): number {
    return this.#journal.query({ cardholder, type, newestFirst: true, limit: 1 })[0]?.seq ?? 0;
  }
}

function recognitionOf({ wall, payload }: JournalRecord): readonly Recognition[] {
  const { face } = payload;
  if (face === null || typeof face !== "object" || Array.isArray(face)) return [];
  const { distance, threshold } = face as { readonly [figure: string]: unknown }; // an object, and no list
  return typeof distance === "number" && typeof threshold === "number"
    ? [{ at: wall, distance, threshold }]
    : [];
}

const rounded = (share: number): number => Math.round(share * 1_000) / 1_000;

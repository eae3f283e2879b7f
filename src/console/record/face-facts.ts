import type { RecordView } from "../../ports/record-view.ts";
import { isObject } from "../api/http.ts";

/** What a record says of a comparison; `null` where nothing was compared. */
export interface FaceFigures {
  readonly distance: number;
  readonly threshold: number;
}

/** Every timing of a record in milliseconds, in the order it was written. */
export type Timings = readonly (readonly [name: string, milliseconds: number])[];

const faceOf = (record: RecordView): Record<string, unknown> => {
  const face = record["face"];
  return isObject(face) ? face : record;
};

export function faceFigures(record: RecordView): FaceFigures | null {
  const { distance, threshold } = faceOf(record);
  return typeof distance === "number" && typeof threshold === "number" ? { distance, threshold } : null;
}

export function evidenceOf(record: RecordView): string | null {
  const { evidence } = record;
  return typeof evidence === "string" && /^[0-9a-f]{64}$/.test(evidence) ? evidence : null;
}

export function timingsOf(record: RecordView): Timings {
  const { timings } = faceOf(record);
  if (!isObject(timings)) return [];
  return Object.entries(timings).filter((entry): entry is [string, number] => typeof entry[1] === "number");
}

/** Pictures that were kept a moment after the decision they belong to, by passage. */
export function picturesByPassage(records: readonly RecordView[]): ReadonlyMap<string, string> {
  const pictures = new Map<string, string>();
  for (const record of records) {
    const { passage } = record;
    const evidence = evidenceOf(record);
    if (record.type === "EvidenceCaptured" && typeof passage === "string" && evidence !== null) {
      pictures.set(passage, evidence);
    }
  }
  return pictures;
}

/** The picture that shows what was decided on, taken with the decision or just after it. */
export function pictureFor(record: RecordView, pictures: ReadonlyMap<string, string>): string | null {
  const { passage } = record;
  const later =
    record.type === "AccessDenied" && typeof passage === "string" ? pictures.get(passage) : undefined;
  return evidenceOf(record) ?? later ?? null;
}

const shownElsewhere: ReadonlySet<string> = new Set([
  "schema",
  "seq",
  "time",
  "type",
  "hash",
  "face",
  "timings",
  "evidence",
]);

/** The remaining plain facts, for the details. */
export function plainFacts(record: RecordView): readonly (readonly [name: string, value: string])[] {
  return Object.entries(record).flatMap(([name, value]) => {
    if (shownElsewhere.has(name) || value === null || value === undefined || typeof value === "object")
      return [];
    return [[name, String(value)] as const];
  });
}

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

export const faceFigures = (record: RecordView): FaceFigures | null => figuresIn(faceOf(record));

/** Of the second recogniser, where the site asks for its vote. */
export function voteFigures(record: RecordView): FaceFigures | null {
  const { vote } = faceOf(record);
  return isObject(vote) ? figuresIn(vote) : null;
}

const figuresIn = ({ distance, threshold }: Record<string, unknown>): FaceFigures | null =>
  typeof distance === "number" && typeof threshold === "number" ? { distance, threshold } : null;

/** What one cue made of the face. */
export interface CueFigures {
  readonly cue: string;
  readonly says: string;
  readonly figures: readonly (readonly [name: string, value: number])[];
}

export interface LivenessFigures {
  readonly verdict: string;
  readonly cues: readonly CueFigures[];
}

/** Why it was taken for a living face, or for none; `null` where nobody looked. */
export function livenessOf(record: RecordView): LivenessFigures | null {
  const { liveness } = faceOf(record);
  if (!isObject(liveness) || typeof liveness["verdict"] !== "string") return null;
  const cues = Array.isArray(liveness["cues"]) ? liveness["cues"].filter(isObject) : [];
  return {
    verdict: liveness["verdict"],
    cues: cues.map(({ cue, says, figures }) => ({
      cue: String(cue),
      says: String(says),
      figures: isObject(figures)
        ? Object.entries(figures).filter((entry): entry is [string, number] => typeof entry[1] === "number")
        : [],
    })),
  };
}

/** Hashes of the pictures that show an attack. */
export function attackFramesOf(record: RecordView): readonly string[] {
  const { attackFrames } = faceOf(record);
  if (!Array.isArray(attackFrames)) return [];
  return attackFrames.filter((hash): hash is string => typeof hash === "string" && isHash(hash));
}

export function evidenceOf(record: RecordView): string | null {
  const { evidence } = record;
  return typeof evidence === "string" && isHash(evidence) ? evidence : null;
}

const isHash = (text: string): boolean => /^[0-9a-f]{64}$/.test(text);

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
    return [[name, plain(value)] as const];
  });
}

/** To a thousandth: a clock's millionths say nothing to anybody. */
const plain = (value: string | number | boolean): string =>
  typeof value === "number" ? String(Number(value.toFixed(3))) : String(value);

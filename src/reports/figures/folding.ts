import type { JsonObject } from "../../ports/journal.ts";
import { factsOf } from "../../ports/journal-facts.ts";
import type { FigureOrder } from "../../ports/services/figure-services.ts";

/** A record whose hash is right. */
export interface FoldedRecord {
  readonly type: string;
  /** Wall clock, milliseconds. */
  readonly wall: number;
  /** Monotonic, of `boot`. */
  readonly at: number;
  readonly boot: string;
  readonly payload: JsonObject;
}

/** Records in order on one side, a figure on the other. */
export interface Folding<Figure> {
  readonly types: ReadonlySet<string>;
  take(record: FoldedRecord): void;
  figure(): Figure;
}

/** A period that has both its ends. */
export interface Period {
  readonly from: number;
  readonly to: number;
}

export const lies = (wall: number, { from, to }: Period): boolean => wall >= from && wall <= to;

/** Whether a record is about the door that is asked for; one that names none is about all of them, or about none. */
export function isAsked(
  { vestibule, door }: Pick<FigureOrder, "vestibule" | "door">,
  { type, payload }: Pick<FoldedRecord, "type" | "payload">,
): boolean {
  if (vestibule === undefined && door === undefined) return true;
  const facts = factsOf(type, payload);
  return (
    (vestibule === undefined || facts.vestibule === vestibule) && (door === undefined || facts.door === door)
  );
}

/** The value below which that share of them lies; null of nothing. Sorts the list. */
export function quantile(values: number[], share: number): number | null {
  if (values.length === 0) return null;
  values.sort((a, b) => a - b);
  // The nearest rank: a value that was really there.
  return values[Math.max(0, Math.ceil(share * values.length) - 1)] ?? null;
}

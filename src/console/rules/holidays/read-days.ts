import type { DayKind } from "../../../domain/access/access.ts";

export interface LineFault {
  readonly line: number;
  readonly why: "date" | "range" | "weekday" | "kind" | "name" | "twice";
  readonly date?: string;
  readonly said?: string;
}

/** One date or range of a list, as it was read. */
export interface ReadDays {
  readonly line: number;
  readonly first: string;
  readonly last: string;
  readonly as: DayKind;
  readonly yearly: boolean;
  readonly name: string;
  /** The weekday that the list says `first` is. */
  readonly weekday?: DayKind | undefined;
}

export type Read = ReadDays | LineFault;

export interface Asked {
  /** Of dates without one, as notices have them. */
  readonly year: number;
  /** What a make-up working day is worked as, where the list does not say. */
  readonly worked: DayKind;
}

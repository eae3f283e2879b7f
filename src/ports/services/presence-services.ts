import type { Area } from "../../domain/access/input.ts";
import type { VestibuleId } from "../../domain/names.ts";
import type { WallTime } from "../../domain/time.ts";

export interface PresentPerson {
  readonly cardholder: string;
  /** Null where an operator said no more than the area. */
  readonly vestibule: VestibuleId | null;
  readonly area: Exclude<Area, "outside">;
  readonly since: WallTime;
}

export interface PresentAt {
  readonly vestibule: VestibuleId;
  /** By their cards. */
  readonly known: { readonly vestibule: number; readonly secure: number };
  /** Who passed by a button or let in by others; below zero: as many of the known have left, and nobody knows who. */
  readonly unknown: { readonly vestibule: number; readonly secure: number };
  /** A door has stood open to anybody since; null: nothing speaks against the figures. */
  readonly uncertainSince: WallTime | null;
}

export interface Present {
  readonly vestibules: readonly PresentAt[];
  readonly total: number;
  /** In the order of their ids. */
  readonly people: readonly PresentPerson[];
  /** The `after` of the next page; null: there is none. */
  readonly next: string | null;
}

export interface AreaResetOrder {
  /** Null: everybody. */
  readonly cardholder: string | null;
  /** Null: not known; of everybody only that or `outside`. */
  readonly area: Area | null;
  /** Left out: where the person was seen last, or the only one there is. */
  readonly vestibule?: VestibuleId | undefined;
  readonly operator: string;
  readonly reason: string;
}

export type AreaResetOutcome =
  | "reset"
  | "unknownCardholder"
  | "unknownVestibule"
  /** Nobody sets where he is himself (T43). */
  | "oneself";

/** Who is where, as the journal says (A3, A4). */
export interface PresenceServices {
  inside(page: { readonly after?: string | undefined; readonly limit: number }): Present;
  /** Throws StorageFault where it could not be recorded: then nothing has changed. */
  reset(order: AreaResetOrder): Promise<AreaResetOutcome>;
}

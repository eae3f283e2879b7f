import type { Area } from "../../domain/access/access.ts";
import type { VestibuleId } from "../../domain/names.ts";
import type { WallTime } from "../../domain/time.ts";

/** Who is where, as the access rules ask for it at each decision: answered from memory, in microseconds. */
export interface PresenceView {
  /** A3; undefined: not known. */
  areaOf(cardholder: string): Area | undefined;
  /** A4: people between the doors, and in the secure area behind them; those of whom only the door tells with them. */
  occupancy(vestibule: VestibuleId): { readonly vestibule: number; readonly secure: number };
  /** A2: schedules with a first person whose span running at `wall` has seen one. */
  openedSchedules(wall: WallTime): readonly string[];
}

import type { AccessPointRef, DoorName, VestibuleId } from "../domain/names.ts";
import type { Instant } from "../domain/time.ts";
import type { AlarmLink } from "./alarm-link.ts";
import type { ControllerServices } from "./controller-services.ts";
import type { LineReport } from "./interlock-link.ts";
import type { JournalRecord, JsonObject } from "./journal.ts";
import type { CommissioningServices, CommissioningState } from "./services/commissioning-services.ts";

/** Something came in at a reader; never what. */
export interface Presented extends AccessPointRef {
  readonly what: "card" | "keys";
  /** Of a card: how its number came about. */
  readonly format: string | null;
  /** How many characters or keys. */
  readonly length: number;
}

/** All that commissioning may ask of the running controller: it moves no door but through the interlock. */
export interface CommissioningHooks {
  readonly services: ControllerServices;
  /** Undefined where there is no broker. */
  readonly broker: AlarmLink | undefined;
  /**
   * Asks the interlock to release a door, as for anybody (R1); on record first (domain.md §3). Throws StorageFault, and
   * asks nothing then.
   */
  release(vestibule: VestibuleId, door: DoorName, operator: string): { readonly passage: string };
  /** Undefined: the interlock is silent. */
  readLines(): Promise<{ readonly at: Instant; readonly lines: readonly LineReport[] } | undefined>;
  onPresented(listener: (presented: Presented) => void): Disposable;
  /** Durably, and answers with what was written. Throws StorageFault. */
  record(type: string, payload: JsonObject): JournalRecord;
  /** The site's state is another one, and is told. */
  changed(): void;
  /** The supervisor ends all processes in order, and starts anew by the site's file as it is then. */
  runAgain(): void;
}

/** Commissioning, as the controller has it: it is asked at each card, and told what it may use. */
export interface Commissioning {
  readonly services: CommissioningServices;
  /** Cards open nothing. */
  isUnderWay(): boolean;
  state(): CommissioningState;
  begin(hooks: CommissioningHooks): Disposable;
}

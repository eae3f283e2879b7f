import type { AccessPointRef } from "../domain/names.ts";
import type { PairedScreen, ScreenStore } from "./paired-screens.ts";

/** A screen at a door that an operator has said belongs there. */
export interface PairedDisplay extends PairedScreen, AccessPointRef {}

export interface DisplayStore extends ScreenStore<PairedDisplay> {
  rename(id: string, name: string): void;
}

import type { VestibuleId } from "../domain/names.ts";
import type { PairedScreen, ScreenStore } from "./paired-screens.ts";

/** What a screen on a wall may show beside the doors, the alarms and the record. */
export interface WatchChoice {
  /** Of these door pairs, and of the site itself; null: of all there are, and will be. */
  readonly vestibules: readonly VestibuleId[] | null;
  /** The pictures kept with the alarms that it shows. */
  readonly pictures: boolean;
  /** That somebody acts under duress (A5): whoever can see the screen then sees that too. */
  readonly duress: boolean;
}

/** A screen of the security centre that watches with nobody signed in. */
export interface WatchScreen extends PairedScreen, WatchChoice {}

export interface WatchScreenStore extends ScreenStore<WatchScreen> {
  change(id: string, to: WatchChoice & Pick<WatchScreen, "name">): void;
}

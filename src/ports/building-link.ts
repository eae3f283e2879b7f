import type { DoorName, Lock, VestibuleId } from "../domain/names.ts";
import type { Instant } from "../domain/time.ts";
import type { CardRead, KeysPressed, ReaderSignal, ReaderStatus } from "./card-reader.ts";
import type { Reading } from "./door-hardware.ts";

/** To the simulated building, from whoever stands for a wire, a camera cable or a person. */
export type BuildingCommand =
  /** Interlock's wires. */
  | { readonly type: "attachLines" }
  | {
      readonly type: "commandLock";
      readonly vestibule: VestibuleId;
      readonly door: DoorName;
      readonly lock: Lock;
    }
  | { readonly type: "sound"; readonly vestibule: VestibuleId; readonly on: boolean }
  | { readonly type: "drive"; readonly output: string; readonly on: boolean }
  /** Readers' cable: how each reader is, and cards and keys from now on, are sent. */
  | { readonly type: "attachReaders" }
  | {
      readonly type: "signalReader";
      readonly vestibule: VestibuleId;
      readonly accessPoint: CardRead["accessPoint"];
      readonly signal: ReaderSignal;
    }
  /** Cameras' cable. */
  | { readonly type: "attachCameras" }
  /** A person's hand, through the simulator's API. */
  | { readonly type: "act"; readonly request: string; readonly action: BuildingAction };

export type BuildingAction =
  | {
      readonly type: "presentCard";
      readonly vestibule: VestibuleId;
      readonly accessPoint: CardRead["accessPoint"];
      readonly number: string;
    }
  | {
      readonly type: "pressKeys";
      readonly vestibule: VestibuleId;
      readonly accessPoint: CardRead["accessPoint"];
      readonly keys: string;
    }
  | {
      readonly type: "moveDoor";
      readonly vestibule: VestibuleId;
      readonly door: DoorName;
      readonly action: "open" | "close" | "force" | "prop";
    }
  /**
   * `active` true: contact reads open, bolt reads retracted, button pressed, fire, locked down, housing open, mains
   * there, a reader there, its housing open; null: what the physics say, or for the box's own inputs their rest.
   */
  | { readonly type: "setInput"; readonly name: string; readonly active: boolean | null }
  /** T31: the wires of the outer and the inner door are mixed up, these and no others. */
  | { readonly type: "swapWires"; readonly swapped: readonly SwappedWires[] }
  | { readonly type: "setScene"; readonly camera: string; readonly scene: Scene }
  | { readonly type: "readOutputs" };

export const swappedWires = ["contacts", "locks", "bolts"] as const;
export type SwappedWires = (typeof swappedWires)[number];

/** Of every picture that is shown to a simulated camera: it has no lens that could fit another. */
export const scenePictureSize = { width: 640, height: 360 } as const;

/** How people stand before a camera of the simulated building. */
export const presentations = ["live", "print", "screen"] as const;
export type Presented = (typeof presentations)[number];

/** What a camera of the simulated building looks at. */
export type Scene =
  | { readonly kind: "dark" }
  | { readonly kind: "empty" }
  | {
      readonly kind: "picture";
      readonly jpeg: Uint8Array;
      readonly label?: string;
      /** The people on it themselves, who move; or the picture of the first of them on paper or a phone. Default live. */
      readonly presented?: Presented;
      /** Whether they do what the display asks of them. Default true. */
      readonly obeys?: boolean;
    }
  | { readonly kind: "frozen" }
  | { readonly kind: "unplugged" };

/** From the simulated building. */
export type BuildingMessage =
  | { readonly type: "reading"; readonly reading: Reading; readonly at: Instant }
  | { readonly type: "linesAttached"; readonly readings: readonly Reading[] }
  | { readonly type: "card"; readonly read: CardRead }
  | { readonly type: "keys"; readonly keys: KeysPressed }
  | { readonly type: "reader"; readonly status: ReaderStatus }
  | { readonly type: "scene"; readonly camera: string; readonly scene: Scene }
  | { readonly type: "acted"; readonly request: string; readonly outcome: ActionOutcome };

export type ActionOutcome =
  | { readonly done: true; readonly outputs?: Readonly<Record<string, string>>; readonly detail?: string }
  | {
      readonly done: false;
      readonly reason: "unknownName" | "locked" | "alreadyOpen" | "alreadyClosed";
      readonly detail: string;
    };

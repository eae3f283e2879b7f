import type { AccessPointRef } from "../../domain/names.ts";

/** What a door display is set to; the site's file says. */
export interface DisplaySettings {
  /** What strangers may read of the name of whoever is let in. */
  readonly name: "none" | "given" | "full";
  /** The first is written large. */
  readonly languages: readonly ("zh" | "en")[];
  /** Percent; 0: silent. */
  readonly sound: number;
  readonly mirror: "on" | "off";
  readonly appearance: "auto" | "light" | "dark";
}

export const presetDisplaySettings: DisplaySettings = {
  name: "none",
  languages: ["zh", "en"],
  sound: 60,
  mirror: "on",
  appearance: "auto",
};

/** What a screen at an access point has beside what every display there says. */
export interface DisplayServices {
  settings(where: AccessPointRef): DisplaySettings;
  /** The name of whoever is welcomed there now, as far as it may be shown; null where nobody is, or none may. */
  nameAt(where: AccessPointRef): string | null;
  /**
   * Pictures of whoever stands there, a few a second, until it is disposed of. Undefined where no camera sees them, or
   * none is to be shown. Nothing is recorded: they look at themselves.
   */
  mirror(where: AccessPointRef, onPicture: (jpeg: Uint8Array) => void): Disposable | undefined;
}

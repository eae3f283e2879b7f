import type { AccessPointRef } from "../../domain/names.ts";
import {
  type DisplayServices,
  type DisplaySettings,
  presetDisplaySettings,
} from "../../ports/services/display-services.ts";
import type { ControllerOptions } from "../controller-options.ts";
import type { LiveViews } from "../live-views.ts";
import type { Displays } from "./displays.ts";
import { shownName } from "./shown-name.ts";

/** What a screen at a door may show beside the words that every display there says. */
export class DisplayDesk implements DisplayServices {
  readonly #options: Pick<ControllerOptions, "site" | "directory">;
  readonly #displays: Pick<Displays, "welcomed">;
  readonly #views: Pick<LiveViews, "mirror">;

  constructor(
    options: Pick<ControllerOptions, "site" | "directory">,
    displays: Pick<Displays, "welcomed">,
    views: Pick<LiveViews, "mirror">,
  ) {
    this.#options = options;
    this.#displays = displays;
    this.#views = views;
  }

  settings(where: AccessPointRef): DisplaySettings {
    return this.#options.site.displayOf?.(where) ?? presetDisplaySettings;
  }

  nameAt(where: AccessPointRef): string | null {
    const { name: shown } = this.settings(where);
    if (shown === "none") return null;
    const cardholder = this.#displays.welcomed(where);
    const name = cardholder === null ? undefined : this.#options.directory.get(cardholder)?.name;
    return name === undefined ? null : shownName(name, shown);
  }

  mirror(where: AccessPointRef, onPicture: (jpeg: Uint8Array) => void): Disposable | undefined {
    const camera = this.#options.site.cameraOf(where);
    if (camera === undefined || this.settings(where).mirror === "off") return undefined;
    return this.#views.mirror(camera, onPicture);
  }
}

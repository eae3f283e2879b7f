import { type DisplayServices, presetDisplaySettings } from "../../src/ports/services/display-services.ts";

/** Displays that are set, and show, what a test says. */
export class FakeDisplays implements DisplayServices {
  set = presetDisplaySettings;
  name: string | null = null;
  hasCamera = true;
  /** Who sees themselves now. */
  readonly mirrors = new Set<(jpeg: Uint8Array) => void>();

  settings() {
    return this.set;
  }

  nameAt() {
    return this.name;
  }

  mirror(...[, onPicture]: Parameters<DisplayServices["mirror"]>): Disposable | undefined {
    if (!this.hasCamera) return undefined;
    this.mirrors.add(onPicture);
    return { [Symbol.dispose]: () => void this.mirrors.delete(onPicture) };
  }
}

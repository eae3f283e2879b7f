import { closeSync, openSync, readFileSync, writeFileSync, writeSync } from "node:fs";
import { HardwareFault } from "../../src/ports/door-hardware.ts";
import type { LockKeeper } from "../../src/ports/lock-keeper.ts";

const [secured, released] = ["0", "1"];

/** What whoever inherits the lines does with one: as with a GPIO request, the level stays when its process is gone. */
export function releaseLock(descriptor: number, lock: number): void {
  writeSync(descriptor, released, lock);
}

/** The lines of two locks as a file with a character each, whose descriptor is handed on as a GPIO request's is. */
export class KeptLines implements LockKeeper {
  /** How often the next parkings fail. */
  failures = 0;
  /** What the locks were at each parking, before it. */
  readonly parkings: string[] = [];
  readonly #file: string;
  readonly #descriptor: number;
  constructor(file: string) {
    this.#file = file;
    writeFileSync(file, secured.repeat(2));
    this.#descriptor = openSync(file, "r+");
  }

  /** A chip that could not be taken stands before the one that could. */
  inheritedDescriptors(): readonly (number | undefined)[] {
    return [undefined, this.#descriptor];
  }

  park(): void {
    this.parkings.push(this.levels());
    if (this.failures > 0) {
      this.failures -= 1;
      throw new HardwareFault("v1.outer.lock", "EIO");
    }
    writeSync(this.#descriptor, secured.repeat(2), 0);
  }

  levels(): string {
    return readFileSync(this.#file, "utf8");
  }

  [Symbol.dispose](): void {
    closeSync(this.#descriptor);
  }
}

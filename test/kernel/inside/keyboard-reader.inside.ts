import { rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import type { AccessPointName } from "../../../src/domain/names.ts";
import { SystemClock } from "../../../src/drivers/clock/system-clock.ts";
import { eventsFor } from "../../../src/drivers/reader-hid/events-for-tests.ts";
import { HidCardReader } from "../../../src/drivers/reader-hid/hid-reader.ts";
import { inputEventSize } from "../../../src/drivers/reader-hid/input-events.ts";
import { openInputDevice } from "../../../src/drivers/reader-hid/open-input-device.ts";
import { cardReaderContract } from "../../../src/ports/contracts/card-reader.contract.ts";
import { UinputKeyboard } from "../../support/uinput-keyboard.ts";

const clock = new SystemClock();
const folder = process.env["TMPDIR"] ?? "/run/tmp";
/** So many events at a time, a short card whole: the kernel keeps 64 for whoever is late. */
const eventsAtOnce = 36;
const pause = 40;
/** A reader that was pulled out is looked for after a second. */
const untilReopened = 1_500;
/** Longer than the gap, so that nothing half typed is left over. */
const underWay = 250;
const keyGap = 150;
let made = 0;

/** A keyboard under a name that stays, as udev gives them. */
class Plugged {
  readonly device: string;
  #keyboard: UinputKeyboard | undefined;

  constructor() {
    made += 1;
    this.device = join(folder, `keyboard-${made}-event-kbd`);
  }

  plug(): void {
    made += 1;
    this.#keyboard = new UinputKeyboard(`vestibule-test-${made}`);
    symlinkSync(this.#keyboard.path, this.device);
  }

  unplug(): void {
    rmSync(this.device, { force: true });
    this.#keyboard?.[Symbol.dispose]();
    this.#keyboard = undefined;
  }

  async type(text: string): Promise<void> {
    const events = eventsFor(text, 0);
    for (let at = 0; at < events.length; at += eventsAtOnce * inputEventSize) {
      this.#keyboard?.write(events.subarray(at, at + eventsAtOnce * inputEventSize));
      await sleep(pause);
    }
  }
}

const wiring = (accessPoint: AccessPointName, device: string) => ({
  where: { vestibule: "v1", accessPoint },
  device,
  format: "raw",
  keyGap,
});

cardReaderContract("HidCardReader on the kernel's input devices", () => {
  const keyboards = new Map<AccessPointName, Plugged>([
    ["outer-entry", new Plugged()],
    ["inner-entry", new Plugged()],
  ]);
  for (const keyboard of keyboards.values()) keyboard.plug();
  const pending: (() => Promise<unknown>)[] = [];
  const forAll = (step: (keyboard: Plugged) => void): void => {
    pending.push(async () => {
      for (const keyboard of keyboards.values()) step(keyboard);
      await sleep(untilReopened);
    });
  };
  return {
    reader: new HidCardReader(
      [...keyboards].map(([accessPoint, { device }]) => wiring(accessPoint, device)),
      { clock, openInputDevice },
    ),
    present: (accessPoint, number) => {
      const text = `${number.replaceAll("\n", "\u0000")}\n`;
      pending.push(async () => keyboards.get(accessPoint)?.type(text));
    },
    unplug: () => forAll((keyboard) => keyboard.unplug()),
    plug: () => forAll((keyboard) => keyboard.plug()),
    now: () => clock.now(),
    settle: async () => {
      for (const step of pending.splice(0)) await step();
      await sleep(underWay);
    },
    close: async () => {
      for (const keyboard of keyboards.values()) keyboard.unplug();
    },
  };
});

test("a reader that is grabbed is nobody else's", () => {
  using keyboard = new UinputKeyboard("vestibule-test-grabbed");
  const device = openInputDevice(keyboard.path);
  expect(() => openInputDevice(keyboard.path)).toThrow("EBUSY");
  device.close();
  openInputDevice(keyboard.path).close();
});

test("what is no input device is refused with what it is", () => {
  expect(() => openInputDevice("/dev/null")).toThrow(/EVIOC\w+: E\w+/);
  expect(() => openInputDevice("/dev/input/event99")).toThrow("ENOENT");
});

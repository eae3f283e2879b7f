import { expect, test } from "vitest";
import type { AccessPointName } from "../../domain/names.ts";
import type { ReaderStatus } from "../../ports/card-reader.ts";
import { cardReaderContract } from "../../ports/contracts/card-reader.contract.ts";
import { VirtualClock } from "../../simulation/virtual-clock.ts";
import { eventsFor } from "./events-for-tests.ts";
import { HidCardReader } from "./hid-reader.ts";
import type { OpenInputDevice } from "./input-device.ts";
import type { TypedRefusal } from "./typed-lines.ts";

/** Devices by their path, and time by hand. */
class Desk {
  readonly #typed = new Map<string, Buffer[]>();
  readonly clock = new VirtualClock();
  plugged = true;

  readonly open: OpenInputDevice = (path) => {
    if (!this.plugged) throw new Error(`ENOENT: no such file or directory, open '${path}'`);
    const pending: Buffer[] = [];
    this.#typed.set(path, pending);
    return {
      read: () => {
        if (!this.plugged) throw new Error("ENODEV: no such device, read");
        return pending.shift() ?? Buffer.alloc(0);
      },
      close: () => void this.#typed.delete(path),
    };
  };

  type(device: string, text: string): void {
    this.#typed.get(device)?.push(eventsFor(text, this.clock.now()));
    this.clock.advance(Array.from(text).length * 10);
  }
}

const wiring = (accessPoint: AccessPointName) => ({
  where: { vestibule: "v1", accessPoint },
  device: accessPoint,
  format: "raw",
  keyGap: 300,
});

cardReaderContract("HidCardReader", () => {
  const desk = new Desk();
  return {
    reader: new HidCardReader([wiring("outer-entry"), wiring("inner-entry")], {
      clock: desk.clock,
      openInputDevice: desk.open,
    }),
    // A line's own end is no key that a reader types in the middle of a card.
    present: (accessPoint, number) => desk.type(accessPoint, `${number.replaceAll("\n", "\u0000")}\n`),
    unplug: () => (desk.plugged = false),
    plug: () => (desk.plugged = true),
    now: () => desk.clock.now(),
    settle: async () => desk.clock.advance(1500),
  };
});

test("T8: what is no card is counted, told after the third in a row, and forgotten with the next card", async () => {
  const desk = new Desk();
  const refused: TypedRefusal[] = [];
  const statuses: ReaderStatus[] = [];
  await using reader = new HidCardReader([wiring("outer-entry")], {
    clock: desk.clock,
    openInputDevice: desk.open,
    onRefused: (_, reason) => refused.push(reason),
  });
  await reader.open({ onCard: () => {}, onKeys: () => {}, onStatus: (status) => statuses.push(status) });
  for (let time = 0; time < 5; time++) desk.type("outer-entry", "10 01\n");
  desk.clock.advance(100);
  expect(refused).toEqual(Array.from({ length: 5 }, () => "otherKey"));
  expect(statuses.map(({ detail }) => detail === null)).toEqual([true, false]);
  desk.type("outer-entry", "1001\n");
  desk.clock.advance(100);
  expect(statuses.at(-1)).toMatchObject({ state: "online", detail: null });
});

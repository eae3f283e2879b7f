import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { SystemClock } from "../../../src/drivers/clock/system-clock.ts";
import type { DoorHardware, Reading } from "../../../src/ports/door-hardware.ts";
import { driverKinds, driverOf, HeaderBoard } from "./header-board.ts";

// What a process finds that was busy while its doors moved.

interface Seen {
  readonly value: Reading["value"];
  readonly at: number;
  /** When the listener was called. */
  readonly told: number;
}

/** In milliseconds. Older times of the kernel's are not believed, and a stalled machine may need longer than that. */
const believedAge = 1_000;

describe.each(driverKinds)("%s", (kind) => {
  const clock = new SystemClock();
  let board: HeaderBoard;
  let hardware: DoorHardware;
  let seen: Seen[];

  beforeEach(async () => {
    board = await HeaderBoard.create(false);
    hardware = board.hardware(await driverOf(kind));
    seen = [];
    await hardware.open((reading, at) => {
      if (reading.input === "contact" && reading.door === "outer")
        seen.push({ value: reading.value, at, told: clock.now() });
    });
    // The first waits are under way; and edges have been seen, so that the next is not the first.
    board.drive("outer.contact", true);
    await told("open");
    board.drive("outer.contact", false);
    await told("closed");
    seen.length = 0;
  });

  afterEach(async () => {
    await hardware[Symbol.asyncDispose]();
    await board.chip.remove();
  });

  /** Until this is the last that is said, and nothing follows for half a second's worth of this process' own turns. */
  async function told(last: Reading["value"]): Promise<void> {
    for (let quiet = 0; quiet < 25; ) {
      const before = seen.length;
      await sleep(20);
      quiet = seen.length === before && seen.at(-1)?.value === last ? quiet + 1 : 0;
    }
  }
  /** Nobody else of this process gets a turn. */
  function stayBusy(milliseconds: number): void {
    const end = clock.now() + milliseconds;
    while (clock.now() < end);
  }
  const alternates = (): boolean =>
    seen.every(({ value }, index) => index === 0 || value !== seen[index - 1]?.value);
  const neverRunsBack = (): boolean =>
    seen.every(({ at }, index) => index === 0 || at >= (seen[index - 1]?.at ?? 0));

  test("an edge is as old as it is, where the kernel says so", async () => {
    let away = Number.POSITIVE_INFINITY;
    for (let round = 0; round < 20 && away > believedAge; round++) {
      board.drive("outer.contact", false);
      if (round > 0) await told("closed");
      seen.length = 0;
      const before = clock.now();
      board.drive("outer.contact", true);
      stayBusy(300);
      const busyUntil = clock.now();
      await told("open");
      expect(seen.map(({ value }) => value)).toEqual(["open"]);
      const edge = seen[0] ?? { at: Number.NaN, told: Number.NaN };
      away = edge.told - before;
      if (away > believedAge) continue;
      if (kind === "character-device") {
        expect(edge.at).toBeGreaterThanOrEqual(before);
        expect(edge.at).toBeLessThan(busyUntil - 1);
      } else expect(edge.at).toBeGreaterThanOrEqual(busyUntil - 1);
    }
    expect(away, "the machine stalled each time").toBeLessThanOrEqual(believedAge);
  });

  test("T27: a door that was opened and closed while nobody looked was opened", async () => {
    board.drive("outer.contact", true);
    board.drive("outer.contact", false);
    stayBusy(300);
    await told("closed");
    expect(seen.map(({ value }) => value)).toEqual(["open", "closed"]);
    expect(neverRunsBack()).toBe(true);
  });

  test("T27: more edges than the kernel keeps: what is so is known in the end, and in order", async () => {
    for (let round = 0; round < 1_500; round++) board.drive("outer.contact", round % 2 === 0);
    board.drive("outer.contact", true);
    stayBusy(300);
    await told("open");
    expect(seen.at(-1)?.value).toBe("open");
    expect(seen.length).toBeGreaterThan(0);
    expect(alternates()).toBe(true);
    expect(neverRunsBack()).toBe(true);
    expect(hardware.read("v1", "outer").contact).toBe("open");
    board.drive("outer.contact", false);
    await told("closed");
    expect(seen.at(-1)?.value).toBe("closed");
  });
});

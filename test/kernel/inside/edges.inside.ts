import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { SystemClock } from "../../../src/drivers/clock/system-clock.ts";
import type { DoorHardware, Reading } from "../../../src/ports/door-hardware.ts";
import { driverKinds, driverOf, HeaderBoard } from "./header-board.ts";

// What a process finds that was busy while its doors moved.

interface Seen {
  readonly value: Reading["value"];
  readonly at: number;
}

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
      if (reading.input === "contact" && reading.door === "outer") seen.push({ value: reading.value, at });
    });
    // The first waits are under way; and an edge has been seen, so that the next is not the first.
    board.drive("outer.contact", true);
    board.drive("outer.contact", false);
    await sleep(500);
    // An emulated machine on a busy one may be later still, and they would be taken for the test's own.
    for (let waits = 0; waits < 30 && seen.at(-1)?.value !== "closed"; waits++) await sleep(100);
    seen.length = 0;
  });

  afterEach(async () => {
    await hardware[Symbol.asyncDispose]();
    await board.chip.remove();
  });

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
    const before = clock.now();
    board.drive("outer.contact", true);
    stayBusy(300);
    const busyUntil = clock.now();
    await sleep(500);
    expect(seen.map(({ value }) => value)).toEqual(["open"]);
    const at = seen[0]?.at ?? Number.NaN;
    if (kind === "character-device") {
      expect(at).toBeGreaterThanOrEqual(before);
      expect(at).toBeLessThan(busyUntil - 1);
    } else expect(at).toBeGreaterThanOrEqual(busyUntil - 1);
  });

  test("T27: a door that was opened and closed while nobody looked was opened", async () => {
    board.drive("outer.contact", true);
    board.drive("outer.contact", false);
    stayBusy(300);
    await sleep(500);
    expect(seen.map(({ value }) => value)).toEqual(["open", "closed"]);
    expect(neverRunsBack()).toBe(true);
  });

  test("T27: more edges than the kernel keeps: what is so is known in the end, and in order", async () => {
    for (let round = 0; round < 1_500; round++) board.drive("outer.contact", round % 2 === 0);
    board.drive("outer.contact", true);
    stayBusy(300);
    await sleep(1_000);
    expect(seen.at(-1)?.value).toBe("open");
    expect(seen.length).toBeGreaterThan(0);
    expect(alternates()).toBe(true);
    expect(neverRunsBack()).toBe(true);
    expect(hardware.read("v1", "outer").contact).toBe("open");
    board.drive("outer.contact", false);
    await sleep(500);
    expect(seen.at(-1)?.value).toBe("closed");
  });
});

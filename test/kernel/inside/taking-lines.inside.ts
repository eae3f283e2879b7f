import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { doorNames } from "../../../src/domain/names.ts";
import { BoardMismatch } from "../../../src/drivers/gpio/line-driver.ts";
import type { DoorHardware } from "../../../src/ports/door-hardware.ts";
import { GpioTrace } from "../../support/gpio-trace.ts";
import { ownKernelFiles } from "../../support/kernel-files.ts";
import { SimulatedChip } from "../../support/simulated-gpio.ts";
import { driverKinds, driverOf, HeaderBoard, label, offsetOf } from "./header-board.ts";

// What a program finds that takes the lines: other chips, other numbers, and what a former program left.

const sysfs = "/sys/class/gpio";

describe.each(driverKinds)("%s", (kind) => {
  let hardware: DoorHardware | undefined;
  let board: HeaderBoard | undefined;
  let others: SimulatedChip[] = [];
  let trace: GpioTrace;

  beforeAll(async () => {
    trace = await GpioTrace.start(ownKernelFiles);
  });

  beforeEach(() => trace.clear());

  afterEach(async () => {
    await hardware?.[Symbol.asyncDispose]();
    await board?.chip.remove();
    for (const chip of others) await chip.remove();
    hardware = undefined;
    board = undefined;
    others = [];
  });

  async function anotherChip(named: string): Promise<SimulatedChip> {
    const chip = await SimulatedChip.create(ownKernelFiles, {
      id: `other${others.length}`,
      label: named,
      lines: 54,
    });
    others.push(chip);
    return chip;
  }

  async function opened(on: HeaderBoard): Promise<DoorHardware> {
    hardware = on.hardware(await driverOf(kind));
    await hardware.open(() => {});
    return hardware;
  }

  /** As a program did that was killed in the middle of a release. */
  async function leftReleased(on: HeaderBoard): Promise<void> {
    for (const door of doorNames) {
      const number = on.chip.number(offsetOf(`${door}.lock`));
      await ownKernelFiles.write(`${sysfs}/export`, String(number));
      await ownKernelFiles.write(`${sysfs}/gpio${number}/direction`, on.level(true) === 1 ? "high" : "low");
    }
  }

  test("a kernel that numbers its chips otherwise: the lines are those of the label all the same", async () => {
    const usurper = await anotherChip("gpio-expander");
    board = await HeaderBoard.create(false);
    expect(board.chip.number(0)).not.toBe(usurper.number(0));
    const lines = await opened(board);
    lines.command("v1", "outer", "released");
    expect(board.isActive("outer.lock")).toBe(true);
    expect(await usurper.level(offsetOf("outer.lock"))).toBe(0);
    expect(await trace.levels(usurper.number(offsetOf("outer.lock")))).toEqual([]);
  });

  test("two chips with the label: refuses, names both, and touches neither", async () => {
    const twin = await anotherChip(label);
    board = await HeaderBoard.create(false);
    const opening = opened(board);
    await expect(opening).rejects.toThrow(BoardMismatch);
    await expect(opening).rejects.toThrow(
      /several chips have this label: pinctrl-rp1 \(gpiochip\d+, 54 lines\), pin/,
    );
    for (const chip of [twin, board.chip]) {
      for (const door of doorNames)
        expect(await trace.levels(chip.number(offsetOf(`${door}.lock`)))).toEqual([]);
    }
  });

  test("a line that has not the configured name: refuses, and names it", async () => {
    board = await HeaderBoard.create(false);
    await board.chip.remove();
    const impostor = await anotherChip(label);
    await expect(opened(board)).rejects.toThrow(BoardMismatch);
    board = undefined;
    expect(await trace.levels(impostor.number(offsetOf("outer.lock")))).toEqual([]);
  });

  test("R10: no chip: opens all the same, and reads every contact as faulty", async () => {
    board = await HeaderBoard.create(false);
    await board.chip.unplug();
    const lines = await opened(board);
    expect(lines.read("v1", "outer")).toEqual({ contact: "fault", bolt: "fault" });
    expect(() => lines.command("v1", "outer", "released")).toThrow(/no chip has this label/);
  });

  test("a lock that somebody else holds is never commanded, and said so", async () => {
    board = await HeaderBoard.create(false);
    const holder = await driverOf("character-device");
    const plan = board.plan().get("v1")?.doors.outer.lock;
    if (plan === undefined) throw new Error("the plan has no lock");
    using _held = holder.takeOutputs({ chip: label, lines: [plan] });
    const lines = await opened(board);
    expect(() => lines.command("v1", "outer", "released")).toThrow(/holds it|EBUSY/);
    await holder[Symbol.asyncDispose]();
  });

  describe.each([false, true])("active low: %s", (activeLow) => {
    test("R10: fresh lines are set once, to rest", async () => {
      board = await HeaderBoard.create(activeLow);
      await opened(board);
      for (const door of doorNames) {
        const levels = await trace.levels(board.chip.number(offsetOf(`${door}.lock`)));
        expect(new Set(levels)).toEqual(new Set([board.level(false)]));
      }
    });

    if (kind === "sysfs") {
      // With the character device they are refused: sysfs holds them, and one board is never driven by both.
      test("R10: lines that a killed program left released are secured by the first thing that happens to them", async () => {
        board = await HeaderBoard.create(activeLow);
        await leftReleased(board);
        for (const door of doorNames) expect(board.isActive(`${door}.lock`)).toBe(true);
        await trace.clear();
        await opened(board);
        for (const door of doorNames) {
          const levels = await trace.levels(board.chip.number(offsetOf(`${door}.lock`)));
          expect(levels.length).toBeGreaterThan(0);
          expect(levels).not.toContain(board.level(true));
          expect(board.isActive(`${door}.lock`)).toBe(false);
        }
      });
    }
  });
});

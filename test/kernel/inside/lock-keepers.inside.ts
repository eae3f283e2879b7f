import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { doorNames } from "../../../src/domain/names.ts";
import { CharacterDevice } from "../../../src/drivers/gpio/character-device.ts";
import { BoardMismatch, type OutputLines } from "../../../src/drivers/gpio/line-driver.ts";
import { type GpioPlan, outputGroups } from "../../../src/drivers/gpio/line-plan.ts";
import { keepGpioLocks } from "../../../src/drivers/gpio/open-gpio.ts";
import type { LockKeeper } from "../../../src/ports/lock-keeper.ts";
import { GpioTrace } from "../../support/gpio-trace.ts";
import { ownKernelFiles } from "../../support/kernel-files.ts";
import { driverKinds, HeaderBoard, label, offsetOf } from "./header-board.ts";

// The parent's side of the locks: taken at rest, handed on, put to rest whatever whoever has them is doing. That this
// holds while processes die is for processes.test.ts; here are the lines themselves.

describe.each(driverKinds)("%s", (kind) => {
  let board: HeaderBoard;
  let trace: GpioTrace;
  let keeper: LockKeeper | undefined;
  const texts: string[] = [];

  beforeAll(async () => {
    trace = await GpioTrace.start(ownKernelFiles);
  });

  beforeEach(async () => {
    // The polarity that is easier to get wrong.
    board = await HeaderBoard.create(true);
    await trace.clear();
    texts.length = 0;
  });

  afterEach(async () => {
    keeper?.[Symbol.dispose]();
    keeper = undefined;
    await board.chip.remove();
  });

  async function keep(): Promise<LockKeeper> {
    keeper = await keepGpioLocks(kind, board.plan(), (text) => texts.push(text));
    return keeper;
  }
  const levelsOf = (line: string) => trace.levels(board.chip.number(offsetOf(line)));
  const expectAtRest = (): void => {
    for (const door of doorNames) expect(board.isActive(`${door}.lock`)).toBe(false);
  };

  test("R10: locks that are kept are at rest, and nothing else is ever on them", async () => {
    await keep();
    expectAtRest();
    for (const door of doorNames)
      expect(new Set(await levelsOf(`${door}.lock`))).toEqual(new Set([board.level(false)]));
    expect(texts).toEqual([]);
  });

  test("T32: a chip that went and came back is parked again", async () => {
    const kept = await keep();
    await board.chip.unplug();
    expect(() => kept.park()).toThrow(label);
    await board.chip.plugIn();
    await board.atRest();
    kept.park();
    expectAtRest();
    for (const door of doorNames)
      expect(new Set(await levelsOf(`${door}.lock`))).toEqual(new Set([board.level(false)]));
  });

  test("T32: a chip that is away at the start is said to be, and taken when it is there", async () => {
    await board.chip.unplug();
    const kept = await keep();
    expect(texts).toEqual([expect.stringContaining("no chip has this label")]);
    await board.chip.plugIn();
    await board.atRest();
    kept.park();
    expectAtRest();
    expect((await levelsOf("outer.lock")).length).toBeGreaterThan(0);
  });

  if (kind === "character-device") {
    /** As the interlock does with what it has inherited; in one process, the descriptor's number is the keeper's. */
    const adopt = (kept: LockKeeper, plan: GpioPlan = board.plan()): OutputLines => {
      const groups = outputGroups(plan);
      const [group] = groups;
      if (group === undefined) throw new Error("the plan has no outputs");
      return new CharacterDevice(groups, kept.inheritedDescriptors()).takeOutputs(group);
    };

    test("R10: what is handed on is at rest and can be commanded; T33: parking overrules whoever commands", async () => {
      const kept = await keep();
      const adopted = adopt(kept);
      expect(new Set(await levelsOf("outer.lock"))).toEqual(new Set([board.level(false)]));
      adopted.set(0, true);
      expect(board.isActive("outer.lock")).toBe(true);
      kept.park();
      expectAtRest();
      expect(adopted.strayed()).toEqual([0]);
      expect(await levelsOf("inner.lock")).not.toContain(board.level(true));
    });

    test("what is handed on after the chip came back can be commanded too", async () => {
      const kept = await keep();
      await board.chip.unplug();
      await board.chip.plugIn();
      await board.atRest();
      kept.park();
      adopt(kept).set(1, true);
      expect(board.isActive("inner.lock")).toBe(true);
      kept.park();
      expectAtRest();
    });

    test("T33: lines that a former run still holds are taken when the next process is started", async () => {
      const former = await keepGpioLocks(kind, board.plan(), () => {});
      const kept = await keep();
      expect(texts).toEqual([expect.stringMatching(/outer\.lock is held by "vestibule"/)]);
      former[Symbol.dispose]();
      expect(kept.inheritedDescriptors()).toEqual([expect.any(Number)]);
    });

    test("auto is the character device where it answers", async () => {
      keeper = await keepGpioLocks("auto", board.plan(), (text) => texts.push(text));
      expect(keeper.inheritedDescriptors()).toEqual([expect.any(Number)]);
    });

    test("T31: a descriptor of other lines is refused: it would release the wrong door", async () => {
      const pair = board.plan().get("v1");
      if (pair === undefined) throw new Error("the plan has no pair");
      const { outer, inner } = pair.doors;
      const doors = {
        outer: { ...outer, lock: { ...outer.lock, line: inner.lock.line } },
        inner: { ...inner, lock: { ...inner.lock, line: outer.lock.line } },
      };
      const kept = await keep();
      const swapped = new Map([["v1", { ...pair, doors }]]);
      expect(() => adopt(kept, swapped)).toThrow(BoardMismatch);
      expect(() => adopt(kept, swapped)).toThrow(
        /is for lines 17, 27, 12, 21 of gpiochip\d+, not 27, 17, 12, 21/,
      );
      expectAtRest();
    });
  }
});

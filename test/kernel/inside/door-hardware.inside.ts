import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeAll, beforeEach, describe } from "vitest";
import { type DoorName, doorNames, type Lock } from "../../../src/domain/names.ts";
import type { LineDriver } from "../../../src/drivers/gpio/line-driver.ts";
import {
  type DoorHardwareUnderTest,
  doorHardwareContract,
} from "../../../src/ports/contracts/door-hardware.contract.ts";
import { GpioTrace, levelsOf, traceEventsOf, traceFolder } from "../../support/gpio-trace.ts";
import { ownKernelFiles, readText } from "../../support/kernel-files.ts";
import { driverKinds, driverOf, HeaderBoard, offsetOf } from "./header-board.ts";

// The contract on a real kernel: these tests run in the guest, where kernel and drivers are.

/**
 * Every line is looked at at least twice within these turns, by timers of this very loop, where no edge tells of a
 * change. Turns and not a time, which a machine that stalls may let pass in one of them.
 */
const settlingTurns = 13;
const turn = 20;

describe.each(driverKinds)("%s", (kind) => {
  describe.each([false, true])("active low: %s", (activeLow) => {
    let board: HeaderBoard;
    let trace: GpioTrace;
    let driver: LineDriver;
    let under: DoorHardwareUnderTest | undefined;

    beforeAll(async () => {
      trace = await GpioTrace.start(ownKernelFiles);
    });

    beforeEach(async () => {
      board = await HeaderBoard.create(activeLow);
      driver = await driverOf(kind);
      await trace.clear();
    });

    afterEach(async () => {
      await under?.hardware[Symbol.asyncDispose]();
      under = undefined;
      await board.chip.remove();
    });

    doorHardwareContract("GpioDoorHardware", () => {
      const { chip } = board;
      // A chip that comes back may have other numbers; what was set on the former ones counts all the same.
      const numbers: Record<DoorName, Set<number>> = { outer: new Set(), inner: new Set() };
      const remember = (): void => {
        for (const name of doorNames) numbers[name].add(chip.number(offsetOf(`${name}.lock`)));
      };
      const lockLevels = (name: DoorName): readonly Lock[] => {
        remember();
        const events = traceEventsOf(readText(`${traceFolder}/trace`) ?? "");
        const set = [...numbers[name]].flatMap((number) => levelsOf(events, number));
        const levels = set.map((level) => level === board.level(true));
        // A line that was given back has fallen to its pull, which nobody set.
        if (chip.isPluggedIn) levels.push(board.isActive(`${name}.lock`));
        return levels.map((active) => (active ? "released" : "secured"));
      };
      let mending: Promise<void> | undefined;
      under = {
        hardware: board.hardware(driver),
        lockLevels,
        move: (name, to) => board.drive(`${name}.contact`, to === "open"),
        press: (name, pressed) => board.drive(`${name}.rex`, pressed),
        setInput: (input, active) => board.drive(input, active),
        isSounding: () => board.isActive("buzzer"),
        isDriven: () => board.isActive("output.siren"),
        breakLines: () => {
          remember();
          void chip.unplug();
        },
        mendLines: () => {
          mending = chip.plugIn().then(() => board.atRest());
        },
        settle: async () => {
          await mending;
          for (let turns = 0; turns < settlingTurns; turns++, await sleep(turn)) {
            for (const name of doorNames) boltFollowsLock(name);
          }
        },
      };
      return under;
    });

    function boltFollowsLock(name: DoorName): void {
      if (board.chip.isPluggedIn) board.drive(`${name}.bolt`, board.isActive(`${name}.lock`));
    }
  });
});

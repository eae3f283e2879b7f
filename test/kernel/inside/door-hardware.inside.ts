import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeAll, beforeEach, describe } from "vitest";
import { type DoorName, doorNames, type Lock } from "../../../src/domain/names.ts";
import { SystemClock } from "../../../src/drivers/clock/system-clock.ts";
import { GpioDoorHardware } from "../../../src/drivers/gpio/gpio-door-hardware.ts";
import type { LineDriver } from "../../../src/drivers/gpio/line-driver.ts";
import type { DoorLinePlan, GpioPlan, LinePlan } from "../../../src/drivers/gpio/line-plan.ts";
import {
  type DoorHardwareUnderTest,
  doorHardwareContract,
} from "../../../src/ports/contracts/door-hardware.contract.ts";
import { GpioTrace, levelsOf, traceEventsOf, traceFolder } from "../../support/gpio-trace.ts";
import { ownKernelFiles, readText } from "../../support/kernel-files.ts";
import { type Level, SimulatedChip } from "../../support/simulated-gpio.ts";

// The contract on a real kernel: these tests run in the guest, where kernel and drivers are.

const label = "pinctrl-rp1";
const drivers: Readonly<Record<LineDriver["kind"], () => Promise<LineDriver>>> = {
  "character-device": async () => {
    const { CharacterDevice } = await import("../../../src/drivers/gpio/character-device.ts");
    return new CharacterDevice();
  },
  sysfs: async () => (await import("../../../src/drivers/gpio/sysfs.ts")).Sysfs.load(),
};

/** Where each line is; what it is called is what a board profile calls it. */
const offsets: Readonly<Record<string, number>> = {
  "outer.lock": 17,
  "inner.lock": 27,
  "outer.contact": 5,
  "inner.contact": 6,
  "outer.bolt": 23,
  "inner.bolt": 24,
  "outer.rex": 25,
  "inner.rex": 16,
  fire: 26,
  lockdown: 20,
  tamper: 22,
  mains: 13,
  buzzer: 12,
};
const offsetOf = (name: string): number => offsets[name] ?? Number.NaN;

/** Every line is looked at at least twice within it, by timers of this very loop, where no edge tells of a change. */
const settlingTime = 250;

describe.each(["character-device", "sysfs"] as const)("%s", (kind) => {
  describe.each([false, true])("active low: %s", (activeLow) => {
    const physical = (active: boolean): Level => (active !== activeLow ? 1 : 0);
    let chip: SimulatedChip;
    let trace: GpioTrace;
    let driver: LineDriver;
    let under: DoorHardwareUnderTest | undefined;

    beforeAll(async () => {
      trace = await GpioTrace.start(ownKernelFiles);
    });

    beforeEach(async () => {
      const names = Object.fromEntries(Object.values(offsets).map((offset) => [offset, `GPIO${offset}`]));
      chip = await SimulatedChip.create(ownKernelFiles, { id: "header", label, lines: 54, names });
      await atRest(chip);
      driver = await drivers[kind]();
      await trace.clear();
    });

    afterEach(async () => {
      await under?.hardware[Symbol.asyncDispose]();
      under = undefined;
      await chip.remove();
    });

    async function atRest(of: SimulatedChip): Promise<void> {
      for (const [name, offset] of Object.entries(offsets)) await of.pull(offset, physical(name === "mains"));
    }

    const levelNow = (name: string): Level =>
      readText(chip.valueFile(offsetOf(name)))?.trim() === "1" ? 1 : 0;

    const line = (name: string): LinePlan => ({
      name,
      chip: label,
      line: { name: `GPIO${offsetOf(name)}` },
      activeLow,
      pull: "external",
    });
    const door = (name: DoorName): DoorLinePlan => ({
      lock: line(`${name}.lock`),
      contact: line(`${name}.contact`),
      bolt: line(`${name}.bolt`),
      rex: line(`${name}.rex`),
    });
    const plan: GpioPlan = new Map([
      [
        "v1",
        {
          doors: { outer: door("outer"), inner: door("inner") },
          fire: line("fire"),
          lockdown: line("lockdown"),
          tamper: line("tamper"),
          mains: line("mains"),
          buzzer: line("buzzer"),
        },
      ],
    ]);

    doorHardwareContract("GpioDoorHardware", () => {
      const hardware = new GpioDoorHardware({ plan, driver, clock: new SystemClock(), log: () => {} });
      // A chip that comes back may have other numbers; what was set on the former ones counts all the same.
      const numbers: Record<DoorName, Set<number>> = { outer: new Set(), inner: new Set() };
      const remember = (): void => {
        for (const name of doorNames) numbers[name].add(chip.number(offsetOf(`${name}.lock`)));
      };
      const lockLevels = (name: DoorName): readonly Lock[] => {
        remember();
        const events = traceEventsOf(readText(`${traceFolder}/trace`) ?? "");
        const levels = [...numbers[name]].flatMap((number) => levelsOf(events, number));
        // A line that was given back has fallen to its pull, which nobody set.
        if (chip.isPluggedIn) levels.push(levelNow(`${name}.lock`));
        return levels.map((level) => (level === physical(true) ? "released" : "secured"));
      };
      const drive = (name: string, active: boolean): void => void chip.pull(offsetOf(name), physical(active));
      let mending: Promise<void> | undefined;
      under = {
        hardware,
        lockLevels,
        move: (name, to) => drive(`${name}.contact`, to === "open"),
        press: (name, pressed) => drive(`${name}.rex`, pressed),
        setInput: drive,
        isSounding: () => levelNow("buzzer") === physical(true),
        breakLines: () => {
          remember();
          void chip.unplug();
        },
        mendLines: () => {
          mending = chip.plugIn().then(() => atRest(chip));
        },
        settle: async () => {
          await mending;
          for (const end = performance.now() + settlingTime; performance.now() < end; await sleep(20)) {
            for (const name of doorNames) boltFollowsLock(name);
          }
        },
      };
      return under;
    });

    function boltFollowsLock(name: DoorName): void {
      if (!chip.isPluggedIn) return;
      const retracted = levelNow(`${name}.lock`) === physical(true);
      void chip.pull(offsetOf(`${name}.bolt`), physical(retracted));
    }
  });
});

import { existsSync } from "node:fs";
import type { Clock } from "../../ports/clock.ts";
import { type DoorHardware, HardwareFault } from "../../ports/door-hardware.ts";
import type { LockKeeper } from "../../ports/lock-keeper.ts";
import { GpioDoorHardware } from "./gpio-door-hardware.ts";
import type { LineDriver } from "./line-driver.ts";
import { type GpioPlan, outputGroups } from "./line-plan.ts";
import type { SurveyedLine } from "./line-survey.ts";

/** `auto`: the character device where it answers, else sysfs. */
export type GpioDriver = "auto" | LineDriver["kind"];

export interface GpioOptions {
  readonly driver: GpioDriver;
  readonly plan: GpioPlan;
  readonly clock: Clock;
  readonly log: (text: string) => void;
  /** The descriptors that this process inherited from a LockKeeper of the same plan. */
  readonly inherited?: readonly (number | undefined)[];
}

/** The doors' lines; nothing is touched before `open`. Throws HardwareFault where there is no such interface. */
export async function createGpioDoorHardware(options: GpioOptions): Promise<DoorHardware> {
  const { plan, clock, log, inherited } = options;
  return new GpioDoorHardware({
    plan,
    clock,
    log,
    driver: await lineDriver(options.driver, plan, inherited),
  });
}

/** Takes the locks for whoever starts the interlock; `log` is told of a chip that is away. Throws BoardMismatch. */
export async function keepGpioLocks(
  driver: GpioDriver,
  plan: GpioPlan,
  log: (text: string) => void,
): Promise<LockKeeper> {
  const { CharacterDeviceLockKeeper, SysfsLockKeeper } = await import("./lock-keepers.ts");
  const Keeper = (await resolved(driver)) === "sysfs" ? SysfsLockKeeper : CharacterDeviceLockKeeper;
  return new Keeper(plan, log);
}

/** Every configured line as it is on this machine, for people; touches no output. */
export async function surveyGpioLines(driver: GpioDriver, plan: GpioPlan): Promise<readonly SurveyedLine[]> {
  const { surveyLines } = await import("./line-survey.ts");
  await using opened = await lineDriver(driver, plan);
  return surveyLines(opened, plan);
}

async function lineDriver(
  driver: GpioDriver,
  plan: GpioPlan,
  inherited?: GpioOptions["inherited"],
): Promise<LineDriver> {
  // Each is loaded only where it is used: a machine that cannot build onoff's native part, and one for which koffi has
  // no binary, has the other.
  if ((await resolved(driver)) === "sysfs") {
    const { Sysfs } = await import("./sysfs.ts");
    return Sysfs.load();
  }
  const { CharacterDevice } = await import("./character-device.ts");
  return new CharacterDevice(outputGroups(plan), inherited);
}

async function resolved(driver: GpioDriver): Promise<LineDriver["kind"]> {
  if (driver !== "auto") return driver;
  const { characterDevicesAnswer } = await import("./chip-devices.ts");
  try {
    if (characterDevicesAnswer()) return "character-device";
    // With neither there are no chips yet; when they come, a kernel without sysfs has them as devices only.
    return existsSync("/sys/class/gpio") ? "sysfs" : "character-device";
  } catch (error) {
    // There are devices, but not for this user: sysfs would only hide that.
    if (error instanceof HardwareFault) return "character-device";
    throw error;
  }
}

import { keepGpioLocks } from "../drivers/gpio/open-gpio.ts";
import { readLockLines } from "./lock-lines-file.ts";

/**
 * Secures every lock that the supervisor has left word of in `file`; false where there is none. Throws HardwareFault,
 * having tried them all.
 */
export async function parkLocks(file: string): Promise<boolean> {
  const lines = readLockLines(file);
  if (lines === undefined) return false;
  // Taking them sets them to rest; what could not be taken then is tried once more, and thrown.
  using locks = await keepGpioLocks(lines.driver, new Map(lines.wired), () => {});
  locks.park();
  return true;
}

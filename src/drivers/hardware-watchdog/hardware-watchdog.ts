import type { Milliseconds } from "../../domain/time.ts";
import { linux, option, requests, supportSize, type WatchdogKernel } from "./watchdog-kernel.ts";

/** The watchdog cannot be used, for a reason that somebody has to see to. */
export class WatchdogFault extends Error {
  override readonly name = "WatchdogFault";
}

/** Restarts the machine when nobody feeds it: whatever the software does, the lines then go to rest. */
export interface HardwareWatchdog extends Disposable {
  /** What the driver calls itself. */
  readonly identity: string;
  /** After this long without being fed; as the driver says, which may differ from what was asked. */
  readonly timeout: Milliseconds;
  /** Whether this boot is one that it caused. */
  readonly restartedMachine: boolean;
  /** Whether it can be stopped in order; otherwise the machine restarts after we have ended. */
  readonly stoppable: boolean;
  /** Throws WatchdogFault. */
  feed(): void;
}

/** Shorter than this nobody feeds it in time on a busy machine. */
const shortestTimeout: Milliseconds = 4_000;

/** Opens it, which starts it, and sets how long it waits. Throws WatchdogFault, having stopped it again where it can be. */
export function openHardwareWatchdog(
  device: string,
  timeout: Milliseconds,
  kernel: WatchdogKernel = linux,
): HardwareWatchdog {
  const descriptor = opened(device, kernel);
  const stop = (): void => {
    try {
      kernel.write(descriptor, "V"); // the driver's sign that its end is meant
    } finally {
      kernel.close(descriptor);
    }
  };
  try {
    const { options, identity } = supportOf(device, descriptor, kernel);
    if ((options & option.setTimeout) !== 0) setTimeoutOf(descriptor, timeout, kernel);
    const real = number(kernel, descriptor, requests.getTimeout) * 1_000;
    if (real < shortestTimeout)
      throw new WatchdogFault(
        `${device}: ${identity} waits ${real / 1_000} s only, too short to be fed in time`,
      );
    return {
      identity,
      timeout: real,
      restartedMachine: (bootStatusOf(descriptor, kernel) & option.cardReset) !== 0,
      stoppable: (options & option.magicClose) !== 0,
      feed() {
        try {
          kernel.write(descriptor, "\0");
        } catch (error) {
          throw new WatchdogFault(`${device} cannot be fed: ${textOf(error)}`);
        }
      },
      [Symbol.dispose]: stop,
    };
  } catch (error) {
    stop();
    throw error instanceof WatchdogFault ? error : new WatchdogFault(`${device}: ${textOf(error)}`);
  }
}

function opened(device: string, kernel: WatchdogKernel): number {
  try {
    return kernel.open(device);
  } catch (error) {
    throw new WatchdogFault(`${device} ${remedyOf(error)}`);
  }
}

function remedyOf(error: unknown): string {
  switch (error instanceof Error && "code" in error ? error.code : undefined) {
    case "ENOENT":
    case "ENODEV":
    case "ENXIO":
      return "is not there: load this board's watchdog driver at boot (/etc/modules-load.d), or take `watchdog` out of the board profile";
    case "EBUSY":
      return "is in use: switch off systemd's own (RuntimeWatchdogSec=0) and any watchdog daemon; only one may feed it";
    case "EACCES":
    case "EPERM":
      return "may not be opened by this user: deploy/install brings the rule for udev that allows it";
    default:
      return `cannot be opened: ${textOf(error)}`;
  }
}

function supportOf(
  device: string,
  descriptor: number,
  kernel: WatchdogKernel,
): { readonly options: number; readonly identity: string } {
  if (!kernel.isCharacterDevice(descriptor)) throw new WatchdogFault(`${device} is no device`);
  const support = Buffer.alloc(supportSize);
  try {
    kernel.control(descriptor, requests.getSupport, support);
  } catch (error) {
    throw new WatchdogFault(`${device} is no watchdog: ${textOf(error)}`);
  }
  const identity = support.subarray(8);
  const end = identity.indexOf(0);
  return {
    options: support.readUInt32LE(0),
    identity: identity.subarray(0, end === -1 ? identity.length : end).toString("latin1"),
  };
}

function setTimeoutOf(descriptor: number, timeout: Milliseconds, kernel: WatchdogKernel): void {
  const argument = Buffer.alloc(4);
  argument.writeInt32LE(Math.round(timeout / 1_000));
  try {
    kernel.control(descriptor, requests.setTimeout, argument);
  } catch (error) {
    if (!isInvalid(error)) throw error; // out of its range it keeps its own, which is read next
  }
}

/** A driver that does not know has not caused it, as far as we can tell. */
function bootStatusOf(descriptor: number, kernel: WatchdogKernel): number {
  try {
    return number(kernel, descriptor, requests.getBootStatus);
  } catch {
    return 0;
  }
}

function number(kernel: WatchdogKernel, descriptor: number, request: number): number {
  const argument = Buffer.alloc(4);
  kernel.control(descriptor, request, argument);
  return argument.readInt32LE(0);
}

const isInvalid = (error: unknown): boolean =>
  error instanceof Error && "code" in error && error.code === "EINVAL";

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

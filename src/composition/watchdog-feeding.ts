import { after, type Milliseconds, since } from "../domain/time.ts";
import type { HardwareWatchdog } from "../drivers/hardware-watchdog/hardware-watchdog.ts";
import type { SystemdNotifier } from "../drivers/systemd-notify/notify-systemd.ts";
import type { Clock } from "../ports/clock.ts";

/** Whoever restarts us, or the machine, when they are no longer told that all is well. */
export interface Watchdog {
  readonly interval: Milliseconds;
  feed(): void;
}

/** How long a start may take before nobody is told any more that all is well; systemd waits as long (TimeoutStartSec). */
export const startTime: Milliseconds = 60_000;
/** Often enough that one of them may come late. */
const feedsInTimeout = 4;

/** It waits for a start by itself, and asks how often it wants to hear. */
export const systemdWatchdog = ({ interval, alive }: SystemdNotifier): Watchdog | undefined =>
  interval === undefined ? undefined : { interval, feed: alive };

/** It counts from the moment it is opened: until the doors are under control once, a start is what all is well means. */
export function machineWatchdog(
  watchdog: HardwareWatchdog,
  log: (text: string) => void,
): Watchdog & { readonly grace: Milliseconds } {
  let fault: string | undefined;
  return {
    interval: watchdog.timeout / feedsInTimeout,
    grace: startTime,
    feed() {
      try {
        watchdog.feed();
        fault = undefined;
      } catch (error) {
        const text = error instanceof Error ? error.message : String(error);
        if (text !== fault) log(text);
        fault = text;
      }
    },
  };
}

/**
 * Feeds while our own loop turns and `isAlive`: the interlock holds the lines and answers. Not while the others do: they
 * are restarted by us, and a camera that keeps vision from starting must not have the doors restarted with it.
 */
export function feedWatchdog(
  { interval, feed, grace = 0 }: Watchdog & { readonly grace?: Milliseconds },
  clock: Clock,
  isAlive: () => boolean,
): Disposable {
  const started = clock.now();
  let wasAlive = false;
  let next: Disposable;
  const look = (): void => {
    const alive = isAlive();
    wasAlive ||= alive;
    if (alive || (!wasAlive && since(started, clock.now()) < grace)) feed();
    next = clock.wakeAt(after(clock.now(), interval), look);
  };
  look();
  return { [Symbol.dispose]: () => next[Symbol.dispose]() };
}

import type { AlarmDesk } from "./alarm-desk.ts";
import { ClockWatch } from "./clock-watch.ts";
import type { ControllerOptions } from "./controller-options.ts";
import { DiskWatch } from "./disk-watch.ts";
import type { SiteHealth } from "./site-health.ts";
import { isActive } from "./standing-conditions.ts";

/** Watches what nobody reports by itself: the clock and the disk. */
export function watchSite(
  { clock, site, freeBytes, evidence }: ControllerOptions,
  health: SiteHealth,
  alarms: Pick<AlarmDesk, "find">,
): DisposableStack {
  const watches = new DisposableStack();
  watches.use(
    new ClockWatch(clock, {
      onStep: (step, alarm) => health.clockStepped(step, alarm),
      onDrift: (drift, within) => health.clockDrifted(drift, within),
    }),
  );
  const onDisk = (nearlyFull: boolean, free: number): void => {
    if (!nearlyFull) return health.diskSpaceRestored(free);
    health.diskNearlyFull(free);
    evidence.prune();
  };
  const known = isActive(alarms.find("site.DiskNearlyFull"));
  watches.use(new DiskWatch(known, freeBytes, site.diskReserve, clock, onDisk));
  return watches;
}

import { AlarmDeadlines } from "./alarm-deadlines.ts";
import type { AlarmDesk } from "./alarm-desk.ts";
import type { Chronicle } from "./chronicle.ts";
import { ClockWatch } from "./clock-watch.ts";
import type { ControllerOptions } from "./controller-options.ts";
import { DiskWatch } from "./disk-watch.ts";
import type { EvidenceKeeping } from "./evidence/evidence-keeping.ts";
import type { SiteHealth } from "./site-health.ts";
import { isActive } from "./standing-conditions.ts";
import { presetPatience, SynchronisationWatch } from "./synchronisation-watch.ts";

/** Watches what nobody reports by itself: the clock and the disk. */
export function watchSite(
  { clock, site, freeBytes, isClockSynchronised }: ControllerOptions,
  health: SiteHealth,
  alarms: AlarmDesk,
  chronicle: Chronicle,
  evidence: Pick<EvidenceKeeping, "prune">,
): DisposableStack {
  const watches = new DisposableStack();
  watches.use(new AlarmDeadlines(alarms, chronicle, clock));
  watches.use(
    new ClockWatch(clock, {
      onStep: (step, alarm) => health.clockStepped(step, alarm),
      onDrift: (drift, within) => health.clockDrifted(drift, within),
    }),
  );
  if (isClockSynchronised !== undefined) {
    watches.use(
      new SynchronisationWatch({
        ...{ isClockSynchronised, clock },
        patience: site.alarms?.clockUnsynchronisedAfter ?? presetPatience,
        alarming: isActive(alarms.find("site.ClockUnsynchronised")),
        onUnsynchronised: (lasting) => health.clockUnsynchronised(lasting),
        onSynchronised: () => health.clockSynchronised(),
      }),
    );
  }
  const onDisk = (nearlyFull: boolean, free: number): void => {
    if (!nearlyFull) return health.diskSpaceRestored(free);
    health.diskNearlyFull(free);
    evidence.prune();
  };
  const known = isActive(alarms.find("site.DiskNearlyFull"));
  health.diskKnown(known);
  watches.use(new DiskWatch(known, freeBytes, site.diskReserve, clock, onDisk));
  return watches;
}

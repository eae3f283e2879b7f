import type { InterlockPolicy } from "../../src/domain/interlock/interlock.ts";
import type { Journal } from "../../src/ports/journal.ts";
import type { Building } from "../../src/simulation/building.ts";
import type { VirtualClock } from "../../src/simulation/virtual-clock.ts";
import type { Oracle } from "./oracle/oracle.ts";
import type { RunPlan } from "./plan.ts";

export interface SiteParts {
  readonly plan: RunPlan;
  readonly clock: VirtualClock;
  readonly journal: Journal;
  readonly rules: (policy: InterlockPolicy) => InterlockPolicy;
  readonly oracle: (building: Building) => Oracle;
  /** One line of what happens, for whoever replays a seed. */
  readonly trace: (line: () => string) => void;
}

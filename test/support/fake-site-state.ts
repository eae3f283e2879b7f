import type { DoorName } from "../../src/domain/names.ts";
import type { Instant } from "../../src/domain/time.ts";
import type { Clock } from "../../src/ports/clock.ts";
import type { DisplayView, DoorView, SiteState, VestibuleMode } from "../../src/ports/controller-services.ts";
import type { VestibuleCondition } from "../../src/ports/interlock-link.ts";
import type { Journal } from "../../src/ports/journal.ts";

interface Fake {
  readonly doors: Readonly<Record<DoorName, DoorView>>;
  readonly mode: VestibuleMode;
  readonly condition: VestibuleCondition | null;
  readonly interlock: "starting" | "running" | "lost";
  readonly storage: "ok" | "failed";
  readonly shown: DisplayView;
  readonly journal: Pick<Journal, "last">;
}

export const doorAtRest = (since: Instant): DoorView => ({
  ...{ contact: "closed", bolt: "thrown", lock: "secured" },
  ...{ secure: true, since, alarm: null },
});

/** One door pair, as a test says it is. */
export function fakeSiteState(fake: Fake, clock: Clock): SiteState {
  const since = new Date(0).toISOString();
  const process = { state: "running", pid: 1, restarts: 0, since } as const;
  return {
    site: { id: "demo", name: { en: "Demo branch", zh: "演示网点" } },
    vestibules: [
      {
        id: "v1",
        name: { en: "Vestibule 1", zh: "联动门 1" },
        doors: { ...fake.doors },
        passage: null,
        occupancy: 0,
        occupancySecure: 0,
        limits: { vestibuleMax: 1, secureMax: 0, secureMin: 0 },
        mode: fake.mode,
        condition: fake.condition,
        displays: { "outer-entry": fake.shown },
        liveness: { "outer-entry": "passive" },
        cameras: { "outer-entry": "outer-entry" },
      },
    ],
    processes: {
      interlock: { ...process, state: fake.interlock },
      vision: { ...process, detail: { backend: "wasm" } },
      controller: process,
    },
    readers: [],
    cameras: ["outer-entry", "inner-entry", "inner-exit", "outer-exit"].map((id) => ({
      id,
      state: "live",
      detail: null,
      health: [],
      clock: null,
    })),
    clock: {
      wall: new Date(clock.wall()).toISOString(),
      monotonic: clock.now(),
      timeZone: "Asia/Shanghai",
    },
    journal: { first: 1, last: fake.journal.last(), storage: fake.storage },
    templates: null,
    mqtt: { phase: "online", since, delivered: fake.journal.last() },
    backup: null,
  };
}

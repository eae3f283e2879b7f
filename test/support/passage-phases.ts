import type { SiteDraft } from "./demo-daemon.ts";
import type { SiteApi } from "./site-api.ts";

/** How far a passage has come. */
export type Phase = keyof typeof phases;

/** Door times in seconds that let processes come and go in the middle of a passage. */
export const releaseTime = 4;

export function quick(site: SiteDraft): void {
  site.board["doorCloserTime"] = 2;
  // A process can be back sooner than the same card counts again.
  site.access = { sameCardTime: 0 };
  // A forced door counts after this: time enough to end the controller in between.
  for (const door of Object.values(site.vestibules[0]?.doors ?? {})) {
    Object.assign(door, { releaseTime, contactDebounce: 0.5 });
  }
}

/** Brings the demo's first person so far; `start` is the record before. */
export const phases = {
  idle: async (_api: SiteApi, _start: number) => {},
  verifying: async (api: SiteApi, start: number) => {
    await api.seeing();
    await api.show("outer-entry");
    await api.present("outer-entry", "1001");
    await api.recorded("VerificationStarted", start);
  },
  released: async (api: SiteApi, start: number) => {
    await api.seeing();
    await api.show("outer-entry", "1001");
    await api.presentUntil("DoorReleased", "outer-entry", "1001", start);
  },
  open: async (api: SiteApi, start: number) => {
    await phases.released(api, start);
    await api.move("outer", "open");
    await api.recorded("DoorBecameInsecure", start, { door: "outer" });
  },
};

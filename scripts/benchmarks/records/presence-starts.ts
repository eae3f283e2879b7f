import { openSiteStorage } from "../../../src/composition/open-site-storage.ts";
import { RecordedPresence, rebuiltFrom } from "../../../src/controller/presence/recorded-presence.ts";
import { SystemClock } from "../../../src/drivers/clock/system-clock.ts";
import { type Figure, figure } from "../figures.ts";

/** What a start takes to know who is where: from what was saved, and from the whole journal where nothing was. */
export function presenceStarts(site: string, times: number): readonly Figure[] {
  using storage = openSiteStorage({ directory: site, clock: new SystemClock(), env: {} });
  const { journal, presence } = storage;
  const timed = (work: () => unknown): number => {
    const started = performance.now();
    work();
    return performance.now() - started;
  };
  const rebuilt = timed(() => rebuiltFrom(journal));
  const saved = timed(() => RecordedPresence.read(journal, presence).save());
  const starts = Array.from({ length: times }, () => timed(() => RecordedPresence.read(journal, presence)));
  const { whereabouts } = RecordedPresence.read(journal, presence);
  const ids = [...whereabouts.places.keys()];
  const asked = ids.map((id) => timed(() => whereabouts.areaOf(id)));
  return [
    figure(`who is where (${ids.length} people): from the whole journal`, [rebuilt], "ms"),
    figure("who is where: the same, and saved for the first time", [saved], "ms"),
    figure("who is where: at a start", starts, "ms", 500, "largest"),
    figure("who is where: one person asked for", asked, "ms"),
  ];
}

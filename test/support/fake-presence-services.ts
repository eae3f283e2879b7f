import { presenceDesk } from "../../src/controller/presence/presence-desk.ts";
import { rebuiltFrom } from "../../src/controller/presence/recorded-presence.ts";
import type { Clock } from "../../src/ports/clock.ts";
import type { Directory } from "../../src/ports/directory.ts";
import type { Journal } from "../../src/ports/journal.ts";
import type { PresenceServices } from "../../src/ports/services/presence-services.ts";

/** The real answers, from whatever a test has put into the journal; one door pair, `v1`. */
export function fakePresenceServices(
  journal: Pick<Journal, "append" | "query">,
  directory: Directory,
  clock: Pick<Clock, "now">,
): PresenceServices {
  const presence = {
    get whereabouts() {
      return rebuiltFrom(journal);
    },
  };
  const vestibule = { id: "v1", name: { en: "Vestibule 1", zh: "联动门 1" }, accessPoints: [] };
  const chronicle: Parameters<typeof presenceDesk>[2] = {
    entry: (type, payload) => ({ type, at: clock.now(), payload }),
    require: (entries) => void journal.append(entries),
  };
  // Whoever asks over HTTP meets no interlock.
  const interlock = { resetOccupancy: () => undefined };
  return presenceDesk({ directory, site: { vestibules: [vestibule] } }, presence, chronicle, interlock);
}

import type { AlarmRecord } from "../domain/alarm/alarm.ts";
import { byUrgency } from "../domain/alarm/kinds.ts";
import { type DoorName, doorNames, type VestibuleId } from "../domain/names.ts";
import type { SiteState } from "../ports/controller-services.ts";
import { tellsOfDuress } from "../ports/duress-records.ts";
import type { JournalRecord } from "../ports/journal.ts";
import type { Caller } from "./authentication/callers.ts";

/**
 * What one caller may see of what goes on. Duress reaches the centre and never a console opened at the box, where a
 * robber may be looking on (A5): there its alarms, its records and a door's sign of it are left out. That a sequence
 * number is missing is all that shows. A screen on a wall may be for some door pairs only: of others it is shown nothing.
 */
export interface Sight {
  readonly events: boolean;
  readonly alarms: boolean;
  readonly duress: boolean;
  /** Null: all. What belongs to no door pair is the site's, and shown to everybody. */
  readonly vestibules: readonly VestibuleId[] | null;
}

export const sightOf = ({ rights, seesDuress, screen }: Caller): Sight => ({
  events: rights.has("seeEvents"),
  alarms: rights.has("seeAlarms"),
  duress: seesDuress,
  vestibules: screen === null ? null : screen.vestibules,
});

const isThere = ({ vestibules }: Sight, vestibule: unknown): boolean =>
  vestibules === null || typeof vestibule !== "string" || vestibules.some((one) => one === vestibule);

export const sees = {
  record: (sight: Sight, record: Pick<JournalRecord, "type" | "payload">): boolean =>
    sight.events && (sight.duress || !tellsOfDuress(record)) && isThere(sight, record.payload["vestibule"]),
  alarm: (sight: Sight, { type, place }: Pick<AlarmRecord, "type" | "place">): boolean =>
    sight.alarms && (sight.duress || type !== "Duress") && isThere(sight, place.vestibule),
};

/** The state as this caller may see it. */
export function stateFor(sight: Sight, state: SiteState, alarms: readonly AlarmRecord[]): SiteState {
  const there = sight.vestibules === null ? state : withoutOthers(sight, state);
  return sight.duress ? there : withoutDuress(there, alarms);
}

function withoutOthers(sight: Sight, state: SiteState): SiteState {
  const isElsewhere = ({ id }: { readonly id: string }): boolean => !isThere(sight, id);
  const elsewhere = state.vestibules.filter(isElsewhere).flatMap(({ cameras }) => Object.values(cameras));
  return {
    ...state,
    vestibules: state.vestibules.filter((vestibule) => !isElsewhere(vestibule)),
    cameras: state.cameras.filter(({ id }) => !elsewhere.includes(id)),
  };
}

/** A door then shows the next pressing alarm, if there is one. */
function withoutDuress(state: SiteState, alarms: readonly AlarmRecord[]): SiteState {
  const shown = (vestibule: SiteState["vestibules"][number]) =>
    doorNames.some((door) => vestibule.doors[door].alarm === "Duress");
  if (!state.vestibules.some(shown)) return state;
  const next = (vestibule: string, door: DoorName): string | null => {
    const here = alarms.filter(
      ({ type, place, phase, shelved }) =>
        type !== "Duress" &&
        phase !== "normal" &&
        shelved === null &&
        place.vestibule === vestibule &&
        place.door === door,
    );
    return here.toSorted(byUrgency)[0]?.type ?? null;
  };
  return {
    ...state,
    vestibules: state.vestibules.map((vestibule) => {
      const of = (door: DoorName) => {
        const view = vestibule.doors[door];
        return view.alarm === "Duress" ? { ...view, alarm: next(vestibule.id, door) } : view;
      };
      return { ...vestibule, doors: { outer: of("outer"), inner: of("inner") } };
    }),
  };
}

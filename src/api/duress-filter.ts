import type { AlarmRecord } from "../domain/alarm/alarm.ts";
import { byUrgency } from "../domain/alarm/kinds.ts";
import { type DoorName, doorNames } from "../domain/names.ts";
import type { SiteState } from "../ports/controller-services.ts";
import { tellsOfDuress } from "../ports/duress-records.ts";
import type { JournalRecord } from "../ports/journal.ts";
import type { Caller } from "./authentication/callers.ts";

/**
 * What one caller may see of what goes on. Duress reaches the centre and never a console opened at the box, where a
 * robber may be looking on (A5): there its alarms, its records and a door's sign of it are left out. That a sequence
 * number is missing is all that shows.
 */
export interface Sight {
  readonly events: boolean;
  readonly alarms: boolean;
  readonly duress: boolean;
}

export const sightOf = ({ rights, seesDuress }: Caller): Sight => ({
  events: rights.has("seeEvents"),
  alarms: rights.has("seeAlarms"),
  duress: seesDuress,
});

export const sees = {
  record: ({ events, duress }: Sight, record: JournalRecord): boolean =>
    events && (duress || !tellsOfDuress(record)),
  alarm: ({ alarms, duress }: Sight, { type }: Pick<AlarmRecord, "type">): boolean =>
    alarms && (duress || type !== "Duress"),
};

/** The state as one may see it who does not see duress: a door then shows the next pressing alarm, if there is one. */
export function stateFor({ duress }: Sight, state: SiteState, alarms: readonly AlarmRecord[]): SiteState {
  const shown = (vestibule: SiteState["vestibules"][number]) =>
    doorNames.some((door) => vestibule.doors[door].alarm === "Duress");
  if (duress || !state.vestibules.some(shown)) return state;
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

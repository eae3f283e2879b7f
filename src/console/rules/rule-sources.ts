import {
  changeDoorRules,
  changeSettings,
  getAccessLevels,
  getDoorRules,
  getHolidays,
  getSchedules,
  getSettings,
  putAccessLevels,
  putHolidays,
  putSchedules,
} from "../api/client.ts";
import { type AccessLevel, type DoorRules, type Holiday, type Schedule, type Settings } from "./documents.ts";
import { byDate, placeOf } from "./holidays/holiday-dates.ts";
import { changesOf, mergedLists, mergedValues } from "./merging.ts";
import type { RuleSource } from "./use-rule-draft.ts";

export const scheduleSource: RuleSource<Schedule[]> = {
  kind: "schedules",
  read: async (signal) => {
    const { schedules, version } = await getSchedules({ signal });
    return { document: schedules, version };
  },
  changeOf: (_base, draft) => draft,
  write: (_base, schedules, facts) => putSchedules({ schedules, ...facts }),
  mergedOver: (base, mine, theirs) => mergedLists(base, mine, theirs, ({ name }) => name),
};

export const levelSource: RuleSource<AccessLevel[]> = {
  kind: "access-levels",
  read: async (signal) => {
    const { accessLevels, version } = await getAccessLevels({ signal });
    return { document: accessLevels, version };
  },
  changeOf: (_base, draft) => draft,
  write: (_base, accessLevels, facts) => putAccessLevels({ accessLevels, ...facts }),
  mergedOver: (base, mine, theirs) => mergedLists(base, mine, theirs, ({ name }) => name),
};

export const holidaySource: RuleSource<Holiday[]> = {
  kind: "holidays",
  read: async (signal) => {
    const { holidays, version } = await getHolidays({ signal });
    return { document: holidays, version };
  },
  changeOf: (_base, draft) => draft,
  write: (_base, holidays, facts) => putHolidays({ holidays, ...facts }),
  mergedOver: (base, mine, theirs) => {
    const { document, both } = mergedLists(base, mine, theirs, placeOf);
    return { document: document.toSorted(byDate), both };
  },
};

/** Of a door the first level is what is given or left out: `multiPerson` goes as a whole. */
export const doorSource = (vestibule: string, door: "outer" | "inner"): RuleSource<DoorRules> => ({
  kind: `doors/${vestibule}/${door}`,
  read: async (signal) => {
    const { version, awaited: _awaited, ...document } = await getDoorRules({ vestibule, door }, { signal });
    return { document, version };
  },
  changeOf: (base, draft) => changesOf(base, draft, false),
  write: (base, draft, { reason, version }) =>
    changeDoorRules({ vestibule, door }, { ...changesOf(base, draft, false), reason, version }),
  mergedOver: (base, mine, theirs) => mergedValues(base, mine, theirs),
});

export const settingsSource: RuleSource<Settings> = {
  kind: "settings",
  read: async (signal) => {
    const { version, ...document } = await getSettings({ signal });
    return { document, version };
  },
  changeOf: (base, draft) => changesOf(base, draft, true),
  write: (base, draft, { reason, version }) =>
    changeSettings({ ...changesOf(base, draft, true), reason, version }),
  mergedOver: (base, mine, theirs) => mergedValues(base, mine, theirs),
};

import type { MarkedDay } from "../../domain/access/access.ts";
import type {
  GetAccessLevelsData,
  GetDoorRulesData,
  GetHolidaysData,
  GetSchedulesData,
  GetSettingsData,
} from "../api/client.ts";

export type Schedule = GetSchedulesData["schedules"][number];
export type WrittenSpan = Schedule["spans"][number];
export type AccessLevel = GetAccessLevelsData["accessLevels"][number];
export type Holiday = GetHolidaysData["holidays"][number];
export type DoorRules = Omit<GetDoorRulesData, "version" | "awaited">;
export type Settings = Omit<GetSettingsData, "version">;
export type VestibuleSettings = NonNullable<Settings["vestibules"]>[string] & object;

export const dateOf = (holiday: Holiday): string => (typeof holiday === "string" ? holiday : holiday.date);
export const nameOfHoliday = (holiday: Holiday): string =>
  typeof holiday === "string" ? "" : (holiday.name ?? "");

export const markOf = (holiday: Holiday): MarkedDay =>
  typeof holiday === "string"
    ? { date: holiday, as: "holiday", yearly: false }
    : { date: holiday.date, as: holiday.as ?? "holiday", yearly: holiday.yearly ?? false };

/** As short as it can be written. */
export function holidayOf({ date, as, yearly }: MarkedDay, name: string): Holiday {
  const said = {
    ...(name.trim() === "" ? {} : { name: name.trim() }),
    ...(as === "holiday" ? {} : { as }),
    ...(yearly ? { yearly } : {}),
  };
  return Object.keys(said).length === 0 ? date : { date, ...said };
}

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
export const nameOfHoliday = (holiday: Holiday): string => (typeof holiday === "string" ? "" : holiday.name);
export const holidayOf = (date: string, name: string): Holiday =>
  name.trim() === "" ? date : { date, name: name.trim() };

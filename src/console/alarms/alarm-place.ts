import type { TFunction } from "i18next";
import type { AlarmView } from "../api/site.ts";
import { isAccessPoint } from "../building/whereabouts.ts";

/** Where an alarm is, in words; empty where it concerns the whole site. */
export function alarmPlaceText(t: TFunction, { door, accessPoint, camera }: AlarmView["place"]): string {
  if (door !== undefined) return t(`door.${door}`);
  if (accessPoint !== undefined) return t(`accessPoint.${accessPoint}`);
  if (camera === undefined) return "";
  return isAccessPoint(camera) ? t(`accessPoint.${camera}`) : camera;
}

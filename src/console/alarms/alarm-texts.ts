import type { TFunction } from "i18next";
import { en } from "../texts/en.ts";

const isAlarmType = (name: string): name is keyof typeof en.alarms.type => name in en.alarms.type;

/** An alarm's type, or its id (`v1.outer.DoorForcedOpen`), in words; a type from a newer server as it is. */
export function alarmTypeText(t: TFunction, typeOrId: string): string {
  const type = typeOrId.slice(typeOrId.lastIndexOf(".") + 1);
  return isAlarmType(type) ? t(`alarms.type.${type}`) : type;
}

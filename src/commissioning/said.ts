import type { AccessPointName, DoorName, VestibuleId } from "../domain/names.ts";
import type { Said } from "../ports/services/commissioning-services.ts";

export const said = (en: string, zh: string): Said => ({ en, zh });
/** A name or figure that is the same in both languages. */
export const same = (text: string): Said => ({ en: text, zh: text });

export const doorWords: Readonly<Record<DoorName, Said>> = {
  outer: said("outer door", "外门（门1）"),
  inner: said("inner door", "内门（门2）"),
};

export const pointWords: Readonly<Record<AccessPointName, Said>> = {
  "outer-entry": said("outer door, from the street", "外门外侧（进）"),
  "inner-entry": said("inner door, from between the doors", "内门外侧（进）"),
  "inner-exit": said("inner door, from the secure area", "内门内侧（出）"),
  "outer-exit": said("outer door, from between the doors", "外门内侧（出）"),
};

/** `v1: …` */
export const at = (vestibule: VestibuleId, { en, zh }: Said): Said =>
  said(`${vestibule}: ${en}`, `${vestibule}：${zh}`);

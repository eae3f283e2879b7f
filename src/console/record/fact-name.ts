import type { TFunction } from "i18next";
import { en } from "../texts/en.ts";

const isNamed = (name: string): name is keyof typeof en.fact => Object.hasOwn(en.fact, name);

/** What a record's field is called; a field from a newer server by its own name. */
export function factName(t: TFunction, name: string): string {
  return isNamed(name) ? t(`fact.${name}`) : name;
}

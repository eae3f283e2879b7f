import type { TFunction } from "i18next";
import { ruleFieldTextsEn } from "../texts/rule-fields-en.ts";
import type { AccessLevel } from "./documents.ts";

type Label = keyof typeof ruleFieldTextsEn.label;
type Choice = keyof typeof ruleFieldTextsEn.choice;

export const isLabel = (key: string): key is Label => Object.hasOwn(ruleFieldTextsEn.label, key);
export const isChoice = (value: string): value is Choice => Object.hasOwn(ruleFieldTextsEn.choice, value);
export const choiceText = (value: Choice, t: TFunction): string => t(`ruleFields.choice.${value}`);

export const pointsText = ({ accessPoints }: Pick<AccessLevel, "accessPoints">, t: TFunction): string =>
  accessPoints === "all"
    ? t("rulePages.levels.all")
    : accessPoints.map((point) => t(`accessPoint.${point}`)).join(t("rulePages.and"));

export const vestibulesText = ({ vestibules }: Pick<AccessLevel, "vestibules">, t: TFunction): string =>
  typeof vestibules === "string" ? t("rulePages.levels.all") : vestibules.join(t("rulePages.and"));

export function modesText({ modes }: Pick<AccessLevel, "modes">, t: TFunction): string {
  if (modes === undefined || modes.length === 0) return t("rulePages.none");
  return modes
    .map(({ schedule, mode }) => t("rulePages.pair", { what: schedule, value: t(`rulePages.mode.${mode}`) }))
    .join(t("rulePages.and"));
}

/** `doors/v1/inner` as people say it. */
export function kindText(kind: string, t: TFunction): string {
  const [, vestibule = "", door] = kind.split("/");
  if (door === "outer" || door === "inner")
    return t("rulePages.changes.door", { door: t(`door.${door}`), vestibule });
  return isListedKind(kind) ? t(`rulePages.kind.${kind}`) : kind;
}

export const listedKinds = ["access-levels", "schedules", "holidays", "settings", "site-file"] as const;
const isListedKind = (kind: string): kind is (typeof listedKinds)[number] =>
  (listedKinds as readonly string[]).includes(kind);

import type { TFunction } from "i18next";
import { isObject } from "../api/http.ts";
import type { WhyDecision } from "../api/why.ts";
import { en } from "../texts/en.ts";

export type Fact = readonly [name: string, value: string];

const has = <K extends string>(texts: Readonly<Record<K, string>>, name: unknown): name is K =>
  typeof name === "string" && Object.hasOwn(texts, name);

/** What a decision rested on, in words; what has no word of its own stays as the record has it. */
export function factsOf(t: TFunction, { input }: WhyDecision): readonly Fact[] {
  const word = (value: unknown): string => (has(en.why.word, value) ? t(`why.word.${value}`) : String(value));
  const yes = (value: unknown): string => t(value === true ? "why.yes" : "why.no");
  const { type } = input;
  const credential = part(input, "credential");
  const around = part(input, "surroundings");
  const secure = part(around, "secure");
  const people = part(around, "occupancy");
  const list = (value: unknown): string =>
    Array.isArray(value) && value.length > 0 ? value.join(", ") : t("why.none");
  const facts: readonly (readonly [keyof typeof en.why.fact, unknown, (value: unknown) => string])[] = [
    ["because", type, (value) => (has(en.why.from, value) ? t(`why.from.${value}`) : String(value))],
    ["time", input["local"], (value) => localTime(t, value)],
    ["cardStatus", credential["cardStatus"], word],
    ["cardholderStatus", credential["cardholderStatus"], word],
    ["levels", credential["accessLevels"], list],
    ["area", credential["area"], word],
    ["hasPin", credential["hasPin"], yes],
    ["isDuressCard", credential["isDuressCard"], yes],
    ["templates", credential["templates"], String],
    ["face", type === "FaceJudged" ? input["verdict"] : undefined, (value) => verdict(t, value)],
    ["pin", type === "PinJudged" ? input["verdict"] : undefined, word],
    ["faces", input["faces"], String],
    ["outer", secure["outer"], yes],
    ["inner", secure["inner"], yes],
    ["camera", around["camera"], word],
    ["storage", around["storage"], word],
    ["lockdown", around["lockdown"], yes],
    ["between", people["vestibule"], String],
    ["inside", people["secure"], String],
  ];
  return facts.flatMap(([name, value, say]): Fact[] =>
    value === undefined || value === null ? [] : [[t(`why.fact.${name}`), say(value)]],
  );
}

/** The rules by the names that the site's file has for them. */
export function rulesOf({ rulesInForce }: WhyDecision): readonly Fact[] {
  const { reference: _hash, schedules: _longer, ...rules } = rulesInForce;
  return flat(rules, "").slice(0, mostRules);
}

const mostRules = 60;

function flat(value: unknown, path: string): readonly Fact[] {
  if (Array.isArray(value) && value.every((one) => typeof one !== "object"))
    return value.length === 0 ? [] : [[path, value.join(", ")]];
  if (typeof value !== "object" || value === null) return [[path, String(value)]];
  return Object.entries(value).flatMap(([key, inner]) =>
    flat(inner, path === "" ? key : `${path}.${nameOf(key, inner)}`),
  );
}

/** A level by its name, not by its place in the list. */
const nameOf = (key: string, value: unknown): string =>
  isObject(value) && typeof value["name"] === "string" ? value["name"] : key;

function part(whole: Readonly<Record<string, unknown>>, name: string): Readonly<Record<string, unknown>> {
  const value = whole[name];
  return isObject(value) ? value : {};
}

function verdict(t: TFunction, value: unknown): string {
  if (!isObject(value)) return "";
  if (value["accepted"] === true) return t("why.word.accepted");
  const { reason } = value;
  return has(en.reason, reason) ? t(`reason.${reason}`) : String(reason);
}

function localTime(t: TFunction, value: unknown): string {
  if (!isObject(value)) return "";
  const { day, minute } = value;
  if (!has(en.why.day, day) || typeof minute !== "number") return "";
  const two = (number: number): string => String(number).padStart(2, "0");
  return `${t(`why.day.${day}`)} ${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}

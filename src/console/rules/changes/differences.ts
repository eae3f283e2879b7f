import type { TFunction } from "i18next";
import { markText } from "../day-words.ts";
import type { AccessLevel, Holiday, Schedule } from "../documents.ts";
import { markOf, nameOfHoliday } from "../documents.ts";
import { type FieldSpec, specAt } from "../field-specs.ts";
import { daysBetween, placeOf } from "../holidays/holiday-dates.ts";
import { choiceText, isChoice, isLabel, modesText, pointsText, vestibulesText } from "../rule-words.ts";
import { weekText } from "../schedules/week-text.ts";

/** One thing that is different, in words; `before` or `after` empty: it was not there. */
export interface ChangedLine {
  readonly what: string;
  readonly before: string;
  readonly after: string;
}

/** Two documents of one kind, as GET shows them, told apart for people. */
export function changedLines(
  kind: string,
  before: unknown,
  after: unknown,
  t: TFunction,
): readonly ChangedLine[] {
  switch (kind) {
    case "schedules":
      return named(listOf<Schedule>(before), listOf<Schedule>(after), scheduleFacts, t);
    case "access-levels":
      return named(listOf<AccessLevel>(before), listOf<AccessLevel>(after), levelFacts, t);
    case "holidays":
      return holidayLines(listOf<Holiday>(before), listOf<Holiday>(after), t);
    default:
      return valueLines(kind, [], before, after, t);
  }
}

/** The server answers in the shape of the kind; a list that does not exist has nothing in it. */
const listOf = <Item>(document: unknown): readonly Item[] =>
  Array.isArray(document) ? (document as Item[]) : [];

type Facts = Readonly<Record<string, string>>;

function named<Item extends { readonly name: string }>(
  before: readonly Item[],
  after: readonly Item[],
  factsOf: (item: Item, t: TFunction) => Facts,
  t: TFunction,
): readonly ChangedLine[] {
  const names = [...new Set([...before, ...after].map(({ name }) => name))];
  return names.flatMap((name): readonly ChangedLine[] => {
    const [was, is] = [before, after].map((list) => list.find((one) => one.name === name));
    const [then, now] = [was && factsOf(was, t), is && factsOf(is, t)];
    if (then === undefined || now === undefined)
      return [{ what: name, before: allOf(then, t), after: allOf(now, t) }];
    return Object.keys({ ...then, ...now }).flatMap((what) =>
      then[what] === now[what]
        ? []
        : [{ what: `${name} · ${what}`, before: then[what] ?? "", after: now[what] ?? "" }],
    );
  });
}

const allOf = (facts: Facts | undefined, t: TFunction): string =>
  Object.entries(facts ?? {})
    .map(([what, value]) => t("rulePages.pair", { what, value }))
    .join(t("rulePages.after"));

function scheduleFacts(schedule: Schedule, t: TFunction): Facts {
  return {
    [t("ruleFields.label.times")]: weekText(schedule.spans, t),
    [t("ruleFields.label.firstPerson")]: schedule.firstPerson ?? t("rulePages.none"),
  };
}

function levelFacts(level: AccessLevel, t: TFunction): Facts {
  return {
    [t("ruleFields.label.accessPoints")]: pointsText(level, t),
    [t("ruleFields.label.vestibules")]: vestibulesText(level, t),
    [t("ruleFields.label.schedule")]:
      level.schedule === "always" ? t("rulePages.levels.always") : level.schedule,
    [t("ruleFields.label.mode")]: t(`rulePages.mode.${level.mode}`),
    [t("ruleFields.label.modes")]: modesText(level, t),
    [t("ruleFields.label.liveness")]:
      level.liveness === undefined
        ? t("rulePages.levels.livenessAsDoor")
        : t(`rulePages.liveness.${level.liveness}`),
  };
}

/** Days that follow each other and became the same are one line: seven days of one holiday are one thing. */
function holidayLines(
  before: readonly Holiday[],
  after: readonly Holiday[],
  t: TFunction,
): readonly ChangedLine[] {
  const said = (list: readonly Holiday[]): ReadonlyMap<string, string> =>
    new Map(list.map((one) => [placeOf(one), holidayText(one, t)]));
  const [was, is] = [said(before), said(after)];
  const ordinary = t("rulePages.holidays.ordinary");
  const lines: { from: string; to: string; before: string; after: string }[] = [];
  for (const date of [...new Set([...was.keys(), ...is.keys()])].toSorted()) {
    const [then, now] = [was.get(date) ?? ordinary, is.get(date) ?? ordinary];
    if (then === now) continue;
    const last = lines.at(-1);
    if (last !== undefined && daysBetween(last.to, date) === 1 && last.before === then && last.after === now)
      last.to = date;
    else lines.push({ from: date, to: date, before: then, after: now });
  }
  return lines.map(({ from, to, ...rest }) => ({
    what: from === to ? from.replace("yearly", t("rulePages.holidays.yearly")) : `${from} – ${to}`,
    ...rest,
  }));
}

/** A plain holiday by its name alone; what is another kind of day says so. */
function holidayText(holiday: Holiday, t: TFunction): string {
  const { date, as, yearly } = markOf(holiday);
  const name = nameOfHoliday(holiday);
  const text = as === "holiday" && name !== "" ? name : markText(date, as, name, t);
  return yearly ? `${text} (${t("rulePages.holidays.each", { date })})` : text;
}

/** Value by value: of doors and settings by their names, of the site's file by their place in it. */
function valueLines(
  kind: string,
  path: readonly string[],
  before: unknown,
  after: unknown,
  t: TFunction,
): readonly ChangedLine[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  const [was, is] = [partsOf(before), partsOf(after)];
  if (was === undefined || is === undefined) {
    const spec = kind === "site-file" ? undefined : specAt(path);
    return [
      {
        what: placeText(kind, path, t),
        before: valueText(before, spec, t),
        after: valueText(after, spec, t),
      },
    ];
  }
  return [...new Set([...Object.keys(was), ...Object.keys(is)])].flatMap((key) =>
    valueLines(kind, [...path, key], was[key], is[key], t),
  );
}

/** Items of a list by their name, wherever they stand in it. */
function partsOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  if (!Array.isArray(value)) return { ...value };
  const entries = value.map((item) => [nameIn(item), item] as const);
  return entries.every(([name]) => name !== undefined) && entries.length > 0
    ? Object.fromEntries(entries)
    : undefined;
}

function nameIn(item: unknown): string | undefined {
  if (typeof item !== "object" || item === null) return undefined;
  const found = [Reflect.get(item, "id"), Reflect.get(item, "name")].find((one) => typeof one === "string");
  return typeof found === "string" ? found : undefined;
}

function placeText(kind: string, path: readonly string[], t: TFunction): string {
  if (kind === "site-file") return path.join(".");
  return path
    .filter((step) => step !== "vestibules" && step !== "access")
    .map((step) => {
      if (isPoint(step)) return t(`accessPoint.${step}`);
      return isLabel(step) ? t(`ruleFields.label.${step}`) : step;
    })
    .join(" · ");
}

const points = ["outer-entry", "inner-entry", "inner-exit", "outer-exit"] as const;
const isPoint = (step: string): step is (typeof points)[number] =>
  (points as readonly string[]).includes(step);

/** With its unit, and what people call it. */
export function valueText(value: unknown, spec: FieldSpec | undefined, t: TFunction): string {
  if (value === null || value === undefined) return t("rulePages.none");
  if (typeof value === "boolean") return t(value ? "rulePages.yes" : "rulePages.no");
  if (typeof value === "number") {
    return spec?.unit === undefined ? String(value) : `${value} ${t(`rulePages.field.unit.${spec.unit}`)}`;
  }
  if (typeof value === "string") return isChoice(value) ? choiceText(value, t) : value;
  if (Array.isArray(value) && value.every((one) => typeof one === "string"))
    return value.length === 0 ? t("rulePages.none") : value.join(t("rulePages.and"));
  return Object.entries(value)
    .map(([key, one]) =>
      t("rulePages.pair", {
        what: isLabel(key) ? t(`ruleFields.label.${key}`) : key,
        value: valueText(one, specAt([key]), t),
      }),
    )
    .join(t("rulePages.after"));
}

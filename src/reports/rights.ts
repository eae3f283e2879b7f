import type { AccessLevel } from "../domain/access/policy.ts";
import type { Schedule, ScheduleSpan } from "../domain/access/schedule.ts";
import { accessPointNames } from "../domain/names.ts";
import type { Cardholder } from "../ports/directory.ts";
import type { ReportSource } from "../ports/report-source.ts";
import { isAskedFor } from "./passages.ts";
import type { ColumnName, ReportRow, ReportTools } from "./report.ts";
import { inWords, type ReportTexts } from "./texts.ts";

export const rightsColumns: readonly ColumnName[] = [
  "person",
  "cardholder",
  "number",
  "status",
  "level",
  "doors",
  "schedule",
  "mode",
  "validFrom",
  "validUntil",
  "cards",
];

const atOnce = 500;

/** Who may pass where, when and how, by the directory and the rules as they are now: a row for each level of each person. */
export function* rightsRows(tools: ReportTools, source: ReportSource): Generator<ReportRow> {
  for (const person of peopleAskedFor(tools, source)) {
    if (person.accessLevels.length === 0) yield rowOf(tools, person, tools.texts.noLevel, ["", "", ""]);
    for (const name of person.accessLevels) {
      const level = tools.order.levels.find((one) => one.name === name);
      if (level === undefined) yield rowOf(tools, person, name, [tools.texts.unknownLevel, "", ""]);
      else if (isAskedForDoor(tools, level)) yield rowOf(tools, person, name, scopeOf(tools.texts, level));
    }
  }
}

function* peopleAskedFor({ order }: ReportTools, source: ReportSource): Generator<Cardholder> {
  if (order.cardholder !== undefined) {
    const one = source.person(order.cardholder);
    if (one !== undefined) yield one;
    return;
  }
  for (let after = ""; ; ) {
    const page = source.people(after, atOnce);
    yield* page;
    const last = page.at(-1);
    if (last === undefined || page.length < atOnce) return;
    after = last.id;
  }
}

const isAskedForDoor = (tools: ReportTools, { accessPoints }: AccessLevel): boolean =>
  (accessPoints === "all" ? accessPointNames : accessPoints).some((name) =>
    isAskedFor(tools, tools.order.cardholder, name.startsWith("outer") ? "outer" : "inner"),
  );

function rowOf(
  { texts, time }: ReportTools,
  { id, name, number, status, cards, validFrom, validUntil }: Cardholder,
  level: string,
  scope: readonly [doors: string, schedule: string, mode: string],
): ReportRow {
  return [
    name,
    id,
    number ?? "",
    inWords(texts.statuses, status),
    level,
    ...scope,
    validFrom === undefined ? "" : time.text(validFrom),
    validUntil === undefined ? "" : time.text(validUntil),
    cards
      .filter((card) => card.status === "active")
      .map(({ number }) => number)
      .join(texts.listMark),
  ];
}

function scopeOf(texts: ReportTexts, level: AccessLevel): readonly [string, string, string] {
  const { vestibules, accessPoints, schedule, mode, modes = [] } = level;
  const doors =
    accessPoints === "all"
      ? texts.everywhere
      : accessPoints.map((one) => texts.accessPoints[one]).join(texts.listMark);
  const where = vestibules === "all" ? doors : `${vestibules.join(texts.listMark)}: ${doors}`;
  const usual = texts.modes[mode];
  const others = modes.map((other) => `${texts.modes[other.mode]} (${scheduleText(texts, other.schedule)})`);
  return [where, scheduleText(texts, schedule), [usual, ...others].join(texts.listMark)];
}

function scheduleText(texts: ReportTexts, schedule: "always" | Schedule): string {
  if (schedule === "always") return texts.always;
  return `${schedule.name}: ${schedule.spans.map((span) => spanText(texts, span)).join("; ")}`;
}

const spanText = (texts: ReportTexts, { days, from, to }: ScheduleSpan): string =>
  `${days.map((day) => texts.days[day]).join(" ")} ${clock(from)}–${clock(to)}`;

const clock = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;

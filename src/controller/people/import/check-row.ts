import { Temporal } from "temporal-polyfill";
import { type WallTime, wallTime } from "../../../domain/time.ts";
import type { CardholderKind, NewCardholder } from "../../../ports/directory.ts";
import { directoryLimits } from "../../../ports/directory-limits.ts";
import type { ImportColumn } from "../../../ports/services/people-services.ts";
import { longestVisit } from "../people-checks.ts";
import type { Faults, FaultWord } from "./fault.ts";
import type { FileRow } from "./read-rows.ts";

/** What one row says, on its own. */
export interface RowPerson {
  readonly row: number;
  readonly person: NewCardholder;
  readonly cards: readonly { readonly number: string; readonly format: string }[];
  /** A personnel number; looked for once all rows are read. */
  readonly hostNumber: string | undefined;
}

export interface RowRules {
  readonly levels: ReadonlySet<string>;
  readonly timeZone: string;
  readonly now: WallTime;
}

/** Marks that make text read other than it is stored; what the API refuses of a name. */
const invisible = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;
const longestName = 120;
const visible = /^[\x21-\x7e]{1,64}$/;
/** A long number that a spreadsheet has shown as 1.23457E+15 and saved so: its digits are gone. */
const rounded = /^\d(\.\d+)?E\+\d+$/i;
const groupName = /^[a-z][a-z0-9-]{0,31}$/;
const cardFormat = /^[a-z0-9-]{1,32}$/;
const kinds: Readonly<Record<string, CardholderKind>> = {
  staff: "staff",
  visitor: "visitor",
  员工: "staff",
  访客: "visitor",
};

/** Of a name: what the API takes. */
export const isOneLine = (text: string): boolean => !invisible.test(text) && text.isWellFormed();

export const isGroupName = (text: string): boolean => groupName.test(text);

/** Undefined where something in the row will not do; all of it is among the faults then. */
export function checkRow({ row, cells }: FileRow, rules: RowRules, faults: Faults): RowPerson | undefined {
  let isFit = true;
  const fault = (column: ImportColumn, word: FaultWord, value?: string): undefined => {
    isFit = false;
    faults.add(row, column, word, value);
  };
  const name = cells.name ?? "";
  if (name === "") fault("name", "missing");
  else if (name.length > longestName) fault("name", "tooLong", name);
  else if (!isOneLine(name)) fault("name", "notALine", name);
  const { number } = cells;
  if (number !== undefined && !visible.test(number)) fault("number", "notANumber", number);
  else if (number !== undefined && rounded.test(number)) fault("number", "rounded", number);
  const kind = kindOf(cells.kind);
  if (kind === undefined) fault("kind", "notAKind", cells.kind);
  const groups = listed(cells.groups);
  for (const group of groups) if (!isGroupName(group)) fault("groups", "notAGroup", group);
  const accessLevels = listed(cells.accessLevels);
  for (const level of accessLevels) if (!rules.levels.has(level)) fault("accessLevels", "notALevel", level);
  if (groups.length > directoryLimits.memberships) fault("groups", "tooMany");
  if (accessLevels.length > directoryLimits.memberships) fault("accessLevels", "tooMany");
  const cards = listed(cells.cards).map((text) => {
    const [cardNumber = "", format = "raw", ...more] = text.split(":");
    if (!visible.test(cardNumber)) fault("cards", "notANumber", text);
    else if (rounded.test(cardNumber)) fault("cards", "rounded", text);
    else if (more.length > 0 || !cardFormat.test(format)) fault("cards", "notAFormat", text);
    return { number: cardNumber, format };
  });
  if (cards.length > directoryLimits.usableCards) fault("cards", "tooMany");
  const validFrom = timeOf(cells.validFrom, rules.timeZone, "start");
  if (validFrom === "unreadable") fault("validFrom", "notATime", cells.validFrom);
  const validUntil = timeOf(cells.validUntil, rules.timeZone, "end");
  if (validUntil === "unreadable") fault("validUntil", "notATime", cells.validUntil);
  if (validFrom === "unreadable" || validUntil === "unreadable" || kind === undefined) return undefined;
  if (validFrom !== undefined && validUntil !== undefined && validFrom >= validUntil)
    fault("validUntil", "endsBeforeItBegins", cells.validUntil);
  if (kind === "staff" && cells.host !== undefined) fault("host", "hostOfStaff", cells.host);
  if (kind === "visitor") {
    if (cells.host === undefined) fault("host", "visitNeedsHost");
    if (validUntil === undefined || validUntil - (validFrom ?? rules.now) > longestVisit)
      fault("validUntil", "visitNeedsEnd", cells.validUntil);
  }
  if (!isFit) return undefined;
  const person: NewCardholder = {
    name,
    kind,
    groups,
    accessLevels,
    ...(number === undefined ? {} : { number }),
    ...(validFrom === undefined ? {} : { validFrom }),
    ...(validUntil === undefined ? {} : { validUntil }),
  };
  return { row, person, cards, hostNumber: cells.host };
}

function kindOf(text = "staff"): CardholderKind | undefined {
  const word = text.toLowerCase();
  return Object.hasOwn(kinds, word) ? kinds[word] : undefined;
}

const listed = (text = ""): string[] => [
  ...new Set(
    text
      .split(/[;；、]/)
      .map((part) => part.trim())
      .filter((part) => part !== ""),
  ),
];

/** Also as spreadsheets write it back: 2026/12/5, 2026年12月5日, 2026/12/5 8:30. */
const here = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]+(\d{1,2}):(\d\d)(?::(\d\d))?)?$/;
const anywhere = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)$/;

const twoDigits = (part: string | undefined): string | undefined => part?.padStart(2, "0");

/** A day alone is meant whole: until its end, in the site's time. */
function timeOf(
  text: string | undefined,
  timeZone: string,
  edge: "start" | "end",
): WallTime | undefined | "unreadable" {
  if (text === undefined) return undefined;
  const given = text.replaceAll("/", "-");
  const [isHere, year, month, day, hour, minute, second] = (here.exec(text) ?? []).map(twoDigits);
  try {
    if (isHere !== undefined && hour === undefined) {
      const first = Temporal.PlainDate.from(`${year}-${month}-${day}`);
      return wallTime(
        (edge === "start" ? first : first.add({ days: 1 })).toZonedDateTime(timeZone).epochMilliseconds,
      );
    }
    if (isHere !== undefined) {
      const local = Temporal.PlainDateTime.from(
        `${year}-${month}-${day}T${hour}:${minute}:${second ?? "00"}`,
      );
      return wallTime(local.toZonedDateTime(timeZone).epochMilliseconds);
    }
    if (anywhere.test(given)) return wallTime(Temporal.Instant.from(given).epochMilliseconds);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return "unreadable";
}

import { type AccessPointName, accessPointNames, type DoorName, doorNames } from "../../domain/names.ts";
import type { RecordView } from "../../ports/record-view.ts";
import type { ListEventsParams } from "../api/client.ts";
import { importantTypes, type RecordGroup, recordGroups, typesOf } from "../record/record-kinds.ts";
import { instantOf, isSiteMinute, type SiteMinute } from "../texts/site-time.ts";

/** What is searched for, as it stands in the address: whoever gets the link sees the same. */
export interface EventFilters {
  /** `important`: all but the details; a group; or one type. */
  readonly what: "important" | "all" | RecordGroup | `type:${string}`;
  readonly person: string | null;
  readonly card: string | null;
  readonly vestibule: string | null;
  readonly door: DoorName | null;
  readonly accessPoint: AccessPointName | null;
  readonly reason: string | null;
  readonly operator: string | null;
  readonly from: SiteMinute | null;
  readonly to: SiteMinute | null;
  /** From this record back. */
  readonly seq: number | null;
}

const filterNames = [
  ...(["what", "person", "card", "vestibule", "door", "accessPoint"] as const),
  ...(["reason", "operator", "from", "to", "seq"] as const),
];

const forms: Readonly<Record<"person" | "card" | "vestibule" | "reason" | "operator", RegExp>> = {
  person: /^[A-Za-z0-9_-]{1,64}$/,
  card: /^[\x21-\x7e]{1,64}$/,
  vestibule: /^\S{1,64}$/,
  reason: /^[a-z][A-Za-z0-9]{0,47}$/,
  operator: /^.{1,80}$/,
};

/** What cannot be searched for is left out: an address may be anything. */
export function filtersIn(search: URLSearchParams): EventFilters {
  const text = (name: keyof typeof forms): string | null => {
    const value = search.get(name);
    return value !== null && forms[name].test(value) ? value : null;
  };
  const minute = (name: "from" | "to"): SiteMinute | null => {
    const value = search.get(name);
    return isSiteMinute(value) ? value : null;
  };
  const seq = search.get("seq") ?? "";
  return {
    what: whatOf(search.get("what") ?? ""),
    ...{ person: text("person"), card: text("card"), vestibule: text("vestibule") },
    door: doorNames.find((name) => name === search.get("door")) ?? null,
    accessPoint: accessPointNames.find((name) => name === search.get("accessPoint")) ?? null,
    ...{ reason: text("reason"), operator: text("operator"), from: minute("from"), to: minute("to") },
    seq: /^[1-9]\d{0,14}$/.test(seq) ? Number(seq) : null,
  };
}

function whatOf(value: string): EventFilters["what"] {
  if (value === "all") return value;
  const group = recordGroups.find((name) => name === value);
  if (group !== undefined) return group;
  return /^type:[A-Za-z]{1,64}$/.test(value) ? (value as `type:${string}`) : "important"; // matched just now
}

/** Undefined: of all types. */
function typesAskedFor({ what, seq }: EventFilters): readonly string[] | undefined {
  // Whoever asks for a number wants to see what stands there, whatever it is.
  if (what === "all" || (what === "important" && seq !== null)) return undefined;
  if (what === "important") return importantTypes();
  return isGroup(what) ? typesOf(what) : [what.slice("type:".length)];
}

const isGroup = (what: string): what is RecordGroup => recordGroups.some((name) => name === what);

/** A page of the newest; `before`: those before this record. */
export function queryOf(filters: EventFilters, timeZone: string, before?: number): ListEventsParams {
  const { person, seq, from, to, card, vestibule, door, accessPoint, reason, operator } = filters;
  const types = typesAskedFor(filters);
  const at = (minute: SiteMinute, later = 0): string =>
    new Date(instantOf(minute, timeZone) + later).toISOString();
  const asked = { card, vestibule, door, accessPoint, reason, operator };
  const after = Math.min(
    before ?? Number.POSITIVE_INFINITY,
    seq === null ? Number.POSITIVE_INFINITY : seq + 1,
  );
  return {
    order: "newest",
    limit: pageLength,
    ...Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== null)),
    ...(types === undefined ? {} : { type: types.join(",") }),
    ...(person === null ? {} : { cardholder: person }),
    ...(from === null ? {} : { from: at(from) }),
    // The whole of that minute.
    ...(to === null ? {} : { to: at(to, 59_999) }),
    ...(Number.isFinite(after) ? { after } : {}),
  };
}

const pageLength = 100;

/** Whether a record that has just come is one that is searched for: what the server finds by, for one record. */
export function isSearchedFor(filters: EventFilters, record: RecordView, timeZone: string): boolean {
  const types = typesAskedFor(filters);
  const { person, card, from, to, seq } = filters;
  const time = Date.parse(record.time);
  const same = (["vestibule", "door", "accessPoint", "reason"] as const).every(
    (name) => filters[name] === null || record[name] === filters[name],
  );
  return (
    same &&
    (types === undefined || types.includes(record.type)) &&
    (filters.operator === null || record["operator"] === filters.operator) &&
    (person === null || named(record, ["cardholder", "host", "cardholders"]).includes(person)) &&
    (card === null || named(record, ["card", "replacement"]).includes(card)) &&
    (from === null || time >= instantOf(from, timeZone)) &&
    (to === null || time <= instantOf(to, timeZone) + 59_999) &&
    (seq === null || record.seq <= seq)
  );
}

const named = (record: RecordView, fields: readonly string[]): readonly unknown[] =>
  fields.flatMap((field) => record[field]);

/** The address for these filters; what is not asked for does not stand in it. */
export function addressOf(filters: EventFilters): URLSearchParams {
  const search = new URLSearchParams();
  for (const name of filterNames) {
    const value = filters[name];
    if (value !== null && !(name === "what" && value === "important")) search.set(name, String(value));
  }
  return search;
}

import type { AddCardholderPayload, ChangeCardholderPayload } from "../api/client.ts";
import type { Person } from "./people-queries.ts";

/** A person as the form has them; times as the browser's field for them takes them. */
export interface PersonValues {
  readonly name: string;
  readonly number: string;
  readonly kind: "staff" | "visitor";
  readonly host: string | null;
  readonly groups: readonly string[];
  readonly accessLevels: readonly string[];
  readonly validFrom: string;
  readonly validUntil: string;
  /** The account of this person, where they work at the console. */
  readonly operator: string;
  readonly note: string;
}

export const newPersonValues: PersonValues = {
  name: "",
  number: "",
  kind: "staff",
  host: null,
  groups: [],
  accessLevels: [],
  validFrom: "",
  validUntil: "",
  operator: "",
  note: "",
};

export const valuesOf = (person: Person): PersonValues => ({
  name: person.name,
  number: person.number ?? "",
  kind: person.kind,
  host: person.host,
  groups: person.groups,
  accessLevels: person.accessLevels,
  validFrom: localTime(person.validFrom),
  validUntil: localTime(person.validUntil),
  operator: person.operator ?? "",
  note: person.note ?? "",
});

export function personOf(values: PersonValues): AddCardholderPayload {
  return {
    name: values.name.trim(),
    kind: values.kind,
    groups: [...values.groups],
    accessLevels: [...values.accessLevels],
    number: orNull(values.number),
    host: values.kind === "visitor" ? (values.host ?? null) : null,
    validFrom: moment(values.validFrom),
    validUntil: moment(values.validUntil),
    operator: orNull(values.operator),
    note: orNull(values.note),
  };
}

/** Only what was changed: somebody else may have changed the rest meanwhile. */
export function changesOf(before: PersonValues, now: PersonValues): ChangeCardholderPayload {
  const [was, is] = [personOf(before), personOf(now)];
  return Object.fromEntries(
    Object.entries(is).filter(
      ([name, value]) => JSON.stringify(value) !== JSON.stringify(was[name as keyof AddCardholderPayload]), // its own keys
    ),
  );
}

const orNull = (text: string | undefined): string | null => text?.trim() || null;

const moment = (local: string | undefined): string | null =>
  local === undefined || local === "" ? null : new Date(local).toISOString();

/** `2026-11-22T14:05`, in the browser's time zone. */
function localTime(iso: string | null): string {
  if (iso === null) return "";
  const time = new Date(iso);
  return new Date(time.getTime() - time.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

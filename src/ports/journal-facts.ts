import { accessPointNames, type DoorName, doorOf } from "../domain/names.ts";
import type { JournalQuery, JsonObject, JsonValue } from "./journal.ts";

/** What a record can be searched by, besides its number and time. */
export interface JournalFacts {
  readonly type: string;
  readonly vestibule: string | null;
  /** Where the record names an access point only, the door it leads through. */
  readonly door: string | null;
  readonly accessPoint: string | null;
  /** A reason out of a list, `faceMismatch`; never what an operator wrote. */
  readonly reason: string | null;
  readonly operator: string | null;
  /** The cardholder of the record, a visitor's host, everybody of a group. */
  readonly people: readonly string[];
  /** The card, and of a replacement the new one too. */
  readonly cards: readonly string[];
}

/** Of a group; what is beyond is not searched for. */
const mostPeople = 16;

const reasonForm = /^[a-z][A-Za-z0-9]{0,47}$/;

const doorOfAccessPoint: ReadonlyMap<string, DoorName> = new Map(
  accessPointNames.map((name) => [name, doorOf(name)]),
);

/** Pure and total, whatever the payload is: every journal finds by the same. */
export function factsOf(type: string, payload: JsonObject): JournalFacts {
  const accessPoint = text(payload["accessPoint"]);
  const reason = text(payload["reason"]);
  return {
    type,
    vestibule: text(payload["vestibule"]),
    door: text(payload["door"]) ?? doorOfAccessPoint.get(accessPoint ?? "") ?? null,
    accessPoint,
    reason: reason !== null && reasonForm.test(reason) ? reason : null,
    operator: text(payload["operator"]),
    people: distinct([payload["cardholder"], payload["host"], ...list(payload["cardholders"])]),
    cards: distinct([payload["card"], payload["replacement"]]),
  };
}

/** Whether a record with these facts is one that is asked for; number and time are looked at elsewhere. */
export function areFactsAskedFor(facts: JournalFacts, query: JournalQuery): boolean {
  return (
    isKindAskedFor(facts, query) &&
    (query.cardholder === undefined || facts.people.includes(query.cardholder)) &&
    (query.card === undefined || facts.cards.includes(query.card))
  );
}

/** The same, of what many records have in common. */
export function isKindAskedFor(facts: Omit<JournalFacts, "people" | "cards">, query: JournalQuery): boolean {
  const { types } = query;
  if (types !== undefined && !types.includes(facts.type)) return false;
  return kindFields.every((field) => query[field] === undefined || facts[field] === query[field]);
}

/** What takes few different values. */
export const kindFields = ["type", "vestibule", "door", "accessPoint", "reason", "operator"] as const;

const text = (value: JsonValue | undefined): string | null => (typeof value === "string" ? value : null);

const list = (value: JsonValue | undefined): readonly JsonValue[] => (value instanceof Array ? value : []);

const distinct = (values: readonly (JsonValue | undefined)[]): readonly string[] =>
  [...new Set(values.filter((value) => typeof value === "string"))].slice(0, mostPeople);

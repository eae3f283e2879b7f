import { accessPointNames, type DoorName, doorOf } from "../domain/names.ts";
import type { JournalRecord, JsonObject, JsonValue } from "./journal.ts";

/** Version of the shape below; readers refuse what they do not know. */
export const recordViewSchema = 1;

/**
 * A record as the world outside sees it: the HTTP API's events, the event stream and MQTT share it.
 * The named fields are always there, `null` where they do not apply; what else a type carries follows them.
 */
export interface RecordView extends JsonObject {
  readonly schema: typeof recordViewSchema;
  readonly seq: number;
  /** ISO 8601 in UTC with milliseconds. */
  readonly time: string;
  readonly type: string;
  readonly vestibule: string | null;
  readonly door: string | null;
  readonly accessPoint: string | null;
  readonly cardholder: string | null;
  readonly reason: string | null;
  /** The record's chain hash: whoever keeps it can later prove the journal was not rewritten. */
  readonly hash: string;
}

const text = (value: JsonValue | undefined): string | null => (typeof value === "string" ? value : null);

const doorOfAccessPoint: ReadonlyMap<string, DoorName> = new Map(
  accessPointNames.map((name) => [name, doorOf(name)]),
);

/** Pure and total. The record's own facts win over a payload key of the same name. */
export function recordView(record: JournalRecord): RecordView {
  const { payload } = record;
  const accessPoint = text(payload["accessPoint"]);
  return {
    schema: recordViewSchema,
    seq: record.seq,
    time: new Date(record.wall).toISOString(),
    type: record.type,
    vestibule: text(payload["vestibule"]),
    door: text(payload["door"]) ?? doorOfAccessPoint.get(accessPoint ?? "") ?? null,
    accessPoint,
    cardholder: text(payload["cardholder"]),
    reason: text(payload["reason"]),
    ...unclaimed(payload),
    hash: record.hash,
  };
}

const claimed: ReadonlySet<string> = new Set([
  "schema",
  "seq",
  "time",
  "type",
  "vestibule",
  "door",
  "accessPoint",
  "cardholder",
  "reason",
  "hash",
]);

function unclaimed(payload: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(payload).filter(([key]) => !claimed.has(key)));
}

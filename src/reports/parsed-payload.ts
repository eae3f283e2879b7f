import type { JsonObject, JsonValue } from "../ports/journal.ts";
import type { StoredRecord } from "../ports/report-source.ts";
import { UnverifiedRecord } from "./verified-records.ts";

/** Of a record whose hash is right: anything but a JSON object was never written by us. */
export function parsedPayload({ seq, payload }: StoredRecord): JsonObject {
  const value: JsonValue = JSON.parse(payload);
  if (isObject(value)) return value;
  throw new UnverifiedRecord(seq, `record ${seq}: the payload is no JSON object`);
}

const isObject = (value: JsonValue): value is JsonObject =>
  typeof value === "object" && value !== null && !(value instanceof Array);

import { type AlarmRecord, isOver } from "../domain/alarm/alarm.ts";
import type { LinkMessage } from "../ports/alarm-link.ts";
import type { VestibuleView } from "../ports/controller-services.ts";
import type { JournalRecord, JsonObject, JsonValue } from "../ports/journal.ts";
import type { SignedCheckpoint } from "../ports/journal-proofs.ts";
import { type RecordView, recordView, recordViewSchema } from "../ports/record-view.ts";

/** What stands for the vestibule in the topic of a record or alarm that belongs to none. */
const wholeSite = "site";
/** Longer text than this in a record is no fact but content: a picture, a template, a file. */
const longestText = 1024;
/** A list longer than this is a measurement series or a descriptor. */
const longestList = 64;
const deepest = 6;
/** Larger events are cut down to their named fields; brokers refuse or drop what is much larger. */
const largestEvent = 32 * 1024;

/** Never leaves the box, whatever record carries it (domain.md §7): compared in lower case. */
const withheldKeys: ReadonlySet<string> = new Set([
  ...["name", "names", "firstname", "lastname", "fullname", "displayname"],
  ...["photo", "photos", "picture", "pictures", "image", "images", "jpeg", "thumbnail", "landmarks"],
  ...["template", "templates", "descriptor", "descriptors", "embedding", "features"],
  ...["pin", "duresspin", "keys", "password", "passwordhash", "secret", "token", "session"],
  // A card's number is enough to clone it (T23); the box shows it to those who may see it.
  ...["number", "cardnumber", "card", "replacement"],
]);

/** A record as an event for the centre, under `VESTIBULE/event/TYPE`; `cut` to its named fields where it is too large. */
export function eventMessage(record: JournalRecord, cut = false): LinkMessage {
  const view = recordView(record);
  const topic = `${topicSegment(view.vestibule ?? wholeSite)}/event/${topicSegment(record.type)}`;
  return {
    topic,
    body: cut ? cutDown(view) : publishedEvent(view),
    retain: false,
    smaller: () => cutDown(view),
  };
}

function publishedEvent(view: RecordView): JsonObject {
  const withheld: string[] = [];
  const body = shareable(view, withheld, 0);
  const marked: JsonObject =
    withheld.length === 0 ? body : { ...body, withheld: [...new Set(withheld)].slice(0, 16) };
  return Buffer.byteLength(JSON.stringify(marked)) <= largestEvent ? marked : cutDown(view);
}

function cutDown(view: RecordView): JsonObject {
  const { schema, seq, time, type, vestibule, door, accessPoint, cardholder, reason, hash } = view;
  return { schema, seq, time, type, vestibule, door, accessPoint, cardholder, reason, hash, truncated: true };
}

/** The same rule for whatever else is told outside. */
export const publishable = (value: JsonObject): JsonObject => shareable(value, [], 0);

/** `value` without what must not leave; the keys left out are added to `withheld`. */
function shareable(value: JsonObject, withheld: string[], depth: number): JsonObject {
  const kept: [string, JsonValue][] = [];
  for (const [key, inner] of Object.entries(value)) {
    if (withheldKeys.has(key.toLowerCase()) || isContent(inner) || depth >= deepest) withheld.push(key);
    else kept.push([key, shareableValue(inner, withheld, depth + 1)]);
  }
  return Object.fromEntries(kept);
}

function shareableValue(value: JsonValue, withheld: string[], depth: number): JsonValue {
  if (value === null || typeof value !== "object") return value;
  if (isList(value)) {
    return value
      .filter((entry) => !isContent(entry))
      .map((entry) => shareableValue(entry, withheld, depth + 1));
  }
  return shareable(value, withheld, depth);
}

function isContent(value: JsonValue): boolean {
  if (typeof value === "string") return value.length > longestText;
  return value !== null && typeof value === "object" && isList(value) && value.length > longestList;
}

/** `Array.isArray` does not narrow read-only lists. */
const isList = (value: readonly JsonValue[] | JsonObject): value is readonly JsonValue[] =>
  Array.isArray(value);

/** A door pair as it is now, under `VESTIBULE/state`. Who is passing is in the events, not here. */
/** The journal's newest signed checkpoint, as a C2SP signed note. */
export const checkpointMessage = ({ size, note }: SignedCheckpoint): LinkMessage => ({
  topic: "checkpoint",
  body: { schema: recordViewSchema, size, checkpoint: note },
  retain: true,
});

export function stateMessage(view: VestibuleView): LinkMessage {
  const door = (name: "outer" | "inner"): JsonObject => {
    const { contact, bolt, lock, secure, alarm } = view.doors[name];
    return { contact, bolt, lock, secure, alarm };
  };
  return {
    topic: `${topicSegment(view.id)}/state`,
    body: {
      schema: recordViewSchema,
      vestibule: view.id,
      mode: view.mode,
      occupancy: view.occupancy,
      condition: conditionOf(view),
      doors: { outer: door("outer"), inner: door("inner") },
      passage:
        view.passage === null ? null : { accessPoint: view.passage.accessPoint, step: view.passage.step },
    },
    retain: true,
  };
}

/** Who proposed an override is in the events; its end is an instant of this box's clock, which means nothing outside. */
function conditionOf({ condition }: VestibuleView): JsonObject | null {
  if (condition === null) return null;
  const { proposal, people: _occupancy, lockdown, ...facts } = condition;
  return { ...facts, lockdown: { ...lockdown }, overrideProposed: proposal?.doors ?? null };
}

/** An alarm as it is now, under `VESTIBULE/alarm/ID`; `normal` clears the topic, unless it is shelved. */
export function alarmMessage(alarm: AlarmRecord): LinkMessage {
  return {
    topic: `${topicSegment(alarm.place.vestibule ?? wholeSite)}/alarm/${topicSegment(alarm.id)}`,
    body: isOver(alarm) ? undefined : alarmBody(alarm),
    retain: true,
  };
}

function alarmBody(alarm: AlarmRecord): JsonObject {
  const { place, acknowledged, shelved } = alarm;
  return {
    schema: recordViewSchema,
    id: alarm.id,
    type: alarm.type,
    priority: alarm.priority,
    phase: alarm.phase,
    vestibule: place.vestibule ?? null,
    door: place.door ?? null,
    accessPoint: place.accessPoint ?? null,
    camera: place.camera ?? null,
    since: new Date(alarm.since).toISOString(),
    count: alarm.count,
    detail: alarm.detail === null ? null : alarm.detail.slice(0, longestText),
    evidence: alarm.evidence.slice(-16),
    acknowledged:
      acknowledged === null
        ? null
        : { by: acknowledged.by, at: new Date(acknowledged.at).toISOString(), comment: acknowledged.comment },
    shelved:
      shelved === null
        ? null
        : {
            by: shelved.by,
            at: new Date(shelved.at).toISOString(),
            until: new Date(shelved.until).toISOString(),
            reason: shelved.reason,
          },
    comments: alarm.comments.length,
  };
}

/** What of several alarms is told first where not all can be at once. */
export const isPressing = ({ priority }: AlarmRecord): boolean => priority === "critical";

/** Where the retained alarms of every vestibule are. */
export const alarmTopics = "+/alarm/+";

/** One level of a topic: `+`, `#`, `/` and control characters would make it another topic, or none. */
export const topicSegment = (text: string): string =>
  text.replace(/[^A-Za-z0-9._-]/g, "_").slice(0, 128) || "_";

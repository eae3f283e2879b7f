import { z } from "zod";
import { accessPointNames } from "../domain/names.ts";

// What goes out over MQTT, word for word: docs/asyncapi.yaml is made from here (node scripts/asyncapi.ts).

const schema = z.literal(1);
const time = z.iso.datetime().describe("ISO 8601 in UTC");
const hash = z.string().regex(/^[0-9a-f]*$/);
const text = z.string().nullable();
const accessPoint = z.enum(accessPointNames);
const typeName = z.string().regex(/^[A-Z][A-Za-z0-9]*$/);
const priority = z.enum(["critical", "high", "medium", "low"]);

export const statusSchema = z.looseObject({
  schema,
  state: z.enum(["online", "offline"]),
  version: z.string().describe("The controller's version"),
  boot: z.string().describe("Of this run: another one is a restart"),
  lastSeq: z.int().min(0).describe("The journal's last sequence number at the last connect"),
});

const door = z.strictObject({
  contact: z.enum(["open", "closed", "fault", "unread"]),
  bolt: z.enum(["thrown", "retracted", "fault", "unfitted", "unread"]),
  lock: z.enum(["secured", "released"]).describe("What is commanded"),
  secure: z.boolean().describe("Lock secured, contact closed long enough, bolt thrown where fitted"),
  alarm: text.describe("The most pressing open alarm of this door"),
});

const condition = z.strictObject({
  fire: z.enum(["active", "inactive", "fault"]).describe("The fire panel's contact as read"),
  emergency: z.boolean().describe("Latched until an operator resets it"),
  lockdown: z.strictObject({
    order: z.boolean().describe("By an operator"),
    input: z.boolean().describe("By a switch"),
  }),
  overridden: z.boolean().describe("Doors are released by two operators"),
  overrideProposed: z
    .enum(["outer", "inner", "both"])
    .nullable()
    .describe("Doors of an override that waits for a second operator"),
  detained: z.boolean().describe("Somebody has been between the doors for too long"),
  violated: z.boolean().describe("Both doors are open and nothing explains it"),
  tampered: z.boolean().describe("The housing is open"),
  mains: z.boolean().describe("Mains power is there"),
  battery: z.boolean().describe("The battery that bridges the mains is not low"),
});

export const stateSchema = z.strictObject({
  schema,
  vestibule: z.string(),
  mode: z
    .enum(["normal", "degraded", "override", "lockdown", "emergency"])
    .describe("The weightiest of what holds"),
  occupancy: z.int().min(0).describe("People between the doors as far as passages tell"),
  condition: condition
    .nullable()
    .describe("What holds for the whole door pair and its box; null while the interlock is silent"),
  doors: z.strictObject({ outer: door, inner: door }),
  passage: z
    .strictObject({ accessPoint, step: z.enum(["verifying", "releasing", "released", "open"]) })
    .nullable()
    .describe("The passage under way, without who it is"),
});

export const eventSchema = z
  .looseObject({
    schema,
    seq: z.int().min(1).describe("1, 2, 3 … without a gap; a repeat has its number again"),
    time,
    type: typeName,
    vestibule: text,
    door: text,
    accessPoint: text,
    cardholder: text.describe("A pseudonym; the name stays in the box"),
    reason: text,
    hash: hash.describe("The record's SHA-256 in the journal's chain"),
    withheld: z.array(z.string()).optional().describe("Fields left out because they must not leave the box"),
    truncated: z
      .literal(true)
      .optional()
      .describe("Too large for a message, or for this broker; the box has the whole record"),
  })
  .describe(
    "What a type carries beside these fields follows them. Names, pictures, templates and card numbers never do.",
  );

export const alarmSchema = z.strictObject({
  schema,
  id: z.string(),
  type: typeName,
  priority,
  phase: z
    .enum(["active-unacknowledged", "active-acknowledged", "returned-unacknowledged", "normal"])
    .describe("`normal` only while it is shelved"),
  vestibule: text,
  door: text,
  accessPoint: text,
  camera: text,
  since: time,
  count: z.int().min(1).describe("How often it came back before somebody dealt with it"),
  detail: text,
  evidence: z
    .array(hash)
    .max(16)
    .describe("Pictures, by SHA-256; the box shows them to those who may see them"),
  acknowledged: z.strictObject({ by: z.string(), at: time, comment: z.string() }).nullable(),
  shelved: z
    .strictObject({ by: z.string(), at: time, until: time, reason: z.string() })
    .nullable()
    .describe("Put aside by somebody until then; it goes on and counts, and demands nobody's attention"),
  comments: z.int().min(0).describe("How many comments are on it; the box has them"),
});

export const checkpointSchema = z.strictObject({
  schema,
  size: z.int().min(1).describe("How many records it covers: all up to this sequence number"),
  checkpoint: z
    .string()
    .describe(
      "A C2SP signed note: origin, size and root of the journal's Merkle tree, and the box's signature",
    ),
});

/** What cameras and recordings are told of an alarm. */
const ofAlarm = {
  schema,
  camera: z.string().describe("The camera that is meant; its id in the configuration"),
  seq: z.int().min(1).describe("Of the record that set it going; a repeat has its number again"),
  alarm: z.string().describe("The alarm's id, as under `alarm/`"),
  type: typeName,
  priority,
  vestibule: text,
  door: text,
  accessPoint: text,
  count: z.int().min(1),
  detail: text,
  evidence: z.array(hash),
  text: z.strictObject({ en: z.string(), zh: z.string() }),
};

export const cctvPresetSchema = z.strictObject({
  ...ofAlarm,
  preset: text.describe("To be recalled; null: show the camera as it stands"),
  why: typeName.describe("The alarm's type"),
  since: time,
});

export const cctvBookmarkSchema = z.strictObject({
  ...ofAlarm,
  from: time.describe("Where in the recording the mark belongs"),
});

/** The mark at the end of an answer to `request/replay`, and what says that there is none. */
export const replayEndSchema = z.union([
  z.strictObject({
    schema,
    end: z.literal(true),
    after: z.int().min(0).describe("As asked"),
    count: z.int().min(0).describe("Events in this answer"),
    next: z.int().min(0).describe("Ask for what comes after this one"),
    more: z.boolean().describe("There is more: ask again, from `next`"),
    missingBefore: z
      .int()
      .optional()
      .describe("The journal begins here: what lies between `after` and this is no longer kept"),
  }),
  z.strictObject({
    schema,
    end: z.literal(true),
    refused: z.enum(["malformed", "busy"]).describe("`busy`: one answer at a time, and few a minute"),
  }),
]);

export const requestAnswerSchema = z.union([
  z.strictObject({
    schema,
    action: z.string(),
    nonce: z.string(),
    accepted: z.literal(true),
    outcome: z
      .enum([
        "done",
        "ordered",
        "waiting",
        "unknownVestibule",
        "noSuchAlarm",
        "nobodyWaits",
        "denied",
        "failed",
      ])
      .describe("`ordered`: it stands, and the interlock has not confirmed it"),
  }),
  z.strictObject({
    schema,
    action: z.string(),
    nonce: text.describe("Null where the request could not be read"),
    accepted: z.literal(false),
    why: z.enum([
      "off",
      "malformed",
      "otherSite",
      "otherAction",
      "unknownKey",
      "notAllowed",
      "badSignature",
      "secondSignature",
      "tooLongValid",
      "notYetIssued",
      "expired",
      "clockBehind",
      "nonceUsed",
      "busy",
      "storageFault",
    ]),
  }),
]);

import { z } from "zod";
import { priorityOf } from "../domain/alarm/life-cycle.ts";
import { name } from "./name.ts";
import { seconds } from "./seconds.ts";

const secretFile = z.string().min(1).describe("Path of a file that holds the secret; mode 0600");
const camera = name.optional().describe("A camera's id; left out: every camera that may show it");
const presetName = z.string().min(1).max(64).describe("The preset's name or token, as the camera has it");

/** Beside a camera's address: what of it is used on an alarm. */
export const alarmPresetKeys = {
  alarmPreset: z
    .union([
      presetName,
      z.record(
        z
          .string()
          .regex(
            /^[a-z][a-z0-9-]{0,31}(\.(outer|inner))?$/,
            "a vestibule or a door of one, such as v1.outer",
          ),
        presetName,
      ),
    ])
    .optional()
    .describe("Preset recalled on an alarm; one for all, or by vestibule or door: { v1.outer: Door }"),
  presetsBy: z
    .enum(["camera", "cctv"])
    .default("camera")
    .describe("Who turns it: we, by ONVIF, or the CCTV system, which is asked over MQTT"),
};

const outputSchema = z.strictObject({
  name: name.describe("The board profile has it as output.NAME"),
  perceivableAtDoor: z
    .boolean()
    .default(true)
    .describe(
      "Whether anybody at the doors can see or hear it; one that can is never driven for Duress (A5)",
    ),
});

const webhookSchema = z.strictObject({
  name,
  url: z
    .string()
    .max(2000)
    .regex(/^https?:\/\/[^\s@]+$/, "an https:// address without user name and password in it")
    .describe("Where alarms are posted; http:// to this machine only"),
  secretFile: secretFile.describe(
    "File with the key of the signature, whsec_ and base64, or at least 24 characters; mode 0600",
  ),
  caFile: z
    .string()
    .optional()
    .describe("Certificate of the authority that signed the receiver's, where that is private"),
  timeout: seconds(1, 60, 10).describe("How long one attempt may take"),
  giveUpAfter: seconds(60, 7 * 86_400, 86_400).describe("Age of an alarm after which it is no longer tried"),
});

const address = z
  .string()
  .max(254)
  .regex(/^[^\s@<>",;:]+@[^\s@<>",;:]+$/, "an e-mail address");

const mailSchema = z.strictObject({
  host: z.string().min(1).max(253).describe("The mail server"),
  port: z.int().min(1).max(65535).default(587),
  security: z
    .enum(["starttls", "tls", "none"])
    .default("starttls")
    .describe("starttls: nothing is sent where the server does not encrypt; none: to this machine only"),
  username: z.string().min(1).max(254).optional(),
  passwordFile: secretFile.optional(),
  caFile: z.string().optional().describe("Certificate of the authority that signed the server's"),
  from: address,
  languages: z
    .array(z.enum(["en", "zh"]))
    .min(1)
    .max(2)
    .default(["zh", "en"])
    .describe("Of subject and text; both: one under the other"),
  recipients: z
    .array(z.strictObject({ name, to: z.array(address).min(1).max(50) }))
    .min(1)
    .max(32)
    .describe("Lists of people, by name"),
  spacing: seconds(1, 3600, 60).describe("Between two mails to one list; what comes meanwhile is one mail"),
  timeout: seconds(5, 120, 30).describe("How long one attempt may take"),
  giveUpAfter: seconds(60, 7 * 86_400, 86_400).describe("Age of an alarm after which it is no longer tried"),
});

const actionSchema = z.discriminatedUnion("do", [
  z.strictObject({
    do: z.literal("output"),
    output: name.describe("Name of one of alarms.outputs"),
    seconds: z
      .union([z.number().min(0.5).max(3600), z.literal("untilAcknowledged")])
      .default(30)
      .describe("How long it is driven"),
  }),
  z.strictObject({
    do: z.literal("preset"),
    camera,
    preset: presetName.optional().describe("In place of the camera's own alarmPreset"),
  }),
  z.strictObject({ do: z.literal("bookmark"), camera }),
  z.strictObject({ do: z.literal("clip"), camera }),
  z.strictObject({ do: z.literal("webhook"), webhook: name.describe("Name of one of alarms.webhooks") }),
  z.strictObject({ do: z.literal("mail"), to: name.describe("Name of one of alarms.mail.recipients") }),
]);

// The one list of all types that exists at run time, in the order of their weight.
const alarmTypes = Object.keys(priorityOf) as [keyof typeof priorityOf, ...(keyof typeof priorityOf)[]];

/** What follows from an alarm (domain.md §5). */
export const alarmsSchema = z.strictObject({
  longestShelving: seconds(300, 86_400, 8 * 3_600).describe(
    "The longest for which an operator may shelve an alarm at a time",
  ),
  clockUnsynchronisedAfter: seconds(60, 86_400, 1_800).describe(
    "How long no time service may hold the box's clock before that is an alarm",
  ),
  outputs: z
    .array(outputSchema)
    .max(16)
    .default([])
    .describe("Outputs of the board beside the doors' own, such as a siren or a lamp"),
  webhooks: z.array(webhookSchema).max(8).default([]).describe("Receivers over HTTP, referred to by name"),
  mail: mailSchema.optional(),
  actions: z
    .partialRecord(
      z.enum(alarmTypes),
      z.strictObject({
        publish: z
          .boolean()
          .default(true)
          .describe("Whether the centre sees it as an alarm; a critical one always"),
        do: z.array(actionSchema).max(16).optional().describe("In place of what is done without this list"),
      }),
    )
    .default({})
    .describe("What follows from an alarm, by its type"),
});

export type AlarmsConfiguration = z.output<typeof alarmsSchema>;
export type AlarmActionConfiguration = z.output<typeof actionSchema>;
export type AlarmTypeName = keyof AlarmsConfiguration["actions"];

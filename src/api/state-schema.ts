import { z } from "zod";
import { displayHints, displayTexts } from "../domain/access/display.ts";
import { factors } from "../domain/access/event.ts";
import { verificationModes } from "../domain/access/policy.ts";
import { accessPointNames } from "../domain/names.ts";
import { overriddenDoors } from "./field-schemas.ts";

const bilingual = z.object({ en: z.string(), zh: z.string() });

const door = z.object({
  contact: z.enum(["open", "closed", "fault", "unread"]),
  bolt: z.enum(["thrown", "retracted", "fault", "unfitted", "unread"]),
  lock: z.enum(["secured", "released"]),
  secure: z.boolean(),
  since: z.number().describe("Monotonic milliseconds, as `clock.monotonic`"),
  alarm: z.string().nullable().describe("The most pressing open alarm of this door"),
});

const passage = z.object({
  id: z.string(),
  accessPoint: z.enum(accessPointNames),
  step: z
    .enum(["verifying", "waiting", "counting", "releasing", "released", "open"])
    .describe("`waiting`: verified, others are still to come; `counting`: faces between the doors"),
  cardholder: z.string().nullable(),
  mode: z.enum(verificationModes).describe("What has to be shown here besides the card, or instead of it"),
  wants: z
    .array(z.enum(factors))
    .readonly()
    .describe("What is still asked of whoever is being verified; the first of them is waited for"),
  verified: z
    .array(z.string().nullable())
    .readonly()
    .describe("Those of whom everything has been shown, in the order in which they came"),
  of: z.int().describe("How many pass together"),
  since: z.number().describe("When this one's card was read; monotonic milliseconds, as `clock.monotonic`"),
});

const display = z.object({
  text: z.enum(displayTexts),
  hint: z.enum(displayHints).nullable(),
  until: z.number().nullable(),
  progress: z
    .object({ step: z.int(), of: z.int() })
    .optional()
    .describe("While the person is asked to move: which of how many requests"),
});

const condition = z
  .object({
    fire: z.enum(["active", "inactive", "fault"]).describe("The fire panel's contact as read"),
    emergency: z.boolean().describe("Latched until an operator resets it"),
    lockdown: z
      .object({ order: z.boolean(), input: z.boolean() })
      .describe("By an operator, by a switch: each ends by itself"),
    overridden: z.boolean().describe("Doors are released by two operators"),
    proposal: z
      .object({
        id: z.string(),
        doors: z.enum(overriddenDoors),
        operator: z.string(),
        until: z.number().describe("Monotonic milliseconds, as `clock.monotonic`"),
      })
      .nullable()
      .describe("An override that waits for a second operator"),
    people: z.int(),
    detained: z.boolean().describe("Somebody has been between the doors for too long"),
    violated: z.boolean().describe("Both doors are open and nothing explains it"),
    tampered: z.boolean().describe("The housing is open"),
    mains: z.boolean().describe("Mains power is there"),
    battery: z.boolean().describe("What bridges a failure of the mains is good for it"),
  })
  .describe("What holds for the whole door pair and its box; null while the interlock is silent");

const process = z.object({
  state: z.enum(["starting", "running", "lost"]),
  pid: z.int().nullable(),
  restarts: z.int(),
  since: z.string(),
  detail: z
    .record(z.string(), z.unknown())
    .readonly()
    .optional()
    .describe("For vision: model and backend in use, and why what would be preferred is not"),
});

const templates = z
  .object({
    models: z.array(z.string()).readonly(),
    enrolled: z.int().describe("Cardholders with a photo"),
    without: z.int().describe("Of them: who has no template of the models in use, and is not let in by face"),
    due: z.int().describe("Photos whose templates are still to be computed"),
    refused: z.int().describe("Photos that give no template of these models"),
    recomputing: z
      .object({ done: z.int(), of: z.int(), secondsLeft: z.int().nullable() })
      .nullable()
      .describe("Under way after the models have changed"),
  })
  .describe("Who can be compared with the models in use; null until vision has said which those are");

/** `SiteState` of the controller's port, described for people outside. */
const proofViewSchema = z
  .object({
    signed: z.int().describe("Up to which record the journal is signed"),
    witness: z
      .object({
        size: z.int().nullable().describe("Up to which record the witness has cosigned last"),
        at: z.string().nullable().describe("When it did, as it says"),
        state: z.enum(["good", "waiting", "old", "forked"]),
        detail: z.string().nullable(),
      })
      .nullable()
      .describe("Null where the site's file has no `witness:`"),
  })
  .describe("How the journal is signed, and who outside has seen it");

export const backupViewSchema = z.object({
  last: z
    .object({ madeAt: z.string(), bytes: z.int(), record: z.int() })
    .nullable()
    .describe("The newest that succeeded; `record` is the last record in it"),
  next: z.string().nullable().describe("When the next is due"),
  running: z.boolean(),
  overdue: z.boolean().describe("None succeeded for longer than the site's file allows"),
});

export const siteStateSchema = z
  .object({
    site: z.object({ id: z.string(), name: bilingual }),
    vestibules: z
      .array(
        z.object({
          id: z.string(),
          name: bilingual,
          doors: z.object({ outer: door, inner: door }),
          passage: passage.nullable(),
          occupancy: z.int(),
          occupancySecure: z.int(),
          limits: z
            .object({ vestibuleMax: z.int(), secureMax: z.int(), secureMin: z.int() })
            .describe("How many may be where (A4); 0: no such limit"),
          mode: z
            .enum(["normal", "degraded", "override", "lockdown", "emergency"])
            .describe("The weightiest of what holds"),
          condition: condition.nullable(),
          displays: z.partialRecord(z.enum(accessPointNames), display),
          liveness: z
            .partialRecord(z.enum(accessPointNames), z.enum(["off", "passive", "challenge"]))
            .describe(
              "What each access point with a camera asks for at the least; `off`: a picture may pass for a face",
            ),
          cameras: z
            .partialRecord(z.enum(accessPointNames), z.string())
            .describe("Which camera sees who stands there"),
        }),
      )
      .readonly(),
    processes: z.object({ interlock: process, vision: process, controller: process }),
    readers: z
      .array(
        z.object({
          vestibule: z.string(),
          accessPoint: z.enum(accessPointNames),
          state: z.enum(["online", "lost"]),
          tampered: z.boolean(),
          powerFault: z.boolean(),
          detail: z.string().nullable(),
        }),
      )
      .readonly()
      .describe("As far as they have told how they are"),
    cameras: z
      .array(
        z.object({
          id: z.string(),
          state: z.enum(["starting", "live", "lost"]),
          detail: z.string().nullable(),
          health: z.array(z.string()).readonly(),
          clock: z
            .object({ offset: z.int(), measured: z.string() })
            .nullable()
            .describe("Seconds by which the camera's own clock is ahead; null where it tells none"),
        }),
      )
      .readonly(),
    clock: z.object({ wall: z.string(), monotonic: z.number(), timeZone: z.string() }),
    journal: z.object({
      first: z.int().describe("The oldest record that is kept: those before it were pruned"),
      last: z.int(),
      storage: z.enum(["ok", "failed"]),
      proofs: proofViewSchema.optional(),
    }),
    templates: templates.nullable(),
    commissioning: z
      .enum(["uncommissioned", "underWay"])
      .optional()
      .describe("While cards open nothing: no site yet, or an installer tries the doors. Absent: in service"),
    mqtt: z.intersection(
      z.union([
        z.object({ phase: z.literal("connecting") }),
        z.object({ phase: z.literal("online"), since: z.string() }),
        z.object({ phase: z.literal("offline"), since: z.string(), detail: z.string() }),
      ]),
      z.object({ delivered: z.int() }),
    ),
    backup: backupViewSchema.nullable().describe("Null where the site's file has no `backup:`"),
  })
  .meta({
    examples: [
      {
        site: { id: "demo", name: { en: "Demo branch", zh: "演示网点" } },
        vestibules: [
          {
            id: "v1",
            name: { en: "Vestibule", zh: "联动门" },
            doors: {
              outer: {
                contact: "closed",
                bolt: "thrown",
                lock: "secured",
                secure: true,
                since: 81_250,
                alarm: null,
              },
              inner: {
                contact: "closed",
                bolt: "thrown",
                lock: "secured",
                secure: true,
                since: 81_250,
                alarm: null,
              },
            },
            passage: null,
            occupancy: 0,
            occupancySecure: 3,
            limits: { vestibuleMax: 1, secureMax: 0, secureMin: 0 },
            mode: "normal",
            condition: {
              fire: "inactive",
              emergency: false,
              lockdown: { order: false, input: false },
              overridden: false,
              proposal: null,
              people: 0,
              detained: false,
              violated: false,
              tampered: false,
              mains: true,
              battery: true,
            },
            displays: { "outer-entry": { text: "ready", hint: null, until: null } },
            liveness: { "outer-entry": "passive" },
            cameras: { "outer-entry": "outer-entry" },
          },
        ],
        processes: {
          controller: { state: "running", pid: 4100, restarts: 0, since: "2026-11-21T08:00:00.000Z" },
          interlock: { state: "running", pid: 4107, restarts: 0, since: "2026-11-21T08:00:00.400Z" },
          vision: { state: "running", pid: 4108, restarts: 0, since: "2026-11-21T08:00:02.100Z" },
        },
        cameras: [{ id: "outer-entry", state: "live", detail: null, health: [], clock: null }],
        clock: { wall: "2026-11-21T08:30:00.000Z", monotonic: 1_881_250, timeZone: "Asia/Shanghai" },
        journal: { first: 1, last: 41, storage: "ok" },
        templates: {
          models: ["face-api-1.7.15/dlib-resnet/2pass-2cuts-mirror"],
          enrolled: 3,
          without: 0,
          due: 0,
          refused: 0,
          recomputing: null,
        },
        mqtt: { phase: "online", since: "2026-11-21T08:00:01.000Z", delivered: 41 },
        backup: null,
      },
    ],
  });

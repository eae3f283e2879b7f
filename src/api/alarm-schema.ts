import { z } from "zod";
import { eventSchema } from "./event-schema.ts";
import { line, paragraph, time } from "./field-schemas.ts";

export const alarmId = z.string().regex(/^[A-Za-z0-9._-]{1,128}$/, "an alarm's id");
export const comment = paragraph(500);

const phase = z.enum(["active-unacknowledged", "active-acknowledged", "returned-unacknowledged", "normal"]);
const priority = z.enum(["critical", "high", "medium", "low"]);

export const alarmQuery = z.strictObject({
  state: phase.optional().describe("`normal` only of shelved ones: others are over then"),
  priority: priority.optional(),
  shelved: z
    .stringbool({ truthy: ["true", "1", ""], falsy: ["false", "0"] })
    .optional()
    .describe("Only those that are shelved, or are not"),
});

/** The end as a time or in minutes from now. */
export const shelving = z
  .strictObject({
    until: time.optional(),
    minutes: z.int().min(1).max(10_080).optional(),
    reason: line(500),
  })
  .refine(
    ({ until, minutes }) => (until === undefined) !== (minutes === undefined),
    "either until or minutes",
  )
  .meta({ examples: [{ minutes: 60, reason: "The fitter changes the contact." }] });

const alarmObject = z.object({
  id: z.string(),
  type: z.string(),
  priority,
  phase,
  vestibule: z.string().nullable(),
  place: z.object({
    vestibule: z.string().optional(),
    door: z.string().optional(),
    accessPoint: z.string().optional(),
    camera: z.string().optional(),
  }),
  since: z.string(),
  count: z.int().describe("How often it has been seen since it was last normal"),
  evidence: z.array(z.string()),
  detail: z.string().nullable(),
  acknowledged: z.object({ by: z.string(), at: z.string(), comment: z.string() }).nullable(),
  shelved: z
    .object({ by: z.string(), at: z.string(), until: z.string(), reason: z.string() })
    .nullable()
    .describe("Put aside by somebody: it counts, and demands nobody's attention"),
  comments: z.array(z.object({ by: z.string(), at: z.string(), text: z.string() })),
  shelvable: z.boolean().describe("Whether it may be shelved at all"),
  needsComment: z.boolean().describe("Whether it is acknowledged only with a comment"),
});

const example = {
  id: "v1.outer.DoorHeldOpen",
  type: "DoorHeldOpen",
  priority: "high",
  phase: "active-unacknowledged",
  vestibule: "v1",
  place: { vestibule: "v1", door: "outer" },
  since: "2026-11-21T08:30:00.120Z",
  count: 1,
  evidence: [],
  detail: null,
  acknowledged: null,
  shelved: null,
  comments: [],
  shelvable: true,
  needsComment: false,
} as const;

export const alarmSchema = alarmObject.meta({
  examples: [{ ...example, place: { ...example.place }, evidence: [], comments: [] }],
});

export const historySchema = alarmObject
  .extend({
    history: z.array(eventSchema),
    cameras: z.array(z.string()).describe("That may show it, the nearest first"),
    cause: z
      .object({
        event: eventSchema,
        pictures: z.array(z.string()).describe("Of the same passage, by their SHA-256"),
      })
      .nullable()
      .describe("Who is behind it, where a record says so"),
  })
  .meta({
    examples: [
      {
        ...example,
        place: { ...example.place },
        evidence: [],
        comments: [],
        history: [],
        cameras: ["outer-entry", "outer-exit"],
        cause: null,
      },
    ],
  });

import { z } from "zod";
import { adviceSchema, inWords } from "./enrolment-words.ts";

export const cardSchema = z
  .object({
    number: z.string(),
    format: z.string(),
    status: z.enum(["active", "lost", "suspended", "expired", "revoked"]),
    issuedAt: z.string(),
  })
  .meta({
    examples: [{ number: "1001", format: "raw", status: "active", issuedAt: "2026-11-21T08:00:00.000Z" }],
  });

export const photoSchema = z
  .object({ id: z.string(), takenAt: z.string(), quality: z.record(z.string(), z.number()) })
  .meta({
    examples: [
      { id: "p1", takenAt: "2026-11-21T08:00:00.000Z", quality: { eyeDistance: 92, sharpness: 140 } },
    ],
  });

const example = {
  id: "c1",
  name: "Anna Berger",
  groups: ["manager"],
  accessLevels: ["staff"],
  status: "active",
  validFrom: null,
  validUntil: null,
  cards: [{ number: "1001", format: "raw", status: "active", issuedAt: "2026-11-21T08:00:00.000Z" }],
  photos: [],
  createdAt: "2026-11-21T08:00:00.000Z",
  enrolment: { photos: 0, enough: false, missing: inWords(["morePhotos"]) },
};

export const cardholderSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    groups: z.array(z.string()),
    accessLevels: z.array(z.string()),
    status: z.enum(["active", "suspended"]),
    validFrom: z.string().nullable(),
    validUntil: z.string().nullable(),
    cards: z.array(cardSchema),
    photos: z.array(photoSchema),
    createdAt: z.string(),
    enrolment: z
      .object({
        photos: z.int(),
        enough: z.boolean(),
        missing: adviceSchema,
      })
      .describe("Whether the photos will do, and what one more should show"),
  })
  .meta({ examples: [example] });

/** One person, with what takes a look at the record. */
export const cardholderDetailSchema = cardholderSchema
  .extend({
    ageing: z
      .object({
        ageing: z.boolean().describe("The templates grow old: enrol anew"),
        growth: z.number().describe("Growth of the distance in 100 days, as a share of the threshold"),
        now: z.number().describe("The middle of the last distances, as a share of the threshold"),
      })
      .nullable()
      .describe("From the times this person was recognised; null while there are too few of them"),
  })
  .meta({ examples: [{ ...example, ageing: null }] });

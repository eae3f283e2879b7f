import { z } from "zod";
import { adviceSchema, inWords } from "./enrolment-words.ts";

const exampleCard = {
  number: "1001",
  format: "raw",
  status: "active",
  issuedAt: "2026-11-21T08:00:00.000Z",
  duress: false,
  label: null,
};

export const cardholderKind = z.enum(["staff", "visitor"]);
export const cardholderStatus = z.enum(["active", "suspended", "left"]);

export const cardSchema = z
  .object({
    number: z.string(),
    format: z.string(),
    status: z.enum(["active", "lost", "suspended", "expired", "revoked"]),
    issuedAt: z.string(),
    duress: z.boolean().describe("Presented under duress (A5)"),
    label: z.string().nullable(),
  })
  .meta({ examples: [exampleCard] });

export const photoSchema = z
  .object({
    id: z.string(),
    takenAt: z.string(),
    quality: z.record(z.string(), z.number()),
    appearance: z.string().describe("How the person looks on it; photos of one appearance make one template"),
  })
  .meta({
    examples: [
      {
        id: "p1",
        takenAt: "2026-11-21T08:00:00.000Z",
        quality: { eyeDistance: 92, sharpness: 140 },
        appearance: "usual",
      },
    ],
  });

const example = {
  id: "c1",
  name: "Anna Berger",
  number: "0042",
  kind: "staff",
  groups: ["manager"],
  accessLevels: ["staff"],
  status: "active",
  validFrom: null,
  validUntil: null,
  host: null,
  operator: null,
  note: null,
  hasPin: false,
  consent: null,
  cards: [exampleCard],
  photos: [],
  createdAt: "2026-11-21T08:00:00.000Z",
  enrolment: { photos: 0, enough: false, missing: inWords(["morePhotos"]) },
};

export const cardholderSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    number: z.string().nullable().describe("Personnel number"),
    kind: cardholderKind,
    groups: z.array(z.string()),
    accessLevels: z.array(z.string()),
    status: cardholderStatus,
    validFrom: z.string().nullable(),
    validUntil: z.string().nullable(),
    host: z.string().nullable().describe("Of a visitor: whom they come to"),
    operator: z.string().nullable().describe("The operator's account that is this person's own"),
    note: z.string().nullable(),
    hasPin: z.boolean(),
    consent: z
      .object({
        wording: z.string().describe("The version of the wording that was agreed to"),
        language: z.enum(["en", "zh"]),
        form: z.enum(["atDesk", "onPaper"]),
        at: z.string(),
        operator: z.string().describe("Who heard it"),
      })
      .nullable()
      .describe("To the use of their face; null: none is on record"),
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

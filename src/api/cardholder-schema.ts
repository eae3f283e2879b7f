import { z } from "zod";

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
  })
  .meta({
    examples: [
      {
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
      },
    ],
  });

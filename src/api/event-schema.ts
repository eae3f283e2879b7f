import { z } from "zod";
import { recordViewSchema } from "../ports/record-view.ts";

/** A record as the outside sees it (`recordView`). */
export const eventSchema = z
  .looseObject({
    schema: z.literal(recordViewSchema),
    seq: z.int(),
    time: z.string(),
    type: z.string(),
    vestibule: z.string().nullable(),
    door: z.string().nullable(),
    accessPoint: z.string().nullable(),
    cardholder: z.string().nullable(),
    reason: z.string().nullable(),
    hash: z.string(),
  })
  .meta({
    examples: [
      {
        schema: 1,
        seq: 42,
        time: "2026-11-21T08:30:00.120Z",
        type: "AccessDenied",
        vestibule: "v1",
        door: "outer",
        accessPoint: "outer-entry",
        cardholder: "c1",
        reason: "faceMismatch",
        distance: 0.31,
        hash: "9f2c…",
      },
    ],
  });

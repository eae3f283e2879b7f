import { z } from "zod";

const words = z.string().min(20).max(4_000);

/** What is asked of people before their faces are enrolled (domain §7). */
export const enrolmentSchema = z.strictObject({
  consent: z
    .enum(["required", "recorded"])
    .default("recorded")
    .describe(
      "required: nobody's photo is enrolled without it; recorded: it is asked for, and its lack is shown",
    ),
  wording: z
    .strictObject({
      version: z
        .string()
        .regex(/^[A-Za-z0-9._-]{1,32}$/, "letters, digits, dots, hyphens and underscores, at most 32")
        .describe("Stands in the record: another wording, another version"),
      en: words,
      zh: words,
    })
    .optional()
    .describe("What is agreed to; without it, a wording that names purpose, storage and withdrawal"),
});

import { z } from "zod";

/** Control characters, line breaks, and marks that make text read other than it is stored. */
const invisible = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;

/** One line of a person's own words; kept as it was given. */
export const line = (most: number) =>
  z
    .string()
    .min(1)
    .max(most, `at most ${most} characters`)
    .refine(
      (text) => text.isWellFormed() && !invisible.test(text),
      "one line of text without control characters",
    )
    .refine((text) => text.trim() !== "", "not only spaces");

/** Several lines are fine, other control characters are not. */
export const paragraph = (most: number) =>
  z
    .string()
    .max(most, `at most ${most} characters`)
    .refine(
      (text) => text.isWellFormed() && !invisible.test(text.replace(/[\n\r\t]/g, " ")),
      "text without control characters",
    );

export const cardNumber = z
  .string()
  .regex(/^[\x21-\x7e]{1,64}$/, "1 to 64 visible characters")
  .meta({ examples: ["1001"] });

/** Names as the site's configuration spells them. */
export const configuredName = z
  .string()
  .regex(
    /^[a-z][a-z0-9-]{0,31}$/,
    "lower-case letters, digits and hyphens, beginning with a letter, at most 32",
  );

/** One door or both, as an override may be about. */
export const overriddenDoors = ["outer", "inner", "both"] as const;

/** What the controller itself made up: nothing in it can be a path. */
export const recordId = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, "an id as the controller gave it");

export const time = z.iso.datetime({
  offset: true,
  error: "ISO 8601 with a zone, e.g. 2026-11-21T08:00:00Z",
});

export const sequence = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER);

const problemSchema = z
  .looseObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    instance: z.string(),
    code: z.string(),
    errors: z.array(z.object({ in: z.string(), path: z.string(), expected: z.string() })).optional(),
  })
  .meta({
    description: "RFC 9457 problem details",
    examples: [
      {
        type: "urn:vestibule:problem:not-found",
        title: "There is no such thing",
        status: 404,
        detail: "There is no such cardholder.",
        instance: "/api/v1/cardholders/c9",
        code: "not-found",
      },
    ],
  });

/** Every route may answer these; named once so that the description has them. */
export const problems = {
  "4xx": { description: "Refused", content: { "application/problem+json": { schema: problemSchema } } },
  "5xx": {
    description: "A fault of the controller",
    content: { "application/problem+json": { schema: problemSchema } },
  },
} as const;

/** A body of bytes, for the description. */
export const bytes = z
  .custom<Buffer>((value) => Buffer.isBuffer(value))
  .meta({ type: "string", format: "binary" });

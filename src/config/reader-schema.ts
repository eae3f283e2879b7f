import { z } from "zod";

/** What reads cards and keys at one access point. */
export const readerSchema = z.discriminatedUnion("kind", [z.strictObject({ kind: z.literal("simulated") })]);

import { z } from "zod";

/** Where a run of the seeded mistakes leaves its results, from the repository's root. */
export const seededResults = "artifacts/mutation/seeded.json";

export const SeededResults = z.array(
  z.object({
    name: z.string(),
    /** The first test that fails. */
    test: z.string().nullable(),
    explored: z.boolean(),
    /** The first violation. */
    exploration: z.string().nullable(),
  }),
);

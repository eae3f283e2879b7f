import { z } from "zod";

/** An id in configuration, topics and file names. */
export const name = z
  .string()
  .regex(
    /^[a-z][a-z0-9-]{0,31}$/,
    "lower-case letters, digits and hyphens, beginning with a letter, at most 32",
  );

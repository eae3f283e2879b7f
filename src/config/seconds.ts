import { z } from "zod";

/** Seconds in the file, since that is what people write; milliseconds inside. */
export const seconds = (low: number, high: number, preset: number) =>
  z.number().min(low, `at least ${low} s`).max(high, `at most ${high} s`).default(preset).meta({ unit: "s" });

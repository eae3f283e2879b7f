import { expect, test } from "vitest";
import { z } from "zod";
import { runningRanges } from "../domain/interlock/running-rules.ts";
import { milliseconds } from "./policy-of.ts";
import { doorSchema, vestibuleSchema } from "./site-schema.ts";

test("R4, R6, R13, R15: the interlock takes of a running site exactly what its file may say", () => {
  const fields = { ...doorSchema.shape, ...vestibuleSchema.shape };
  for (const [name, [low, high]] of Object.entries(runningRanges)) {
    // Its declared type is wider than what `seconds` produces.
    const { minimum, maximum } = z.toJSONSchema(fields[name as keyof typeof runningRanges], { io: "input" });
    expect([name, milliseconds(minimum ?? 0), milliseconds(maximum ?? 0)]).toEqual([name, low, high]);
  }
});

import { z } from "zod";

/** `outer.contact`, `fire`: what the line means to the door pair; the same names as everywhere else. */
const lineName = z.enum([
  "outer.lock",
  "inner.lock",
  "outer.contact",
  "inner.contact",
  "outer.bolt",
  "inner.bolt",
  "outer.rex",
  "inner.rex",
  "fire",
  "tamper",
  "mains",
  "buzzer",
]);

const where = {
  chip: z
    .string()
    .regex(/^[\w.:-]{1,64}$/, "the chip's label as the kernel gives it, see gpiodetect")
    .describe(
      "Label of the GPIO chip; numbers such as gpiochip0 and the base change between kernels and boots",
    ),
  line: z.union([
    z.strictObject({
      name: z.string().min(1).max(32).describe("The kernel's own name of the line, see gpioinfo"),
    }),
    z.strictObject({ offset: z.int().min(0).max(1023).describe("Offset within the chip, from 0") }),
  ]),
  activeLow: z.boolean().default(false).describe("The line is at 0 V when its meaning is true"),
  pull: z
    .enum(["up", "down", "external"])
    .describe("What holds the line when nothing drives it; external: a resistor on the wiring"),
  terminal: z
    .string()
    .max(40)
    .optional()
    .describe("Where the wire goes, for people: header pin, screw terminal"),
  notes: z.string().max(400).optional(),
};

/** Logical meanings: lock → released, contact → open, bolt → retracted, rex → pressed, others → active. */
const lineSchema = z.discriminatedUnion("direction", [
  z.strictObject({ direction: z.literal("in"), ...where }),
  z.strictObject({
    direction: z.literal("out"),
    ...where,
    atRest: z
      .literal("inactive")
      .default("inactive")
      .describe("Level taken with the request itself, so that no glitch releases a lock at start (R10)"),
  }),
]);

/** How one door pair is wired to one kind of board. */
export const boardSchema = z.strictObject({
  $schema: z.string().optional(),
  board: z.strictObject({
    id: z.string().regex(/^[a-z][a-z0-9-]{0,31}$/, "lower-case letters, digits and hyphens"),
    name: z.string().min(1).max(80),
    notes: z.string().max(1000).optional(),
  }),
  chips: z
    .array(
      z.strictObject({
        label: where.chip,
        lines: z.int().min(1).max(1024).optional().describe("How many lines it has, where that is fixed"),
      }),
    )
    .min(1)
    .max(8),
  lines: z.partialRecord(lineName, lineSchema),
});

export type BoardProfile = z.output<typeof boardSchema>;

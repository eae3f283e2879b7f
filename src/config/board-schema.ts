import { z } from "zod";

const doorMeanings = ["lock", "contact", "bolt", "rex"] as const;
const vestibuleMeanings = ["fire", "lockdown", "tamper", "mains", "battery", "buzzer"] as const;

/**
 * `outer.contact`, `fire`: what the line means; the same names as everywhere else. A door's line belongs to the
 * site's first vestibule; the others' begin with their id: `v2.outer.contact`. A vestibule's line, such as `fire`,
 * is everybody's who has none of their own (`v2.fire`).
 */
const plainName = z.enum([
  ...doorMeanings.map((meaning) => `outer.${meaning}` as const),
  ...doorMeanings.map((meaning) => `inner.${meaning}` as const),
  ...vestibuleMeanings,
]);
const door = `(?:outer|inner)\\.(?:${doorMeanings.join("|")})`;
// `outer.fire` is a mistake of somebody who has no vestibule called outer.
const prefixedName = new RegExp(
  `^(?!(?:outer|inner)\\.)[a-z][a-z0-9-]{0,31}\\.(?:${door}|${vestibuleMeanings.join("|")})$`,
);
/** The board's further outputs, by the names the site gives them in alarms.outputs. */
const outputName = new RegExp(`^output\\.(?!(?:${vestibuleMeanings.join("|")})$)[a-z][a-z0-9-]{0,31}$`);
const lineName = z.union([plainName, z.string().regex(prefixedName), z.string().regex(outputName)]);

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
  activeLow: z
    .boolean()
    .default(false)
    .describe("The line is at 0 V when its meaning is true: lock released, contact open, button pressed"),
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

/**
 * Logical meanings: lock → released, contact → open, bolt → retracted, rex → pressed, mains → there, battery → good, others → active.
 * A lock's is the same for both kinds: at rest the relay secures, so a fail-secure lock is fed by its normally open
 * contact and a fail-safe one by its normally closed one (docs/wiring.md). Debouncing is the doors' policy, not here.
 */
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

/** How the door pairs are wired to one kind of board. */
export const boardSchema = z.strictObject({
  $schema: z.string().optional(),
  board: z.strictObject({
    id: z.string().regex(/^[a-z][a-z0-9-]{0,31}$/, "lower-case letters, digits and hyphens"),
    name: z.string().min(1).max(80),
    notes: z.string().max(1000).optional(),
  }),
  watchdog: z
    .string()
    .regex(/^\/dev\/watchdog\d{0,2}$/, "a watchdog device such as /dev/watchdog")
    .optional()
    .describe("The hardware watchdog, which restarts the board when nobody feeds it"),
  chips: z
    .array(
      z.strictObject({
        label: where.chip,
        lines: z.int().min(1).max(1024).optional().describe("How many lines it has, where that is fixed"),
      }),
    )
    .min(1)
    .max(8),
  lines: z.record(lineName, lineSchema),
});

export type BoardProfile = z.output<typeof boardSchema>;
export type BoardLine = BoardProfile["lines"][string];
export type InputLine = Extract<BoardLine, { direction: "in" }>;
export type OutputLine = Extract<BoardLine, { direction: "out" }>;

/** The parts of a line's name: `v2.outer.contact` → v2, outer, contact; undefined where it says nothing. */
export function partsOf(name: string): {
  readonly vestibule: string | undefined;
  readonly door: "outer" | "inner" | undefined;
  readonly meaning: string;
} {
  if (outputName.test(name)) return { vestibule: undefined, door: undefined, meaning: "output" };
  const parts = name.split(".");
  const meaning = parts.pop() ?? "";
  const last = parts.at(-1);
  const named = last === "outer" || last === "inner" ? last : undefined;
  if (named !== undefined) parts.pop();
  return { vestibule: parts[0], door: named, meaning };
}

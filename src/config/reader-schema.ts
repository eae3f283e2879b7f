import { z } from "zod";
import { name } from "./name.ts";
import { osdpFields } from "./reader-osdp-schema.ts";
import { seconds } from "./seconds.ts";

/** Part of a card's name, as `card issue --format` takes it. */
const cardFormat = name.describe("With the number it names a card: the same on every reader of this kind");

/** The first bit to arrive is 1. */
const ranges = z
  .string()
  .regex(
    /^\d{1,3}(-\d{1,3})?(,\d{1,3}(-\d{1,3})?){0,63}$/,
    "places of bits, the first to arrive being 1, such as 2-9 or 1-13,20",
  );

const numberTemplate = z
  .string()
  .regex(
    /^([0-9A-Za-z:._-]|\{(facility|card)(:\d{1,2})?\}){1,48}$/,
    "such as {facility}-{card}, {facility:3}{card:5} with leading zeros, or {card}",
  )
  .describe("How the number is written: as it is printed on the cards");

/** Layouts that need no description; their bits are those of the driver's. */
export const wiegandLayouts = { wiegand26: 26, wiegand34: 34, wiegand37: 37, wiegand37f: 37 } as const;
type Layout = keyof typeof wiegandLayouts;

const knownLayout = <Name extends Layout>(layout: Name) =>
  z.strictObject({ layout: z.literal(layout), number: numberTemplate.optional() });

const wiegandFormat = z.discriminatedUnion("layout", [
  knownLayout("wiegand26"),
  knownLayout("wiegand34"),
  knownLayout("wiegand37"),
  knownLayout("wiegand37f"),
  z.strictObject({
    layout: z.literal("custom"),
    name: cardFormat,
    bits: z.int().min(10).max(128).describe("Of the whole frame, parity included"),
    facility: ranges.optional().describe("Bits of the facility code, the most significant first"),
    card: ranges.describe("Bits of the card's number, the most significant first"),
    parity: z
      .array(z.strictObject({ kind: z.enum(["even", "odd"]), bits: ranges }))
      .max(8)
      .default([])
      .describe("How many ones there are among these bits, the parity bit itself among them"),
    number: numberTemplate.default("{card}"),
  }),
]);

const cardFormats = z
  .array(wiegandFormat)
  .min(1)
  .max(16)
  .default([{ layout: "wiegand26" }, { layout: "wiegand34" }])
  .describe("Layouts of the cards in use; where several fit the first is taken");

const wiegandSchema = z.strictObject({
  kind: z.literal("wiegand"),
  input: z
    .discriminatedUnion("via", [
      z.strictObject({
        via: z.literal("serial"),
        device: z
          .string()
          .max(200)
          .regex(/^\/dev\/[\w./:+-]+$/, "a device's path, best below /dev/serial/by-id/")
          .describe(
            "The converter's serial line, by the path that stays the same when others are plugged in",
          ),
        converter: z
          .enum(["wie232", "wie232-generic"])
          .describe(
            "What it says: docs/readers.md. `wie232` where 26 and 37 bits come in short, `wie232-generic` where all come counted",
          ),
      }),
      z.strictObject({
        via: z.literal("kernel"),
        path: z
          .string()
          .max(200)
          .regex(/^\/sys\/[\w./:+-]+$/, "a path such as /sys/class/ionopi/wiegand/w1_data")
          .describe("The attribute in which a kernel module shows frames: Iono Pi boards of Sfera Labs"),
      }),
    ])
    .describe("Pulses are too short for the program itself: a converter or a kernel module takes them"),
  formats: cardFormats,
  keypad: z.boolean().default(true).describe("Frames of 4 and 8 bits are its keys"),
});

const osdpSchema = z.strictObject({ ...osdpFields, formats: cardFormats });

const hidSchema = z.strictObject({
  kind: z.literal("hid"),
  device: z
    .string()
    .max(200)
    .regex(/^\/dev\/input\/[\w./:+-]+$/, "a path below /dev/input/by-id/ that ends in -event-kbd")
    .describe("The reader that types its cards, by the path that names it and not the order of plugging in"),
  format: cardFormat.default("raw"),
  keyGap: seconds(0.02, 2, 0.3).describe("A pause between two keys after which what was typed is dropped"),
});

const pcscSchema = z.strictObject({
  kind: z.literal("pcsc"),
  reader: z
    .string()
    .min(1)
    .max(120)
    .describe(
      "How the reader's name begins, as `vestibule reader list` shows it; enough of it to be the only one",
    ),
  format: cardFormat.default("uid"),
  number: z.enum(["hex", "decimal"]).default("hex").describe("How the card's UID is written"),
  byteOrder: z
    .enum(["as-read", "reversed"])
    .default("as-read")
    .describe("reversed: where other readers of the site, or the cards, show the UID the other way round"),
});

/** What reads cards and keys at one access point. */
export const readerSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("simulated") }),
  wiegandSchema,
  osdpSchema,
  hidSchema,
  pcscSchema,
]);

export type ReaderConfiguration = z.output<typeof readerSchema>;
export type WiegandConfiguration = z.output<typeof wiegandSchema>;
export type OsdpConfiguration = z.output<typeof osdpSchema>;
export type WiegandFormatConfiguration = z.output<typeof wiegandFormat>;

/** Whether a PIN can be typed there. */
export function hasKeypad(reader: ReaderConfiguration): boolean {
  switch (reader.kind) {
    case "simulated":
      return true;
    case "wiegand":
    case "osdp":
      return reader.keypad;
    case "hid":
    case "pcsc":
      return false;
  }
}

import { z } from "zod";

const languages = z
  .array(z.enum(["zh", "en"]))
  .min(1)
  .max(2);

const keys = {
  name: z
    .enum(["none", "given", "full"])
    .default("none")
    .describe("What of the name of whoever is let in strangers may read: nothing, the given name, all of it"),
  languages: languages.default(["zh", "en"]).describe("The first is written large, the second below it"),
  sound: z.int().min(0).max(100).default(60).describe("Volume of the tones, percent; 0: none"),
  mirror: z
    .enum(["on", "off"])
    .default("on")
    .describe("Whether people see themselves while they are looked at"),
  appearance: z
    .enum(["auto", "light", "dark"])
    .default("auto")
    .describe("auto: dark from 18:00 to 07:00, and dimmed while nobody is there"),
} as const;

/** What the displays at the doors show, for the whole site. */
export const displaySchema = z.strictObject(keys);

/** In place of the site's, at one access point. */
export const displayHereSchema = z.strictObject({
  name: keys.name.unwrap().optional(),
  languages: languages.optional(),
  sound: keys.sound.unwrap().optional(),
  mirror: keys.mirror.unwrap().optional(),
  appearance: keys.appearance.unwrap().optional(),
});

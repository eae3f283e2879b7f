import { z } from "zod";
import { accessPointNames } from "../domain/names.ts";
import { livenessLevel } from "./face-schema.ts";
import { name } from "./name.ts";
import { seconds } from "./seconds.ts";

const weekday = z.enum([
  "monday",
  "tuesday",
  "wednesday",
  "thursday",
  "friday",
  "saturday",
  "sunday",
  "holiday",
]);
const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, "a time as HH:MM, 00:00 to 24:00");

export const scheduleSchema = z.strictObject({
  name,
  spans: z
    .array(z.strictObject({ days: z.array(weekday).min(1), from: timeOfDay, to: timeOfDay }))
    .max(64)
    .describe("`to` earlier than `from` runs over midnight"),
});

export const accessLevelSchema = z.strictObject({
  name,
  accessPoints: z.union([z.literal("all"), z.array(z.enum(accessPointNames)).min(1)]),
  vestibules: z.union([z.literal("all"), z.array(name).min(1)]).default("all"),
  schedule: z.union([z.literal("always"), name]).default("always"),
  mode: z
    .enum(["card+face", "card"])
    .default("card+face")
    .describe("`card` alone is an explicit choice and is audited"),
  liveness: livenessLevel
    .optional()
    .describe("At least this for whoever has the level; where the access point asks for more, that counts"),
});

/** Rules that hold for everybody. */
export const accessSchema = z.strictObject({
  frameMaxAge: seconds(0.1, 2, 0.5).describe("Oldest frame that may count for a card read (domain §3)"),
  verifyTimeout: seconds(1, 15, 4).describe("How long the face may take"),
  minFrames: z.int().min(1).max(5).default(2).describe("Frames that must agree"),
  maxFailures: z.int().min(1).max(5).default(3).describe("Refusals in a row before a lock-out (A6)"),
  lockoutTime: seconds(10, 3600, 60).describe("How long a lock-out lasts (A6)"),
  sameCardTime: seconds(0, 10, 1).describe("The same card again within this is one presentation"),
});

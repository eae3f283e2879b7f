import { z } from "zod";
import { verificationModes } from "../domain/access/policy.ts";
import { dayKinds, type MarkedDay } from "../domain/access/schedule.ts";
import { challengeActions } from "../domain/biometric/challenge.ts";
import { accessPointNames } from "../domain/names.ts";
import { livenessLevel } from "./face-schema.ts";
import { name } from "./name.ts";
import { seconds } from "./seconds.ts";

const dayKind = z.enum(dayKinds);
const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, "a time as HH:MM, 00:00 to 24:00");

export const scheduleSchema = z.strictObject({
  name,
  spans: z
    .array(z.strictObject({ days: z.array(dayKind).min(1), from: timeOfDay, to: timeOfDay }))
    .max(64)
    .describe("`to` earlier than `from` runs over midnight; spans may overlap"),
  firstPerson: name
    .optional()
    .describe("A group: each span stays closed for others until one of it has entered (A2)"),
});

/** A date, or a date that is called something or is another kind of day than a holiday. */
export const holidaySchema = z.union([
  z.iso.date(),
  z.strictObject({
    date: z.iso.date(),
    name: z
      .string()
      .min(1)
      .max(60)
      .regex(/^[^\p{Cc}]*$/u, "one line without control characters")
      .optional()
      .describe("Whoever reads the calendar a year later knows what it was"),
    as: dayKind
      .optional()
      .describe("Whose spans count on it; a weekday's: it is worked as one. `holiday` where left out"),
    yearly: z
      .boolean()
      .optional()
      .describe("Comes back every year from then on; a day with its own date goes before it"),
  }),
]);
type Holiday = z.output<typeof holidaySchema>;

export const markedDayOf = (day: Holiday): MarkedDay =>
  typeof day === "string"
    ? { date: day, as: "holiday", yearly: false }
    : { date: day.date, as: day.as ?? "holiday", yearly: day.yearly ?? false };

export const accessLevelSchema = z.strictObject({
  name,
  accessPoints: z.union([z.literal("all"), z.array(z.enum(accessPointNames)).min(1)]),
  vestibules: z.union([z.literal("all"), z.array(name).min(1)]).default("all"),
  schedule: z.union([z.literal("always"), name]).default("always"),
  mode: z
    .enum(verificationModes)
    .default("card+face")
    .describe(
      "`card` and `card+pin` are explicit choices and audited; `face+remote`: an operator looks and grants",
    ),
  modes: z
    .array(z.strictObject({ schedule: name, mode: z.enum(verificationModes) }))
    .min(1)
    .max(8)
    .optional()
    .describe(
      "In place of `mode` while one of these schedules is open; several open ones ask for all they name",
    ),
  liveness: livenessLevel
    .optional()
    .describe("At least this for whoever has the level; where the access point asks for more, that counts"),
});

/** A1: a door that takes several people. */
export const multiPersonSchema = z.strictObject({
  count: z.int().min(2).max(16).describe("How many different cardholders, each fully verified (A1)"),
  groups: z.array(name).max(16).default([]).describe("One of each of these groups, by different people"),
  window: seconds(5, 120, 30)
    .removeDefault()
    .optional()
    .describe("How long the next one may take; access.multiPersonWindow unless given"),
  directions: z
    .enum(["entry", "both"])
    .default("entry")
    .describe("entry: on the way in only; both: nobody leaves alone either"),
});

/** A4: how many may be where. */
export const occupancySchema = z.strictObject({
  vestibuleMax: z
    .int()
    .min(0)
    .max(16)
    .default(1)
    .describe("People between the doors at once; a group (A1) always fits; 0: no limit"),
  secureMax: z.int().min(0).max(10_000).default(0).describe("People in the secure area; 0: no limit"),
  secureMin: z
    .union([z.literal(0), z.int().min(2).max(16)])
    .default(0)
    .describe("Nobody alone in the secure area: 2 or more; 0: no such rule"),
});

export const antiPassback = z
  .enum(["off", "soft", "hard"])
  .describe("A second entry without an exit. soft: let in and recorded; hard: refused (A3)");

/** A5 */
const duressSchema = z.strictObject({
  policy: z
    .enum(["grant", "grantOuterHoldInner", "deny"])
    .default("grant")
    .describe("What the doors do; the alarm reaches the centre whatever they do"),
  pin: z
    .enum(["own", "lastDigitPlusOne"])
    .default("own")
    .describe("The duress PIN: a number of its own, or the PIN with its last digit one higher"),
  gesture: z
    .enum(challengeActions)
    .optional()
    .describe("Shown to the camera without being asked for, it says the same"),
});

/** Rules that hold for everybody. */
export const accessSchema = z.strictObject({
  frameMaxAge: seconds(0.1, 2, 0.5).describe("Oldest frame that may count for a card read (domain §3)"),
  verifyTimeout: seconds(1, 15, 4).describe("How long the face may take"),
  minFrames: z.int().min(1).max(5).default(2).describe("Frames that must agree"),
  maxFailures: z.int().min(1).max(5).default(3).describe("Refusals in a row before a lock-out (A6)"),
  lockoutTime: seconds(10, 3600, 60).describe("How long a lock-out lasts (A6)"),
  sameCardTime: seconds(0, 10, 1).describe("The same card again within this is one presentation"),
  multiPersonWindow: seconds(5, 120, 30).describe("How long the next person of a group may take (A1)"),
  pinTimeout: seconds(5, 60, 20).describe("How long a PIN may take, from being asked for"),
  remoteWindow: seconds(10, 300, 60).describe("How long an operator may take to look and grant"),
  easyPins: z
    .enum(["refused", "allowed"])
    .default("refused")
    .describe("Whether rows and repetitions such as 1234 and 0000 will do as PINs"),
  duress: duressSchema.prefault({}).describe("Somebody forced to open (A5)"),
});

import { z } from "zod";
import { accessPointNames } from "../domain/names.ts";
import {
  accessLevelSchema,
  accessSchema,
  antiPassback,
  holidaySchema,
  multiPersonSchema,
  occupancySchema,
  scheduleSchema,
} from "./access-schema.ts";
import { alarmPresetKeys, alarmsSchema } from "./alarm-schema.ts";
import { dataSchema } from "./data-schema.ts";
import { displayHereSchema, displaySchema } from "./display-schema.ts";
import { enrolmentSchema } from "./enrolment-schema.ts";
import { faceSchema, livenessLevel } from "./face-schema.ts";
import { backupSchema, journalSchema } from "./keeping-schema.ts";
import { name } from "./name.ts";
import { onvifSourceSchema } from "./onvif-schema.ts";
import { operatorsSchema } from "./operators-schema.ts";
import { readerSchema } from "./reader-schema.ts";
import { requestsSchema } from "./requests-schema.ts";
import { seconds } from "./seconds.ts";
import { witnessSchema } from "./witness-schema.ts";

const bilingual = z.strictObject({ en: z.string().min(1).max(80), zh: z.string().min(1).max(80) });

/** A secret is never written into the configuration: the file it stands in is. */
const secretFile = z.string().min(1).describe("Path of a file that holds the secret; mode 0600");

export const doorSchema = z.strictObject({
  lock: z
    .enum(["fail-secure", "fail-safe"])
    .default("fail-secure")
    .describe("fail-secure: power releases the lock; fail-safe: power secures it"),
  bolt: z.enum(["fitted", "unfitted"]).default("unfitted").describe("Whether a lock bolt sensor is wired"),
  rex: z
    .enum(["fitted", "unfitted"])
    .default("unfitted")
    .describe("Whether a request-to-exit button is wired (R11)"),
  releaseTime: seconds(2, 30, 5).describe("How long a release lasts (R4)"),
  relockOnOpen: z.boolean().default(true).describe("Secure the lock once the door has been opened (R4)"),
  relockDelay: seconds(0, 5, 0.3).describe("How long after the opening it is secured (R4)"),
  heldOpenTime: seconds(5, 300, 15).describe("Open longer than this is DoorHeldOpen (R6)"),
  heldOpenWarning: seconds(0, 60, 5).describe("Local warning this long before DoorHeldOpen (R6)"),
  boltTime: seconds(0.2, 10, 2).describe("How long the bolt may take to follow (R8)"),
  flapLimit: z
    .int()
    .min(5)
    .max(100)
    .default(20)
    .describe("Contact changes within a second beyond which it is not believed (R9)"),
  contactDebounce: seconds(0.02, 0.5, 0.1).describe("A contact's change counts after being stable this long"),
  stuckContactLimit: z
    .int()
    .min(1)
    .max(10)
    .default(3)
    .describe("Releases in a row without an opening after which the contact is taken for stuck"),
  multiPerson: multiPersonSchema.optional().describe("Takes several people together (A1)"),
  remoteGrant: z.boolean().default(false).describe("Every entry waits for an operator who looks and grants"),
});

const accessPointSchema = z.strictObject({
  reader: readerSchema.optional().describe("The card reader; without one nobody asks to pass here"),
  camera: name.optional().describe("Id of the camera that sees the person at the reader"),
  infraredCamera: name
    .optional()
    .describe("Id of a second, infrared camera beside it: a screen is dark there, and paper flat"),
  liveness: livenessLevel
    .optional()
    .describe("In place of face.liveness, here; `off` is an explicit choice and is audited"),
  display: displayHereSchema.optional().describe("In place of the site's `display`, here"),
});

export const vestibuleSchema = z.strictObject({
  id: name,
  name: bilingual.optional(),
  settleTime: seconds(0, 5, 0.5).describe("Dead time after the other door closed (R1)"),
  onFire: z
    .enum(["both", "outer", "none"])
    .default("both")
    .describe("Doors that the fire input releases, until an operator resets it (R12)"),
  priority: z
    .enum(["fire", "lockdown"])
    .default("fire")
    .describe("Which of the two wins; lockdown over fire only where local law allows it (R14)"),
  overrideTime: seconds(10, 600, 60).describe("How long two operators' override lasts (R13)"),
  dwellTime: seconds(30, 900, 120).describe("Somebody between the doors for longer is PersonDetained (R15)"),
  antiPassback: antiPassback.default("off"),
  occupancy: occupancySchema.prefault({}).describe("How many people may be where (A4)"),
  countFaces: name
    .optional()
    .describe("Id of the camera that counts faces between the doors before the inner door is released (A4)"),
  doors: z.strictObject({ outer: doorSchema.prefault({}), inner: doorSchema.prefault({}) }).prefault({}),
  accessPoints: z
    .partialRecord(z.enum(accessPointNames), accessPointSchema)
    .default({})
    .describe("Doors by direction: what stands there"),
});

const cameraSchema = z.strictObject({
  id: name,
  name: bilingual.optional(),
  source: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("simulated") }),
    onvifSourceSchema,
    z.strictObject({
      kind: z.literal("rtsp"),
      url: z
        .string()
        .regex(/^rtsps?:\/\/[^\s@]+$/, "an rtsp:// or rtsps:// address without user name and password in it")
        .describe("The camera's stream; its substream of about 640×360 to 1280×720 is enough"),
      transport: z
        .enum(["tcp", "http"])
        .default("tcp")
        .describe("http: RTSP in an HTTP tunnel, where a network lets nothing else through"),
      caFile: z
        .string()
        .min(1)
        .optional()
        .describe(
          "Of rtsps://: certificate of the authority that signed the camera's, where that is private",
        ),
      certificateFingerprint: z
        .string()
        .regex(
          /^(?:[0-9a-fA-F]{2}:?){31}[0-9a-fA-F]{2}$/,
          "SHA-256 of the certificate, 64 hexadecimal digits",
        )
        .optional()
        .describe("Of rtsps://: of the very certificate, for a camera with one of its own making"),
      username: z.string().min(1).max(64).optional(),
      passwordFile: secretFile.optional(),
    }),
  ]),
  framesPerSecond: z
    .number()
    .min(1)
    .max(15)
    .default(8)
    .describe("Frames decoded a second; more finds the good one sooner and costs processor time"),
  firstFrameTimeout: seconds(1, 30, 6).describe("How long a camera may take to its first frame"),
  stallTimeout: seconds(0.5, 10, 2).describe("Silence of a camera after which it counts as lost"),
  ...alarmPresetKeys,
});

const requests = requestsSchema
  .optional()
  .describe("Operators' actions from the security centre; left out: none are taken");

/** One site: everything the controller needs to know, in one file. */
export const siteSchema = z.strictObject({
  $schema: z.string().optional(),
  site: z.strictObject({
    id: name,
    name: bilingual,
    timeZone: z.string().default("Asia/Shanghai").describe("IANA name, e.g. Asia/Shanghai"),
    holidays: z
      .array(holidaySchema)
      .max(400)
      .default([])
      .describe(
        "Days on which schedules look at another day's spans than their weekday's: holidays, and what else there is",
      ),
    /** The demo's people are put in at the first start. */
    demoPeople: z
      .boolean()
      .default(false)
      .describe("Enrol the demo's three cardholders at the first start; only on the simulated board"),
  }),
  board: z.discriminatedUnion("kind", [
    z.strictObject({
      kind: z.literal("simulated"),
      doorCloserTime: seconds(1, 60, 4).describe("Simulated doors close by themselves after this"),
    }),
    z.strictObject({
      kind: z.literal("gpio"),
      profile: z
        .string()
        .min(1)
        .max(200)
        .describe("The board's profile, such as boards/raspberry-pi-5.yaml, seen from this file"),
      driver: z
        .enum(["auto", "character-device", "sysfs"])
        .default("auto")
        .describe(
          "The kernel's interface to the lines; auto: the character device where it answers, else sysfs",
        ),
    }),
  ]),
  heartbeatTime: seconds(0.5, 5, 1).describe(
    "Silence of the access controller after which every door is secured (R16)",
  ),
  vestibules: z.array(vestibuleSchema).min(1).max(8).describe("Door pairs, each under one interlock"),
  cameras: z.array(cameraSchema).max(64).default([]).describe("Cameras, referred to by id"),
  schedules: z
    .array(scheduleSchema)
    .max(256)
    .default([])
    .describe("Weekly times, in the site's time zone, referred to by name"),
  accessLevels: z
    .array(accessLevelSchema)
    .max(256)
    .default([])
    .describe("Who of a level may pass where, when, and how they are verified"),
  access: accessSchema.prefault({}),
  face: faceSchema.prefault({}),
  enrolment: enrolmentSchema.prefault({}).describe("What is asked of people before their faces are enrolled"),
  display: displaySchema.prefault({}).describe("The displays at the doors"),
  operators: operatorsSchema.prefault({}),
  alarms: alarmsSchema.prefault({}),
  witness: witnessSchema.optional(),
  mqtt: z
    .discriminatedUnion("broker", [
      z.strictObject({ broker: z.literal("none") }),
      z.strictObject({
        broker: z.literal("embedded"),
        host: z.string().default("127.0.0.1").describe("Loopback only: it asks nobody for a password"),
        port: z.int().min(0).max(65535).default(1884).describe("0 takes any free port"),
        requests,
      }),
      z.strictObject({
        broker: z.literal("external"),
        url: z
          .string()
          .regex(/^mqtts?:\/\/[^\s@]+$/, "an mqtt:// or mqtts:// address without credentials in it"),
        username: z.string().optional(),
        passwordFile: secretFile.optional(),
        caFile: z
          .string()
          .optional()
          .describe("Certificate of the authority that signed the broker's, where that is private"),
        certificateFile: z.string().optional(),
        keyFile: secretFile.optional(),
        requests,
      }),
    ])
    .prefault({ broker: "embedded" }),
  http: z
    .strictObject({
      host: z.string().default("127.0.0.1").describe("Anything but loopback needs tls"),
      port: z.int().min(0).max(65535).default(8420).describe("0 takes any free port"),
      tls: z
        .strictObject({ certificateFile: z.string(), keyFile: secretFile })
        .optional()
        .describe("Without it only loopback is served"),
    })
    .prefault({}),
  log: z
    .strictObject({
      level: z
        .enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"])
        .default("info")
        .describe("The least serious that is logged; the journal is kept whatever it says"),
    })
    .prefault({}),
  journal: journalSchema.prefault({}),
  backup: backupSchema.optional(),
  data: dataSchema.prefault({}),
});

export type SiteConfiguration = z.output<typeof siteSchema>;
export type VestibuleConfiguration = SiteConfiguration["vestibules"][number];
export type DoorConfiguration = VestibuleConfiguration["doors"]["outer"];
export type CameraConfiguration = SiteConfiguration["cameras"][number];
export type ScheduleConfiguration = SiteConfiguration["schedules"][number];
export type HolidayConfiguration = SiteConfiguration["site"]["holidays"][number];
export type AccessLevelConfiguration = SiteConfiguration["accessLevels"][number];

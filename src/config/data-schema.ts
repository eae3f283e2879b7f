import { z } from "zod";
import { seconds } from "./seconds.ts";

/** Where the site's data lies, and how much of it is kept for how long. */
export const dataSchema = z.strictObject({
  directory: z
    .string()
    .default("var")
    .describe("Relative to where the program is started; /var/lib/vestibule when installed"),
  evidenceLimit: z
    .int()
    .min(10)
    .default(2000)
    .describe("Megabytes of evidence kept; beyond it the oldest goes, what belongs to alarms excepted"),
  evidenceRetention: z
    .int()
    .min(1)
    .max(3650)
    .default(90)
    .describe("Days after which evidence is deleted that belongs to no alarm"),
  alarmEvidenceRetention: z
    .int()
    .min(1)
    .max(3650)
    .default(180)
    .describe(
      "Days for which an alarm's evidence is never deleted, and after which it is; an open alarm's stays",
    ),
  clips: z
    .strictObject({
      before: seconds(0, 30, 10).describe("How long before an alarm its clips begin"),
      after: seconds(1, 120, 20).describe("How long after it they end"),
      memory: z
        .int()
        .min(1)
        .max(256)
        .default(16)
        .describe("Megabytes of memory that each camera's last seconds may take"),
    })
    .prefault({}),
  diskReserve: z
    .int()
    .min(10)
    .default(200)
    .describe("Megabytes that must stay free; below it DiskNearlyFull"),
});

import { z } from "zod";

/** To whom backups are encrypted: whoever has the other half of such a key can read them, and the box cannot. */
const recipient = z
  .string()
  .regex(/^age1[02-9ac-hj-np-z]{10,4000}$/, "a public key of age, age1…, as age-keygen prints it")
  .describe("A public key of age; its other half is kept elsewhere");

export const backupSchema = z
  .strictObject({
    schedule: z
      .string()
      .min(1)
      .max(100)
      .default("30 3 * * *")
      .describe("When, in the site's time zone: minute, hour, day of the month, month, day of the week"),
    directory: z
      .string()
      .min(1)
      .describe("Where the files go; it is never made, so that an unplugged disk is noticed"),
    otherDisk: z
      .boolean()
      .default(true)
      .describe("Refuse a directory on the disk that the data is on; that of an unplugged disk is there"),
    recipients: z
      .array(recipient)
      .max(16)
      .default([])
      .describe("Public keys of age; each of their holders can restore"),
    passphraseFile: z
      .string()
      .min(1)
      .optional()
      .describe(
        "In place of recipients: path of a file with a passphrase of at least 16 characters; mode 0600",
      ),
    keep: z
      .int()
      .min(1)
      .max(1_000)
      .default(14)
      .describe("How many stay in the directory, oldest deleted first"),
    evidence: z.boolean().default(true).describe("Whether pictures and clips are in it"),
    megabytesPerSecond: z.int().min(1).max(1_000).default(20).describe("How much of the disk it may take"),
    overdueAfter: z
      .number()
      .min(1)
      .max(2_000)
      .default(50)
      .describe("Hours without a successful backup after which BackupOverdue is raised"),
  })
  .describe("Backups of everything a new box needs, encrypted");

/** Half a year and a million records stay whatever happens: nothing here can be set to less. */
const days = { least: 180, preset: 365, most: 3_650 };
const records = { least: 1_000_000, preset: 3_000_000, most: 50_000_000 };

export const journalSchema = z
  .strictObject({
    retentionDays: z
      .int()
      .min(days.least)
      .max(days.most)
      .default(days.preset)
      .describe("Records stay at least so long, and oldest go first after it"),
    maxRecords: z
      .int()
      .min(records.least)
      .max(records.most)
      .default(records.preset)
      .describe("Beyond so many records the oldest go, once they are older than 180 days"),
  })
  .describe("How long records stay");

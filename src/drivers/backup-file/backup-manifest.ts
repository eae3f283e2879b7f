import { z } from "zod";
import { BackupFault } from "../../ports/backup.ts";

/** The file's form; raised when an older program could not restore it. */
export const backupFormat = 1;

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const part = z.object({ name: z.string(), size: z.int().min(0), sha256: hash });

const head = {
  program: z.literal("vestibule"),
  format: z.int().min(1),
  /** Of the program that made it. */
  version: z.string(),
  site: z.string(),
  madeAt: z.iso.datetime(),
};

/** The first thing in a backup, so that another program's, or a later form, is known before gigabytes are read. */
export const headSchema = z.object(head);
export type BackupHead = z.output<typeof headSchema>;

/** The last thing in it: without it the backup is no whole one. */
export const manifestSchema = z.object({
  ...head,
  parts: z.array(part).max(2_000_000),
  journal: z.object({ first: z.int().min(0), last: z.int().min(0), head: hash }),
  /** The newest signed checkpoint (C2SP signed note), where there is one. */
  checkpoint: z.string().nullable(),
  /** SHA-256 of the models' manifest. */
  models: hash.nullable(),
});
export type BackupManifest = z.output<typeof manifestSchema>;
export type BackupPart = z.output<typeof part>;

export const headName = "vestibule-backup.json";
export const manifestName = "manifest.json";

/** Plain names in a known folder: nothing that could leave the folder it is put into. */
const nameForm = /^(?:data|configuration|credentials)(?:\/[A-Za-z0-9_][A-Za-z0-9._@+-]{0,199}){1,6}$/;
export const isPartName = (name: string): boolean => nameForm.test(name);

export function readHead(text: string): BackupHead {
  const form = z.object({ format: z.int() }).safeParse(parsed(text));
  if (form.success && form.data.format > backupFormat) {
    throw new BackupFault(
      "otherRelease",
      `made by a newer release (form ${form.data.format}, this program knows ${backupFormat}): restore it with that release`,
    );
  }
  const read = headSchema.safeParse(parsed(text));
  if (!read.success)
    throw new BackupFault("damaged", "what stands at its beginning is no backup of this program");
  return read.data;
}

export function readManifest(text: string): BackupManifest {
  const read = manifestSchema.safeParse(parsed(text));
  if (!read.success) throw new BackupFault("damaged", "its manifest is no manifest");
  return read.data;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

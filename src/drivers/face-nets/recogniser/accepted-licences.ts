import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { writeDurably } from "../../../durable-files/durable-file.ts";
import { ModelError } from "../model-manifest.ts";
import { licenceHash, messageOf, type RecogniserManifest } from "./recogniser-manifest.ts";

const acceptance = z.strictObject({
  recogniser: z.string(),
  licence: z.string(),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  commercial: z.boolean(),
  by: z.string(),
  at: z.iso.datetime(),
});
const file = z.strictObject({ schema: z.literal(1), accepted: z.array(acceptance).max(100) });

export type Acceptance = z.infer<typeof acceptance>;

const acceptedFile = (directory: string): string => join(directory, "accepted-licences.json");

/** What was accepted on this box, oldest first; nothing where there is no such file. Throws `ModelError`. */
export function acceptedLicences(directory: string): readonly Acceptance[] {
  const path = acceptedFile(directory);
  try {
    return file.parse(JSON.parse(readFileSync(path, "utf8"))).accepted;
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") return [];
    throw new ModelError(`${path}: cannot be read: ${messageOf(cause)}; remove it and accept again`, {
      cause,
    });
  }
}

export function keepAcceptance(directory: string, entry: Acceptance): void {
  const others = acceptedLicences(directory).filter(({ hash }) => hash !== entry.hash);
  const path = acceptedFile(directory);
  const text = JSON.stringify({ schema: 1, accepted: [...others, entry] }, undefined, 2);
  writeDurably(path, `${text}\n`);
}

/** Throws `ModelError` that says how to accept. `configured`: the licence hash the site's configuration gives. */
export function requireAccepted(
  path: string,
  manifest: RecogniserManifest,
  configured: string | undefined,
  directory: string,
): void {
  const hash = licenceHash(manifest);
  if (configured === hash || acceptedLicences(directory).some((one) => one.hash === hash)) return;
  throw new ModelError(
    `${path}: the licence "${manifest.licence.name}" of recogniser ${manifest.id} has not been accepted; ` +
      `read it, then run: vestibule face accept-licence ${path} (licence hash ${hash})`,
  );
}

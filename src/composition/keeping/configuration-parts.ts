import { existsSync } from "node:fs";
import { basename, dirname, extname, resolve } from "node:path";
import type { Source } from "../../drivers/backup-file/write-backup.ts";
import type { FilePart } from "./backup-parts.ts";

/** Where a file of the backup's `configuration` folder stood on the box, by its name in the backup. */
export const placesName = "configuration/places.json";

/**
 * The site's file, its board's profile, and whatever files the site names: passwords, certificates, keys. A new box is
 * given them by hand, since they stand where this one's administrator put them.
 */
export function configurationParts(
  siteFile: string,
  site: unknown,
  dataDirectory: string,
): readonly Source[] {
  const named = filesNamedIn(site).map((file) => resolve(file));
  const profile = profileOf(site);
  const beside = profile === undefined ? [] : [resolve(dirname(siteFile), profile)];
  const outside = [...new Set([...beside, ...named])].filter(
    (file) => existsSync(file) && !file.startsWith(`${resolve(dataDirectory)}/`),
  );
  const parts: readonly FilePart[] = [
    { name: "configuration/site.yaml", file: resolve(siteFile) },
    ...outside.map((file, at) => ({ name: `configuration/${at + 1}-${plain(file)}`, file })),
  ];
  const places = Object.fromEntries(parts.map(({ name, file }) => [name, file]));
  return [...parts, { name: placesName, bytes: Buffer.from(`${JSON.stringify(places, undefined, 1)}\n`) }];
}

/** Settings that name a file end in `File`. */
function filesNamedIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(filesNamedIn);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, one]: [string, unknown]) =>
    key.endsWith("File") && typeof one === "string" ? [one] : filesNamedIn(one),
  );
}

function profileOf(site: unknown): string | undefined {
  if (typeof site !== "object" || site === null || !("board" in site)) return undefined;
  const { board } = site;
  if (typeof board !== "object" || board === null || !("profile" in board)) return undefined;
  return typeof board.profile === "string" ? board.profile : undefined;
}

const plain = (file: string): string =>
  `${basename(file, extname(file))
    .replaceAll(/[^A-Za-z0-9_-]/g, "_")
    .slice(0, 80)}${extname(file).replaceAll(/[^A-Za-z0-9.]/g, "")}`;

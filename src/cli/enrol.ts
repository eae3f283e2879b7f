import { readFile, stat } from "node:fs/promises";
import { parseArgs } from "node:util";
import { ConfigError, languageOf } from "../config/config-error.ts";
import { loadSite } from "../config/load.ts";
import { alikeLimit } from "../domain/biometric/alike.ts";
import { sharpPictureCodec } from "../drivers/picture-sharp/sharp-picture-codec.ts";
import { createAesGcmCipher } from "../drivers/site-key/aes-gcm-cipher.ts";
import { findAlikeIn } from "../drivers/sqlite/alike-faces.ts";
import { openDirectoryForReading } from "../drivers/sqlite/open-for-reading.ts";
import { DirectoryRefusal } from "../ports/directory.ts";
import { directoryLimits } from "../ports/directory-limits.ts";
import type { PhotoOutcome } from "../ports/vision-link.ts";
import { describePhoto } from "../vision/photo-description.ts";
import type { Command, CommandIo, ExitCode } from "./command.ts";
import { InputError, whyUnreadable } from "./face-pictures.ts";
import { openSiteEngine, type SiteEngineOptions } from "./site-face-engine.ts";
import { answering, dataDirectory, printable, ShellChanges } from "./storage-command.ts";

const usage = `Usage: vestibule enrol PHOTO… --cardholder ID [--distinct-from ID,…] [--config FILE] [--json]

Enrols photos (JPEG or PNG, one face each) of a person, in the data directory VESTIBULE_DATA (default var), while
the controller is not running. Three to five photos in different light recognise better than one.
A face that is somebody else's already is refused, and whose it is is said. Where the site requires consent
(enrolment.consent), it has to be on record before.
Exit 0: all were enrolled, 1: some were refused, each with why.

  --cardholder  the person's id, from "cardholder list"
  --distinct-from  people who look alike and are others, as you have seen yourself; it is recorded
  --config FILE the site's configuration, which names the recogniser (default VESTIBULE_CONFIG, else the shipped net)
  --backend     what computes; auto takes the first of them that loads and passes its self-test
  --json        print {"photos":[{"file", "enrolled", …}]}
`;

interface Photo {
  readonly file: string;
  readonly image: Uint8Array;
}

type Described = Photo & { readonly outcome: PhotoOutcome };

export const enrol: Command = {
  name: ["enrol"],
  summary: "enrol photos of a person",
  usage,
  run: (args, io) =>
    answering("enrol", io, async () => {
      const { values, positionals } = parseArgs({
        args: [...args],
        allowPositionals: true,
        options: {
          cardholder: { type: "string" },
          "distinct-from": { type: "string", default: "" },
          config: { type: "string" },
          backend: { type: "string" },
          json: { type: "boolean", default: false },
        },
      });
      const { cardholder: id } = values;
      if (id === undefined) throw new InputError("--cardholder ID is needed; see --help");
      if (positionals.length === 0) throw new InputError("at least one photo is needed; see --help");
      requireCardholder(id, values.config, io);
      const photos = await Promise.all(positionals.slice(0, directoryLimits.photos + 1).map(readPhoto));
      const options = { config: values.config, backend: values.backend };
      const { described, threshold } = await describeAll(photos, options, io);
      const distinctFrom = values["distinct-from"].split(",");
      return store({ id, threshold, distinctFrom }, described, values.json, io);
    }),
};

/** Before the nets are loaded, which takes seconds. */
function requireCardholder(id: string, config: string | undefined, io: CommandIo): void {
  using directory = openDirectoryForReading(dataDirectory(io.env));
  const cardholder = directory.get(id);
  if (cardholder === undefined) throw new DirectoryRefusal("notFound", `there is no cardholder ${id}`);
  if (cardholder.consent !== undefined || !requiresConsent(config, io)) return;
  throw new DirectoryRefusal("consentMissing", `${id} has no consent on record: record it at the console`);
}

/** §7, as the console asks it; without a site's file nothing says so. */
function requiresConsent(config: string | undefined, io: CommandIo): boolean {
  const file = config ?? (io.env.VESTIBULE_CONFIG || undefined);
  if (file === undefined) return false;
  try {
    return loadSite(file, io.env).enrolment.consent === "required";
  } catch (error) {
    if (error instanceof ConfigError) throw new InputError(error.text(languageOf(io.env)), { cause: error });
    throw error;
  }
}

async function readPhoto(file: string): Promise<Photo> {
  try {
    const { size } = await stat(file);
    if (size > directoryLimits.jpegBytes) throw new Error(`over ${directoryLimits.jpegBytes} bytes`);
    return { file, image: await readFile(file) };
  } catch (error) {
    throw new InputError(`${file}: ${whyUnreadable(error)}`, { cause: error });
  }
}

async function describeAll(
  photos: readonly Photo[],
  { config, backend }: SiteEngineOptions,
  io: CommandIo,
): Promise<{ readonly described: readonly Described[]; readonly threshold: number }> {
  const { engine, threshold } = await openSiteEngine({ config, backend }, io);
  await using _engine = engine;
  const described: Described[] = [];
  for (const photo of photos) {
    described.push({ ...photo, outcome: await describePhoto(photo.image, engine, sharpPictureCodec) });
  }
  return { described, threshold };
}

interface Order {
  readonly id: string;
  readonly threshold: number;
  readonly distinctFrom: readonly string[];
}

/** The data directory is taken only now, for the moment the writing needs. */
function store(
  { id, threshold, distinctFrom }: Order,
  described: readonly Described[],
  json: boolean,
  io: CommandIo,
): ExitCode {
  using changes = new ShellChanges(io);
  const { directory, keys } = changes.storage;
  const cipher = createAesGcmCipher(keys.all, "directory");
  const limit = alikeLimit(threshold, directory.count());
  const reports: Readonly<Record<string, unknown>>[] = [];
  for (const { file, outcome } of described) {
    if (!outcome.usable) {
      const { reason, detail, quality } = outcome;
      reports.push({ file, enrolled: false, reason, detail, quality });
      if (!json) io.stderr(`${printable(file)}: refused: ${reason}: ${printable(detail)}\n`);
      continue;
    }
    const { jpeg, quality, model, descriptor, second } = outcome;
    const others = findAlikeIn(dataDirectory(io.env), cipher, { model, descriptor, except: id, limit }).map(
      ({ cardholder }) => cardholder,
    );
    if (others.some((other) => !distinctFrom.includes(other))) {
      changes.recorded(
        "DuplicateFaceFound",
        () => undefined,
        () => ({ cardholder: id, others }),
      );
      const detail = `this face is enrolled already: ${others.join(", ")}`;
      reports.push({ file, enrolled: false, reason: "alreadyEnrolled", detail, alreadyEnrolled: others });
      if (!json) io.stderr(`${printable(file)}: refused: ${detail}; see --distinct-from\n`);
      continue;
    }
    if (others.length > 0)
      changes.recorded(
        "DuplicateFaceConfirmed",
        () => undefined,
        () => ({ cardholder: id, others }),
      );
    const added = changes.recorded(
      "PhotoEnrolled",
      () => directory.addPhoto(id, { jpeg, quality, model, descriptor, second }),
      (photo) => ({ cardholder: id, photo: photo.id, model, quality }),
    );
    reports.push({ file, enrolled: true, photo: added.id, quality });
    if (!json) io.stdout(`${printable(file)}: enrolled as ${added.id}\n`);
  }
  if (json) io.stdout(`${JSON.stringify({ photos: reports })}\n`);
  return reports.every((report) => report.enrolled === true) ? 0 : 1;
}

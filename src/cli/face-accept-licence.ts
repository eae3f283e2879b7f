import { parseArgs } from "node:util";
import { ModelError } from "../drivers/face-nets/model-manifest.ts";
import { acceptedLicences, keepAcceptance } from "../drivers/face-nets/recogniser/accepted-licences.ts";
import {
  licenceHash,
  type RecogniserManifest,
  readRecogniserManifest,
} from "../drivers/face-nets/recogniser/recogniser-manifest.ts";
import type { Command, CommandIo } from "./command.ts";
import { InputError } from "./face-pictures.ts";
import { answering, dataDirectory, onlyOne, printable, ShellChanges } from "./storage-command.ts";

const usage = `Usage: vestibule face accept-licence MANIFEST [--accept] [--although-not-commercial] [--json]

Shows the licence of a recogniser that a manifest puts in. A site uses it only once somebody has accepted that licence:
--accept keeps who did, when and for which wording in the data directory VESTIBULE_DATA (default var), and in the journal;
the controller must not be running then. Another net or another wording has to be accepted anew.
Exit 0: it is accepted, 1: it is not.

  --accept                   accept it
  --although-not-commercial  a licence that does not permit commercial use is accepted with this only
  --json                     print {"recogniser", "licence", "hash", "commercial", "accepted"}
`;

export const faceAcceptLicence: Command = {
  name: ["face", "accept-licence"],
  summary: "show, and accept, the licence of a recogniser of the site's own",
  usage,
  run: (args, io) =>
    answering("face accept-licence", io, async () => {
      const { values, positionals } = parseArgs({
        args: [...args],
        allowPositionals: true,
        options: {
          accept: { type: "boolean", default: false },
          "although-not-commercial": { type: "boolean", default: false },
          json: { type: "boolean", default: false },
        },
      });
      const manifest = await read(onlyOne(positionals, "manifest"));
      if (values.accept) accept(manifest, values["although-not-commercial"], io);
      const hash = licenceHash(manifest);
      const accepted = acceptedLicences(dataDirectory(io.env)).find((one) => one.hash === hash);
      const { id, licence } = manifest;
      const report = { recogniser: id, licence: licence.name, hash, commercial: licence.commercial };
      io.stdout(
        values.json
          ? `${JSON.stringify({ ...report, accepted: accepted ?? null })}\n`
          : `${text(manifest)}\nlicence hash: ${hash}\n${accepted === undefined ? "NOT accepted" : `accepted by ${printable(accepted.by)}, ${accepted.at}`}\n`,
      );
      return accepted === undefined ? 1 : 0;
    }),
};

async function read(path: string): Promise<RecogniserManifest> {
  try {
    return await readRecogniserManifest(path);
  } catch (error) {
    if (error instanceof ModelError) throw new InputError(error.message, { cause: error });
    throw error;
  }
}

function accept(manifest: RecogniserManifest, although: boolean, io: CommandIo): void {
  const { id, licence } = manifest;
  if (!licence.commercial && !although) {
    throw new InputError(
      `the licence "${licence.name}" does not permit commercial use: with --although-not-commercial it is accepted for a trial`,
    );
  }
  using changes = new ShellChanges(io);
  const hash = licenceHash(manifest);
  const { commercial, name } = licence;
  const entry = { recogniser: id, licence: name, hash, commercial };
  changes.recorded(
    "RecogniserLicenceAccepted",
    () => {
      const at = new Date().toISOString();
      keepAcceptance(dataDirectory(io.env), { ...entry, by: changes.operator, at });
    },
    () => entry,
  );
}

function text({ id, licence: { name, text: whole, url, commercial } }: RecogniserManifest): string {
  const lines = [
    `recogniser ${id}, licence: ${printable(name)}`,
    commercial ? "permits commercial use" : "does NOT permit commercial use",
    ...(url === undefined ? [] : [printable(url)]),
    // Its own lines are what is accepted; anything else that moves a terminal is not.
    ...(whole === undefined ? [] : ["", ...whole.split("\n").map(printable), ""]),
  ];
  return lines.join("\n");
}

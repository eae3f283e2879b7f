import { createPrivateKey, createPublicKey, randomBytes, sign } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import { cosignature, cosignedText } from "../domain/journal/checkpoint.ts";
import {
  NoteFault,
  type NoteKey,
  noteKey,
  parseVerifierKey,
  signatureLine,
  verifierKeyText,
} from "../domain/journal/signed-note.ts";
import { WitnessBook } from "../drivers/witness-http/witness-book.ts";
import { sha256 } from "../drivers/witness-http/witness-messages.ts";
import { serveWitness } from "../drivers/witness-http/witness-server.ts";
import type { Command, ExitCode } from "./command.ts";
import { InputError } from "./face-pictures.ts";
import { answering } from "./storage-command.ts";

const usage = `Usage: vestibule witness --name NAME --data DIRECTORY --journal KEY… [--host HOST] [--port PORT] [--cert FILE --key FILE]

Runs a witness for the journals of other boxes, on a machine that their administrators cannot change: it remembers how
far each journal was and signs only what goes on from there (C2SP tlog-witness). A journal that is put back to an older
state, begun anew or forked gets no signature any more. Prints its public key, for \`witness.vkey\` in each site's file.

  --name     what its signatures say, as a host's name with a path: centre.example/witness
  --data     its key and what it remembers; a new key is made where there is none
  --journal  the public key of a journal that is witnessed, from "vestibule journal key"; any number of them
  --host     default 127.0.0.1
  --port     default 8430
  --cert, --key  serve TLS with this certificate and its private key
`;

const done: ExitCode = 0;

const privateHeader = Buffer.from("302e020100300506032b657004220420", "hex"); // RFC 8410: Ed25519 as PKCS #8

export const witness: Command = {
  name: ["witness"],
  summary: "cosign other boxes' journals, so that none can be put back or forked unseen",
  usage,
  run: (args, io) =>
    answering("witness", io, async () => {
      const { values } = parseArgs({
        args: [...args],
        options: {
          name: { type: "string" },
          data: { type: "string" },
          journal: { type: "string", multiple: true, default: [] },
          host: { type: "string", default: "127.0.0.1" },
          port: { type: "string", default: "8430" },
          cert: { type: "string" },
          key: { type: "string" },
        },
      });
      const { name, data } = values;
      if (name === undefined || data === undefined)
        throw new InputError("--name and --data are needed; see --help");
      if ((values.cert === undefined) !== (values.key === undefined))
        throw new InputError("--cert and --key go together");
      const keys = values.journal.map(journalKeyOf);
      const signer = signerIn(data, name);
      await using server = await serveWitness({
        ...{ keys, book: openBook(data), cosign: signer.cosign },
        ...{ host: values.host, port: portOf(values.port) },
        ...(values.cert !== undefined &&
          values.key !== undefined && {
            tls: { cert: readFileSync(values.cert), key: readFileSync(values.key) },
          }),
        onAnswer: (status, detail) =>
          io.stderr(`${new Date().toISOString()} ${status} ${detail.split("\n")[0]}\n`),
      });
      io.stdout(`${signer.verifierKey}\n`);
      io.stderr(`witnessing ${keys.length} journals on port ${server.port}\n`);
      await ended();
      return done;
    }),
};

function journalKeyOf(text: string): NoteKey {
  try {
    return parseVerifierKey(sha256, text);
  } catch (error) {
    if (error instanceof NoteFault) throw new InputError(`--journal ${text}: ${error.message}`);
    throw error;
  }
}

function portOf(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (port <= 65_535) return port;
  throw new InputError(`--port ${text}: a number up to 65535 is expected`);
}

function openBook(directory: string): WitnessBook {
  const file = join(directory, "witnessed.json");
  try {
    return new WitnessBook(file);
  } catch (error) {
    throw new InputError(
      `${file} cannot be read: ${error instanceof Error ? error.message : String(error)}; a witness that has forgotten must not go on under its key`,
    );
  }
}

/** Its key in the directory, made where there is none. */
function signerIn(directory: string, name: string) {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const file = join(directory, "witness.key");
  if (!existsSync(file)) {
    if (existsSync(join(directory, "witnessed.json")))
      throw new InputError(`${file} is missing, and journals were witnessed with it: restore it`);
    writeFileSync(file, `${randomBytes(32).toString("hex")}\n`, { mode: 0o600, flag: "wx", flush: true });
  }
  const seed = Buffer.from(readFileSync(file, "latin1").trim(), "hex");
  if (seed.length !== 32) throw new InputError(`${file} holds no key: 64 hexadecimal digits are expected`);
  const privateKey = createPrivateKey({
    key: Buffer.concat([privateHeader, seed]),
    format: "der",
    type: "pkcs8",
  });
  const publicKey = createPublicKey(privateKey).export({ format: "der", type: "spki" }).subarray(12);
  const key = namedKey(name, publicKey);
  return {
    verifierKey: verifierKeyText(key),
    cosign(text: string): string {
      const now = Math.floor(Date.now() / 1_000);
      const signature = sign(null, Buffer.from(cosignedText(text, now)), privateKey);
      return signatureLine(key, cosignature(now, signature));
    },
  };
}

function namedKey(name: string, publicKey: Uint8Array): NoteKey {
  try {
    return noteKey(sha256, name, "cosignature/v1", publicKey);
  } catch (error) {
    if (error instanceof NoteFault) throw new InputError(`--name ${name}: ${error.message}`);
    throw error;
  }
}

const ended = (): Promise<void> =>
  new Promise((resolve) => {
    process.once("SIGINT", resolve);
    process.once("SIGTERM", resolve);
  });

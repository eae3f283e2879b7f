import { readFile } from "node:fs/promises";
import { request as httpRequest, type IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import { checkSignature } from "../../domain/journal/checkpoint.ts";
import {
  NoteFault,
  type NoteKey,
  parseNote,
  parseSignatures,
  parseVerifierKey,
  signatureLine,
} from "../../domain/journal/signed-note.ts";
import type { Milliseconds } from "../../domain/time.ts";
import type { Witness, WitnessAnswer, WitnessRequest } from "../../ports/witness.ts";
import { requestText, sha256, sizeType, verifyEd25519 } from "./witness-messages.ts";

export interface HttpWitnessOptions {
  /** The submission prefix: `add-checkpoint` is asked for below it. */
  readonly url: string;
  /** The witness's public key, `NAME+ID+KEY`. */
  readonly verifierKey: string;
  /** In place of the authorities that everybody trusts. */
  readonly caFile?: string | undefined;
  /** For all of one question, however slowly the witness answers. */
  readonly timeout: Milliseconds;
}

const longestAnswer = 16 * 1024;

/** Asks a witness over HTTP, as C2SP's tlog-witness has it. No redirect is followed. Throws NoteFault for a key that is none. */
export function createHttpWitness(options: HttpWitnessOptions): Witness {
  const key = parseVerifierKey(sha256, options.verifierKey);
  if (key.algorithm !== "cosignature/v1")
    throw new NoteFault("the witness's key is not one for cosignatures");
  return {
    async submit(request) {
      try {
        return understood(await post(options, requestText(request)), request, key);
      } catch (error) {
        return { is: "unreachable", detail: error instanceof Error ? error.message : String(error) };
      }
    },
  };
}

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

function understood({ status, type, body }: Answer, request: WitnessRequest, key: NoteKey): WitnessAnswer {
  if (status === 200) return cosigned(body, request, key);
  if (status === 409) {
    const size = /^(0|[1-9]\d{0,15})\n$/.exec(body)?.[1];
    const isSize = type.split(";")[0]?.trim() === sizeType && size !== undefined;
    if (isSize && Number(size) !== request.oldSize) return { is: "conflict", size: Number(size) };
    return { is: "forked", detail: `for ${request.oldSize} records it has another root` };
  }
  if (status === 422)
    return { is: "forked", detail: `what it saw of ${request.oldSize} records does not go on to this` };
  const said = body.replaceAll(/[^\p{L}\p{N}\p{P}\p{S} ]+/gu, " ").trim();
  return { is: "refused", detail: `answered ${status}${said === "" ? "" : `: ${said.slice(0, 200)}`}` };
}

function cosigned(body: string, { note }: WitnessRequest, key: NoteKey): WitnessAnswer {
  try {
    const checkpoint = parseNote(note);
    let newest: { line: string; posixSeconds: number } | undefined;
    for (const signature of parseSignatures(body)) {
      const finding = checkSignature(verifyEd25519, checkpoint, signature, [key]);
      if (finding.is !== "good" || finding.posixSeconds === undefined) continue; // of keys nobody named here: not ours to keep
      newest = { line: signatureLine(key, signature.signature), posixSeconds: finding.posixSeconds };
    }
    if (newest === undefined)
      return { is: "refused", detail: "its answer is not signed by the key it is known by" };
    return { is: "cosigned", lines: newest.line, posixSeconds: newest.posixSeconds };
  } catch (error) {
    if (!(error instanceof NoteFault)) throw error;
    return { is: "refused", detail: `its answer is none: ${error.message}` };
  }
}

async function post({ url, caFile, timeout }: HttpWitnessOptions, body: string): Promise<Answer> {
  const target = `${url.replace(/\/+$/, "")}/add-checkpoint`;
  const ca = caFile === undefined ? {} : { ca: await readFile(caFile) };
  const signal = AbortSignal.timeout(timeout);
  return new Promise((resolve, reject) => {
    const failed = (error: Error): void =>
      reject(signal.aborted ? new Error(`no answer within ${timeout / 1000} s`) : error);
    const headers = {
      "content-type": "text/plain; charset=utf-8",
      "content-length": Buffer.byteLength(body),
    };
    const options = { method: "POST", headers, signal, agent: false as const, maxHeaderSize: 16_384, ...ca };
    const answered = (answer: IncomingMessage): void => {
      const parts: Buffer[] = [];
      let length = 0;
      answer.on("data", (part: Buffer) => {
        parts.push(part);
        length += part.length;
        if (length > longestAnswer) answer.destroy(new Error("its answer is longer than any"));
      });
      answer.on("error", failed);
      answer.on("end", () =>
        resolve({
          status: answer.statusCode ?? 0,
          type: answer.headers["content-type"] ?? "",
          body: Buffer.concat(parts).toString("utf8"),
        }),
      );
    };
    const sent = (target.startsWith("https:") ? httpsRequest : httpRequest)(target, options, answered);
    sent.on("error", failed);
    sent.end(body);
  });
}

import { createHmac } from "node:crypto";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { type ClientRequest, request as httpRequest, type IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import type { Milliseconds } from "../../domain/time.ts";
import type { Clock } from "../../ports/clock.ts";
import { NoticeFault, type WebhookSender } from "../../ports/notice.ts";
import { signingKeys } from "./signing-keys.ts";

export interface HttpWebhookOptions {
  readonly url: string;
  /** One key a line; the first is the newest. Read for every call, so that another takes effect at once. */
  readonly secretFile: string;
  /** In place of the authorities that everybody trusts. */
  readonly caFile?: string | undefined;
  /** For all of one call, however slowly the receiver answers. */
  readonly timeout: Milliseconds;
  readonly clock: Pick<Clock, "wall">;
}

/** Of an answer that says what is wrong. */
const mostAnswer = 2_048;
const mostShown = 200;

/**
 * Posts JSON, signed as the Standard Webhooks specification has it: `webhook-id`, `webhook-timestamp`,
 * `webhook-signature`. No redirect is followed: what is signed for one receiver is not for another.
 */
export class HttpWebhookSender implements WebhookSender {
  readonly #options: HttpWebhookOptions;

  constructor(options: HttpWebhookOptions) {
    this.#options = options;
  }

  async post(id: string, body: string): Promise<void> {
    const { timeout } = this.#options;
    const signal = AbortSignal.timeout(timeout);
    try {
      const headers = await this.#headers(id, body);
      const answer = await this.#answer(headers, body, signal);
      const status = answer.statusCode ?? 0;
      if (status >= 200 && status < 300) return void answer.destroy();
      throw new NoticeFault(`answered ${status}${await said(answer, signal)}`);
    } catch (error) {
      if (error instanceof NoticeFault) throw error;
      if (signal.aborted) throw new NoticeFault(`no answer within ${timeout / 1000} s`, { cause: error });
      throw new NoticeFault(error instanceof Error ? error.message : String(error), { cause: error });
    }
  }

  async #headers(id: string, body: string): Promise<Readonly<Record<string, string>>> {
    const { secretFile, clock } = this.#options;
    const keys = signingKeys(await readFile(secretFile, "utf8"));
    const timestamp = String(Math.floor(clock.wall() / 1000));
    const signed = `${id}.${timestamp}.${body}`;
    return {
      "content-type": "application/json; charset=utf-8",
      "content-length": String(Buffer.byteLength(body)),
      "user-agent": "vestibule",
      "webhook-id": id,
      "webhook-timestamp": timestamp,
      "webhook-signature": keys
        .map((key) => `v1,${createHmac("sha256", key).update(signed).digest("base64")}`)
        .join(" "),
    };
  }

  async #answer(
    headers: Readonly<Record<string, string>>,
    body: string,
    signal: AbortSignal,
  ): Promise<IncomingMessage> {
    const { url, caFile } = this.#options;
    const options = { method: "POST", headers, signal, agent: false as const, maxHeaderSize: 16_384 };
    const sent: ClientRequest = url.startsWith("https:")
      ? httpsRequest(url, { ...options, ...(caFile === undefined ? {} : { ca: await readFile(caFile) }) })
      : httpRequest(url, options);
    sent.end(body);
    const [answer] = (await once(sent, "response", { signal })) as [IncomingMessage]; // what Node documents of it
    // Whatever becomes of it from here on is told where it is read.
    sent.on("error", () => undefined);
    answer.on("error", () => undefined);
    return answer;
  }
}

/** The beginning of what a receiver says about its refusal: printable, on one line. */
async function said(answer: IncomingMessage, signal: AbortSignal): Promise<string> {
  const parts: Buffer[] = [];
  let length = 0;
  const stop = (): void => void answer.destroy();
  signal.addEventListener("abort", stop, { once: true });
  try {
    for await (const part of answer) {
      parts.push(part as Buffer); // no encoding is set, so it is bytes
      length += (part as Buffer).length;
      if (length >= mostAnswer) break;
    }
  } catch {
    // Its status is what counts.
  } finally {
    signal.removeEventListener("abort", stop);
    answer.destroy();
  }
  const text = Buffer.concat(parts).subarray(0, mostAnswer).toString("utf8");
  const plain = text.replaceAll(/[^\p{L}\p{N}\p{P}\p{S} ]+/gu, " ").trim();
  return plain === "" ? "" : `: ${plain.slice(0, mostShown)}`;
}

import { once } from "node:events";
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { answerOf, type WitnessDeskOptions } from "./witness-desk.ts";

export interface WitnessServerOptions extends WitnessDeskOptions {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  readonly tls?: { readonly cert: Buffer; readonly key: Buffer } | undefined;
  /** Told of what was answered, for the log. */
  readonly onAnswer?: (status: number, detail: string) => void;
}

/** Sixty-three hashes, a note with sixty-four signatures, and some. */
const longestRequest = 64 * 1024;
const mostConnections = 64;
/** For headers, and for all of a request. */
const patience = 10_000;

/** A witness on the network (C2SP tlog-witness). One request at a time is decided: seen and signed are one step. */
export async function serveWitness(
  options: WitnessServerOptions,
): Promise<AsyncDisposable & { readonly port: number }> {
  const listener: RequestListener = (request, response) => void answer(options, request, response);
  const limits = { headersTimeout: patience, requestTimeout: patience, maxHeaderSize: 16_384 };
  const server =
    options.tls === undefined
      ? createServer(limits, listener)
      : createTlsServer({ ...limits, ...options.tls, minVersion: "TLSv1.2" }, listener);
  server.maxConnections = mostConnections;
  server.listen(options.port, options.host);
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port, // it listens on a port, never on a pipe
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

async function answer(
  options: WitnessServerOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    if (request.method !== "POST" || request.url?.endsWith("/add-checkpoint") !== true) {
      ended(response, request.method === "POST" ? 404 : 405, "text/plain", "POST …/add-checkpoint\n");
      return;
    }
    const body = await bodyOf(request);
    if (body === undefined) {
      response.setHeader("connection", "close");
      ended(response, 413, "text/plain", "too long\n");
      return;
    }
    const { status, type, body: text } = answerOf(options, body);
    options.onAnswer?.(status, text.trim());
    ended(response, status, type, text);
  } catch (error) {
    // The book could not be written, or the sender went away: nothing was signed.
    options.onAnswer?.(500, error instanceof Error ? error.message : String(error));
    if (!response.headersSent) ended(response, 500, "text/plain", "not signed\n");
  }
}

function ended(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { "content-type": type });
  response.end(body);
}

/** Undefined where it is too long. */
async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request) {
    parts.push(part as Buffer); // no encoding is set, so it is bytes
    length += (part as Buffer).length;
    if (length > longestRequest) return undefined;
  }
  return Buffer.concat(parts).toString("utf8");
}

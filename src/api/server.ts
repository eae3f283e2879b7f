import { readFileSync } from "node:fs";
import { createServer, type RequestListener, type Server, type ServerOptions } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { type ApiConfig, type ApiLimits, type ApiOptions, presetLimits } from "./api-options.ts";
import { type Application, buildApplication } from "./application.ts";
import { answerBrokenRequest } from "./broken-requests.ts";
import { isLoopback } from "./origin.ts";

/** The API cannot listen as configured; the message says what to do. */
export class ListenFault extends Error {
  override readonly name = "ListenFault";
}

export interface RunningApi extends AsyncDisposable {
  /** Where people open the console: `http://127.0.0.1:8420`. */
  readonly address: string;
  readonly port: number;
  close(): Promise<void>;
}

export interface StartOptions extends ApiOptions {
  /** Aborting closes the API in order. */
  readonly signal?: AbortSignal;
}

/** After this long, a shutdown stops waiting for requests under way. */
const closingTime = 3000;

/** Builds the API and listens. Throws ListenFault for what an installer can put right. */
export async function startApi(options: StartOptions): Promise<RunningApi> {
  const { config, signal } = options;
  refuseOpenNetwork(config);
  signal?.throwIfAborted();
  const credentials = config.tls === undefined ? undefined : readCredentials(config.tls);
  const limits = { ...presetLimits, ...options.limits };
  const application = await buildApplication(options, (handler) =>
    boundedServer(handler, credentials, limits),
  );
  try {
    await application.fastify.listen({ host: config.host, port: config.port });
  } catch (error) {
    await application.fastify.close();
    throw listenFault(error, config);
  }
  return running(application, config, signal);
}

function running(application: Application, config: ApiConfig, signal: AbortSignal | undefined): RunningApi {
  const { server } = application.fastify;
  // Listening on TCP: the address is no path of a local socket.
  const { port } = server.address() as AddressInfo;
  let closing: Promise<void> | undefined;
  const close = () => (closing ??= closeInTime(application));
  const onAbort = () => void close();
  signal?.addEventListener("abort", onAbort, { once: true });
  server.once("close", () => signal?.removeEventListener("abort", onAbort));
  const host = config.host.includes(":") ? `[${config.host}]` : config.host;
  const scheme = config.tls === undefined ? "http" : "https";
  return { address: `${scheme}://${host}:${port}`, port, close, [Symbol.asyncDispose]: close };
}

async function closeInTime({ fastify }: Application): Promise<void> {
  const impatience = setTimeout(() => fastify.server.closeAllConnections(), closingTime);
  try {
    await fastify.close();
  } finally {
    clearTimeout(impatience);
  }
}

function refuseOpenNetwork({ host, tls }: ApiConfig): void {
  if (tls !== undefined || isLoopback(host)) return;
  throw new ListenFault(
    `http.host is ${host}, which other machines can reach, but http.tls is not configured: passwords would cross the network in the clear. Configure http.tls (certificateFile, keyFile), or set http.host (or VESTIBULE_HTTP_HOST) to 127.0.0.1`,
  );
}

interface Credentials {
  readonly cert: Buffer;
  readonly key: Buffer;
}

function readCredentials({ certificateFile, keyFile }: NonNullable<ApiConfig["tls"]>): Credentials {
  const read = (setting: string, path: string): Buffer => {
    try {
      return readFileSync(path);
    } catch (error) {
      throw new ListenFault(`http.tls.${setting}: ${path} cannot be read (${codeOf(error) ?? "unknown"})`, {
        cause: error,
      });
    }
  };
  return { cert: read("certificateFile", certificateFile), key: read("keyFile", keyFile) };
}

/** A server that nobody can hold by sending slowly, at length, or often (T6). */
function boundedServer(
  handler: RequestListener,
  credentials: Credentials | undefined,
  limits: ApiLimits,
): Server {
  const bounds: ServerOptions = {
    headersTimeout: Math.min(limits.headersTimeout, limits.requestTimeout),
    requestTimeout: limits.requestTimeout,
    connectionsCheckingInterval: Math.min(1000, limits.headersTimeout),
    keepAliveTimeout: 10_000,
    maxHeaderSize: 16 * 1024,
  };
  const server =
    credentials === undefined
      ? createServer(bounds, handler)
      : tlsServer({ ...bounds, ...credentials }, handler);
  server.maxConnections = limits.connections;
  server.maxHeadersCount = 100;
  server.on("clientError", answerBrokenRequest);
  return server;
}

function tlsServer(options: ServerOptions & Credentials, handler: RequestListener): Server {
  try {
    return createTlsServer({ ...options, minVersion: "TLSv1.2" }, handler);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new ListenFault(
      `http.tls: the certificate and the key are no PEM files, or do not belong together (${why})`,
      {
        cause: error,
      },
    );
  }
}

function listenFault(error: unknown, { host, port }: ApiConfig): unknown {
  const remedies: Readonly<Record<string, string>> = {
    EADDRINUSE: `port ${port} on ${host} is in use: stop the program that holds it, or choose another with VESTIBULE_HTTP_PORT (http.port)`,
    EACCES: `port ${port} on ${host} may not be opened by this user: choose one above 1023 with VESTIBULE_HTTP_PORT (http.port)`,
    EADDRNOTAVAIL: `${host} is no address of this machine: set http.host or VESTIBULE_HTTP_HOST`,
    ENOTFOUND: `${host} is no known host: set http.host or VESTIBULE_HTTP_HOST`,
  };
  const remedy = remedies[codeOf(error) ?? ""];
  return remedy === undefined ? error : new ListenFault(remedy, { cause: error });
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}

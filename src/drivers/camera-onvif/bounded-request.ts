import { type IncomingHttpHeaders, type IncomingMessage, request } from "node:http";
import type { Socket } from "node:net";
import { connect as connectPlain } from "node:net";
import { connect as connectSecure, type PeerCertificate, type TLSSocket } from "node:tls";
import { after, type Milliseconds } from "../../domain/time.ts";
import type { Clock } from "../../ports/clock.ts";
import { DeviceFault } from "./device-fault.ts";

/** Where a device is, and how it proves to be itself. The only host that is ever spoken to. */
export interface DeviceAddress {
  readonly host: string;
  readonly port: number;
  readonly path: string;
  readonly tls?: DeviceTrust | undefined;
}

/** Without either: an authority that the system trusts. */
export interface DeviceTrust {
  /** PEM. */
  readonly ca?: string | undefined;
  /** SHA-256 of its certificate, in hex, with or without colons: for the self-signed ones cameras come with. */
  readonly fingerprint?: string | undefined;
}

export interface BoundedRequest {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly deadline: Milliseconds;
  readonly mostBytes: number;
  /** Whoever asks is no longer there. */
  readonly ended?: AbortSignal | undefined;
}

export interface BoundedAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** Names and values in turn, each as it came. */
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
}

const mostHeaderBytes = 16_384;

/**
 * One request to one device: a deadline for all of it, a bound on the body, no redirect followed, no other host. Rejects
 * with DeviceFault.
 */
export async function askDevice(
  address: DeviceAddress,
  ask: BoundedRequest,
  clock: Clock,
): Promise<BoundedAnswer> {
  const limit = new AbortController();
  using _deadline = clock.wakeAt(after(clock.now(), ask.deadline), () => limit.abort());
  const signal = ask.ended === undefined ? limit.signal : AbortSignal.any([limit.signal, ask.ended]);
  let socket: Socket | undefined;
  try {
    socket = await connect(address, signal);
    const answer = await send(socket, address, ask, signal);
    if (answer.statusCode !== undefined && answer.statusCode >= 300 && answer.statusCode < 400)
      throw new DeviceFault("hostile", `it answers with a redirect (${answer.statusCode}); none is followed`);
    return {
      status: answer.statusCode ?? 0,
      headers: answer.headers,
      rawHeaders: answer.rawHeaders,
      body: await read(answer, ask.mostBytes),
    };
  } catch (error) {
    if (limit.signal.aborted)
      throw new DeviceFault("unreachable", `no whole answer within ${ask.deadline / 1000} s`);
    throw error instanceof DeviceFault ? error : new DeviceFault("unreachable", reason(error));
  } finally {
    socket?.destroy();
  }
}

/** SHA-256 of the certificate that a device shows, whoever made it; nothing is asked of it. Rejects with DeviceFault. */
export async function shownFingerprint(
  { host, port }: Pick<DeviceAddress, "host" | "port">,
  deadline: Milliseconds,
  clock: Clock,
): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const socket = connectSecure({ host, port, rejectUnauthorized: false }, () =>
    resolve(fingerprintOf(socket)),
  );
  socket.on("error", (error) => reject(new DeviceFault("unreachable", reason(error))));
  using _deadline = clock.wakeAt(after(clock.now(), deadline), () =>
    reject(new DeviceFault("unreachable", "no certificate in time")),
  );
  try {
    return await promise;
  } finally {
    socket.destroy();
  }
}

/** Settles once the connection is there and, where TLS is asked for, the device has proved to be the one. */
function connect({ host, port, tls }: DeviceAddress, signal: AbortSignal): Promise<Socket> {
  const { promise, resolve, reject } = Promise.withResolvers<Socket>();
  const pinned = tls?.fingerprint;
  const socket =
    tls === undefined
      ? connectPlain({ host, port })
      : connectSecure({
          ...{ host, port, rejectUnauthorized: pinned === undefined },
          ...(tls.ca === undefined ? {} : { ca: tls.ca }),
          ...(/[a-z]/i.test(host) ? { servername: host } : {}),
        });
  const giveUp = (): void => void socket.destroy(new Error("given up"));
  if (signal.aborted) giveUp();
  signal.addEventListener("abort", giveUp, { once: true });
  socket.on("error", (error: Error) => reject(isOfTls(error) ? untrusted(error.message) : error));
  socket.once("close", () => reject(new Error("the connection was closed")));
  socket.once(tls === undefined ? "connect" : "secureConnect", () => {
    // Nothing was sent yet: what does not match learns neither the user's name nor a digest.
    const seen = pinned === undefined ? undefined : fingerprintOf(socket as TLSSocket); // made by connectSecure
    if (seen !== undefined && seen !== withoutColons(pinned)) {
      socket.destroy();
      reject(untrusted(`its certificate's fingerprint is ${seen}`));
    } else resolve(socket);
  });
  return promise;
}

function send(
  socket: Socket,
  { host, port }: DeviceAddress,
  { method, path, headers, body }: BoundedRequest,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const sent = request({
    ...{ method, path, host, port, signal, maxHeaderSize: mostHeaderBytes },
    // No agent beside it: one of its own would open another connection, to nobody proven.
    createConnection: () => socket,
    headers: { ...headers, "Accept-Encoding": "identity", Connection: "close" },
  });
  sent.on("response", resolve);
  sent.on("error", reject);
  sent.end(body);
  return promise;
}

async function read(answer: IncomingMessage, most: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > most) throw new DeviceFault("hostile", `it answers with more than ${most} bytes`);
    chunks.push(chunk);
  }
  if (!answer.complete) throw new DeviceFault("unreachable", "its answer broke off");
  return Buffer.concat(chunks);
}

const withoutColons = (fingerprint: string | undefined): string =>
  (fingerprint ?? "").replaceAll(":", "").toLowerCase();

function fingerprintOf(socket: TLSSocket): string {
  const certificate: Partial<PeerCertificate> = socket.getPeerCertificate();
  return withoutColons(certificate.fingerprint256);
}

const untrusted = (what: string): DeviceFault =>
  new DeviceFault("notTrusted", `not the device it should be: ${what}`);

const isOfTls = (error: Error): boolean =>
  "code" in error &&
  /^(ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|HOSTNAME)/.test(String(error.code));

function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = "code" in error ? String(error.code) : undefined;
  return code === undefined || error.message.includes(code) ? error.message : `${error.message} (${code})`;
}

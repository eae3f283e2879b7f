import { readFileSync } from "node:fs";
import { type AddressInfo, createServer, isIP, type Server, type Socket } from "node:net";
import { checkServerIdentity, connect, type PeerCertificate, type TLSSocket } from "node:tls";

/** How a camera proves who it is. */
export interface CameraTrust {
  /** PEM of the authority that signed the camera's certificate; left out: those the system trusts. */
  readonly caFile?: string | undefined;
  /**
   * SHA-256 of the very certificate, hexadecimal, colons or not: for cameras with one of their own making. Then neither
   * its name nor its authority counts.
   */
  readonly fingerprint?: string | undefined;
}

export interface TlsEndpoint {
  readonly host: string;
  readonly port: number;
}

/** An HTTP tunnel is two connections; what more comes is not our receiver. */
const mostConnections = 2;
/** Longer than any camera on the same network takes; the receiver has its own patience. */
const handshakeLimit = 5_000;

/**
 * FFmpeg 5 takes any certificate for an RTSP stream. So it talks plainly to this, on loopback, and this talks TLS to
 * the camera and only to the camera: what is not proven to be it is never sent a byte of the stream's requests.
 */
export class TlsTunnel implements AsyncDisposable {
  readonly #endpoint: TlsEndpoint;
  readonly #trust: CameraTrust;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #waiting: (() => void) | undefined;
  #problem: string | undefined;

  constructor(endpoint: TlsEndpoint, trust: CameraTrust) {
    this.#endpoint = endpoint;
    this.#trust = trust;
    this.#server = createServer((socket) => this.#carry(socket));
    this.#server.maxConnections = mostConnections;
    this.#server.on("error", (error) => this.#fail(`no port on loopback: ${error.message}`));
    this.#server.listen(0, "127.0.0.1", () => {
      this.#waiting?.();
      this.#waiting = undefined;
    });
    this.#server.unref();
  }

  /** Where to connect to instead; undefined until it listens. */
  get port(): number | undefined {
    const address = this.#server.address() as AddressInfo | null; // a TCP server's
    return address?.port;
  }

  /** Why the last connection was not made, for people. */
  get problem(): string | undefined {
    return this.#problem;
  }

  onceOpen(then: () => void): void {
    this.#waiting = then;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#waiting = undefined;
    for (const socket of this.#sockets) socket.destroy();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  #carry(local: Socket): void {
    this.#hold(local);
    let remote: TLSSocket;
    try {
      remote = this.#connect();
    } catch (error) {
      this.#fail(error instanceof Error ? error.message : String(error));
      local.destroy();
      return;
    }
    this.#hold(remote);
    remote.setTimeout(handshakeLimit, () => remote.destroy(new Error("no answer to the TLS handshake")));
    remote.on("error", (error) => this.#fail(this.#explain(error)));
    remote.once("secureConnect", () => {
      const refusal = this.#refusalOf(remote.getPeerCertificate());
      if (refusal !== undefined) {
        remote.destroy(new Error(refusal));
        return;
      }
      this.#problem = undefined;
      remote.setTimeout(0);
      local.pipe(remote).pipe(local);
    });
    local.once("close", () => remote.destroy());
    remote.once("close", () => local.destroy());
  }

  #connect(): TLSSocket {
    const { host, port } = this.#endpoint;
    const { caFile, fingerprint } = this.#trust;
    return connect({
      host,
      port,
      ...(isIP(host) === 0 ? { servername: host } : {}),
      ...(caFile === undefined ? {} : { ca: readFileSync(caFile) }),
      // A pinned certificate is compared as a whole, below; nothing is sent before.
      rejectUnauthorized: fingerprint === undefined,
      checkServerIdentity: (_name, certificate) =>
        fingerprint === undefined ? checkServerIdentity(host, certificate) : undefined,
      minVersion: "TLSv1.2",
    });
  }

  #refusalOf(certificate: PeerCertificate): string | undefined {
    const { fingerprint } = this.#trust;
    if (fingerprint === undefined) return undefined;
    // An empty object where the other side showed none.
    const shown = bare(certificate.fingerprint256 ?? "");
    if (shown === bare(fingerprint)) return undefined;
    return `another certificate than the one it is known by: ${shown.slice(0, 16)}…; another camera may be at its address`;
  }

  #explain(error: Error): string {
    const { host, port } = this.#endpoint;
    return `TLS to ${host}:${port}: ${error.message}`;
  }

  #hold(socket: Socket): void {
    this.#sockets.add(socket);
    socket.once("close", () => this.#sockets.delete(socket));
    // Told by whoever reads; without a listener it would end the process.
    socket.on("error", () => undefined);
  }

  #fail(problem: string): void {
    this.#problem = problem;
  }
}

const bare = (fingerprint: string): string => fingerprint.replaceAll(":", "").toLowerCase();

import { isIP } from "node:net";
import type { FastifyRequest } from "fastify";
import type { ApiConfig } from "./api-options.ts";
import { Problem } from "./problem.ts";

const safeMethods: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Why a request is refused for where it comes from, if it is. A browser names the page's origin with every
 * request that changes something, and says how the page stands to this server; a program without a
 * browser says neither and is let through to the session check (T2).
 */
export function originFault(request: FastifyRequest, config: ApiConfig): Problem | undefined {
  const { headers } = request;
  const tls = config.tls !== undefined;
  const own = originOf(`${tls ? "https" : "http"}://${headers.host ?? ""}`);
  if (own === undefined)
    return new Problem(400, "invalid-request", "The Host header is missing or no host name.");
  // Another name that was made to point at this machine (DNS rebinding) is not this machine's own.
  if (!tls && !isLoopback(own.hostname)) {
    return new Problem(
      421,
      "foreign-host",
      "Without TLS the controller answers only as localhost or 127.0.0.1.",
    );
  }
  if (headers.origin !== undefined && !isOwn(headers.origin, own, tls)) return foreign(headers.origin);
  const site = headers["sec-fetch-site"];
  const safe = safeMethods.has(request.method);
  if (site !== undefined && site !== "same-origin" && !(safe && site === "none"))
    return foreign(String(site));
  const { referer } = headers;
  if (!safe && headers.origin === undefined && referer !== undefined && !isOwn(referer, own, tls)) {
    return foreign(referer);
  }
  return undefined;
}

const foreign = (whence: string): Problem =>
  new Problem(403, "foreign-origin", `Refused for where it comes from: ${whence.slice(0, 100)}`);

/** A TLS proxy before a loopback controller speaks https where we hear http: then only the host counts. */
function isOwn(address: string, own: URL, tls: boolean): boolean {
  const origin = originOf(address);
  if (origin === undefined || origin.hostname !== own.hostname) return false;
  if (tls && origin.protocol !== "https:") return false;
  return origin.port === own.port || (!tls && origin.protocol === "https:" && own.port === "");
}

function originOf(address: string): URL | undefined {
  const url = URL.parse(address);
  return url === null || url.hostname === "" || url.username !== "" ? undefined : url;
}

/** Whether `host` (a name or an address as in a URL) can only be reached from this machine. */
export function isLoopback(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, "").toLowerCase();
  if (bare === "localhost" || bare.endsWith(".localhost")) return true;
  return bare === "::1" || (isIP(bare) === 4 && bare.startsWith("127."));
}

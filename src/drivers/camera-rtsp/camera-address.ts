import type { TlsEndpoint } from "./tls-tunnel.ts";

/** Where a camera is, with what nobody may see kept apart from what may be shown. */
export interface CameraAddress {
  /** With credentials, escaped: goes to the decoder over a pipe and nowhere else. */
  readonly secretUrl: string;
  /** For people and logs. */
  readonly shown: string;
  /** Every spelling of the password that might turn up in the decoder's output. */
  readonly secrets: readonly string[];
  /** Of rtsps://: what `secretUrl` stands for; it is reached through a tunnel (`throughTunnel`). */
  readonly tls?: TlsEndpoint;
}

export interface AddressFault {
  readonly problem: string;
}

/** Ports of RTSP over TLS (IANA), and of RTSP in an HTTP tunnel inside TLS. */
const tlsPorts = { tcp: 322, http: 443 } as const;

/** FFmpeg keeps `user:password`, escaped, in 128 bytes and silently cuts what is longer. */
const longestCredentials = 127;

export function cameraAddress(
  url: string,
  username?: string,
  password?: string,
  transport: "tcp" | "http" = "tcp",
): CameraAddress | AddressFault {
  if (!URL.canParse(url)) return { problem: "the address is no URL; expected rtsp://host/path" };
  const parsed = new URL(url);
  const isSecure = parsed.protocol === "rtsps:";
  if ((parsed.protocol !== "rtsp:" && !isSecure) || parsed.hostname === "")
    return { problem: "expected rtsp://host/path or rtsps://host/path" };

  const user = username ?? unescape(parsed.username);
  const secret = password ?? unescape(parsed.password);
  if (user === undefined || secret === undefined)
    return { problem: "user name or password is not escaped properly" };
  if (user.includes(":")) return { problem: "a user name cannot contain a colon" };
  const credentials = user === "" ? "" : secret === "" ? escape(user) : `${escape(user)}:${escape(secret)}`;
  if (credentials.length > longestCredentials) {
    return { problem: `user name and password are too long: ${longestCredentials} characters once escaped` };
  }

  parsed.username = "";
  parsed.password = "";
  // The list FFmpeg reads puts the address in single quotes; URL leaves them as they are.
  const bare = parsed.href.replaceAll("'", "%27");
  const plain = bare.replace(/^rtsps?:/, "rtsp:");
  return {
    secretUrl: credentials === "" ? plain : plain.replace("rtsp://", () => `rtsp://${credentials}@`),
    shown: withoutSecretParameters(bare),
    secrets: spellings(secret),
    ...(isSecure ? { tls: endpointOf(parsed, transport) } : {}),
  };
}

/** The same address, reached by this port on loopback. */
export function throughTunnel(address: CameraAddress, port: number): CameraAddress {
  const { secretUrl } = address;
  const local = secretUrl.replace(
    /^(rtsp:\/\/(?:[^@/]*@)?)[^/?#]*/,
    (_all, before: string) => `${before}127.0.0.1:${port}`,
  );
  return { ...address, secretUrl: local };
}

function endpointOf({ hostname, port }: URL, transport: "tcp" | "http"): TlsEndpoint {
  // An IPv6 address stands in brackets in a URL and nowhere else.
  const host = hostname.replace(/^\[|\]$/g, "");
  return { host, port: port === "" ? tlsPorts[transport] : Number(port) };
}

/** The text with the password, and any other user info of a URL, blotted out. */
export function redact(text: string, secrets: readonly string[]): string {
  let redacted = text.replace(/\/\/[^/\s'"]*@/g, "//***@");
  for (const secret of secrets) redacted = redacted.replaceAll(secret, "***");
  return withoutSecretParameters(redacted);
}

/** Some makers want the password in the path or query (`/user=a_password=b_channel=1`). */
function withoutSecretParameters(text: string): string {
  return text.replace(/((?:pass(?:word|wd)?|pwd|token|auth)=)[^&_/\s'"]+/gi, "$1***");
}

function escape(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function unescape(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function spellings(secret: string): string[] {
  const all = new Set([secret, escape(secret), encodeURIComponent(secret)]);
  all.delete("");
  // Longest first, so that a spelling inside another one leaves no rest.
  return [...all].sort((left, right) => right.length - left.length);
}

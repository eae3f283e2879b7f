import { LinkFault } from "../../ports/alarm-link.ts";

/** Why a connection could not be made or ended; `detail` is for people and holds no secret. */
export interface ConnectionEnd {
  readonly kind:
    | "version" // the broker does not speak this MQTT version
    | "takenOver" // another client came with our id (T14)
    | "closedUnanswered" // ended before the broker said anything
    | "closedUnexplained" // accepted, then ended without a reason
    | "other";
  readonly detail: string;
}

export interface EndEvidence {
  /** `HOST:PORT`, as configured. */
  readonly broker: string;
  readonly clientId: string;
  /** Whether the broker had accepted us. */
  readonly accepted: boolean;
  /** What we began with, and whether it came about; absent: plain TCP. */
  readonly tls?: { readonly established: boolean; readonly certificate: boolean } | undefined;
  /** The first error seen on the socket or in the protocol. */
  readonly error: Error | undefined;
  /** Reason code of the broker's DISCONNECT (MQTT 5). */
  readonly disconnectReason: number | undefined;
}

const takenOver = 0x8e;
const tooLarge = 0x95;

/** MQTT 5 reason codes and MQTT 3.1.1 return codes that a connection can end with. */
const reasons: Readonly<Record<number, string>> = {
  1: "does not speak this MQTT version",
  2: "does not accept the client id",
  3: "is not available (server unavailable)",
  4: "refused user name or password",
  5: "does not authorise this client",
  0x81: "found a malformed packet",
  0x82: "found a protocol error",
  0x84: "does not speak this MQTT version",
  0x85: "does not accept the client id",
  0x86: "refused user name or password",
  0x87: "does not authorise this client",
  0x88: "is not available (server unavailable)",
  0x89: "is busy",
  0x8a: "has banned this client",
  0x8b: "is shutting down",
  0x8c: "does not accept this way to authenticate",
  0x8d: "heard nothing from us for too long (keep alive)",
  0x95: "found a packet too large",
  0x97: "says a quota is exceeded",
  0x98: "was told to disconnect us (administrative action)",
  0x9c: "asks to use another server",
  0x9d: "has moved",
  0x9f: "says connections come too fast",
};

const versionReasons: ReadonlySet<number> = new Set([1, 0x84]);

/** Words for what Node reports about names, sockets and certificates. */
const systemFaults: Readonly<Record<string, string>> = {
  ECONNREFUSED: "refused the connection: nothing listens there",
  ENOTFOUND: "has a name that is not found",
  EAI_AGAIN: "has a name that cannot be looked up now (name server not reachable)",
  ETIMEDOUT: "did not answer in time",
  EHOSTUNREACH: "is not reachable (no route)",
  ENETUNREACH: "is not reachable (no network)",
  ECONNRESET: "closed the connection",
  EPIPE: "closed the connection",
  ERR_TLS_CERT_ALTNAME_INVALID: "has a certificate for another name",
  CERT_HAS_EXPIRED: "has a certificate that has expired",
  CERT_NOT_YET_VALID: "has a certificate that is not valid yet (is the clock right?)",
  DEPTH_ZERO_SELF_SIGNED_CERT: "has a self-signed certificate that is not trusted",
  SELF_SIGNED_CERT_IN_CHAIN: "has a certificate from an authority that is not trusted",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "has a certificate from an authority that is not trusted",
  UNABLE_TO_GET_ISSUER_CERT: "has a certificate from an authority that is not trusted",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "has a certificate from an authority that is not trusted",
  CERT_SIGNATURE_FAILURE: "has a certificate whose signature is wrong",
  CERT_REVOKED: "has a certificate that was revoked",
  ERR_SSL_WRONG_VERSION_NUMBER: "does not speak TLS on this port",
  ERR_SSL_PACKET_LENGTH_TOO_LONG: "does not speak TLS on this port",
};

/** What the broker's side of TLS says before it hangs up; the name before `ALERT_` differs between OpenSSL's versions. */
const alerts: Readonly<Record<string, string>> = {
  CERTIFICATE_REQUIRED: "asks for a client certificate, and none is configured",
  CERTIFICATE_EXPIRED: "refuses our client certificate: it has expired",
  CERTIFICATE_REVOKED: "refuses our client certificate: it was revoked",
  UNKNOWN_CA: "refuses our client certificate: its authority is not trusted there",
  BAD_CERTIFICATE: "refuses our client certificate",
  CERTIFICATE_UNKNOWN: "refuses our client certificate",
  UNSUPPORTED_CERTIFICATE: "refuses our client certificate: it is not one for clients",
  PROTOCOL_VERSION: "speaks no version of TLS that we take (1.2 or newer)",
};

/** What ended a connection, from everything that was seen of it. */
export function connectionEnd(evidence: EndEvidence): ConnectionEnd {
  const { broker, clientId, accepted, error, disconnectReason } = evidence;
  if (disconnectReason === takenOver) {
    return {
      kind: "takenOver",
      detail: `broker ${broker} gave our session to another client with id "${clientId}"`,
    };
  }
  const reason = disconnectReason ?? reasonCodeOf(error);
  if (reason !== undefined && reason > 0) {
    const kind = versionReasons.has(reason) && !accepted ? "version" : "other";
    return {
      kind,
      detail: `broker ${broker} ${reasons[reason] ?? "ended the connection"} (${hexadecimal(reason)})`,
    };
  }
  const closed = accepted ? "closedUnexplained" : "closedUnanswered";
  const code = error === undefined ? undefined : systemCodeOf(error);
  const hungUp = error === undefined || code === "ECONNRESET" || code === "EPIPE";
  if (hungUp && !accepted) {
    return {
      kind: isHandshake(evidence) ? "other" : closed,
      detail: `broker ${broker} ${unanswered(evidence)}`,
    };
  }
  if (error === undefined) return { kind: closed, detail: `broker ${broker} closed the connection` };
  return { kind: hungUp ? closed : "other", detail: `broker ${broker} ${wordsFor(error)}` };
}

const isHandshake = ({ tls }: EndEvidence): boolean => tls?.established === false;

/** A broker that hangs up without a word: what is most likely, seen from how far it had come. */
function unanswered(evidence: EndEvidence): string {
  if (isHandshake(evidence))
    return "closed the connection in the TLS handshake: does it speak TLS on this port?";
  const when = "closed the connection before it answered";
  if (evidence.tls === undefined) return `${when}: does this port want TLS (mqtts://)?`;
  return evidence.tls.certificate
    ? `${when}: does it refuse our client certificate?`
    : `${when}: does it ask for a client certificate?`;
}

function wordsFor(error: Error): string {
  const code = systemCodeOf(error);
  const alert = code === undefined ? undefined : /ALERT_(\w+)$/.exec(code)?.[1];
  const words = alert === undefined ? code && systemFaults[code] : alerts[alert];
  if (words) return `${words} (${code})`;
  if (error.message === "connack timeout") return "took the connection but did not answer in time";
  if (error.message === "Keepalive timeout") return "stopped answering (keep alive)";
  if (code?.startsWith("ERR_SSL") === true) return `failed the TLS handshake (${code})`;
  return `failed: ${error.message}`;
}

/** MQTT.js puts the reason code where Node puts the system's code. */
function reasonCodeOf(error: Error | undefined): number | undefined {
  const code: unknown = error !== undefined && "code" in error ? error.code : undefined;
  return typeof code === "number" ? code : undefined;
}

function systemCodeOf(error: Error): string | undefined {
  const code: unknown = "code" in error ? error.code : undefined;
  return typeof code === "string" ? code : undefined;
}

const hexadecimal = (code: number): string => `0x${code.toString(16).padStart(2, "0")}`;

/** Why the broker would not take one message, from its PUBACK. */
export function refusal(topic: string, error: Error): LinkFault {
  const code = reasonCodeOf(error);
  const why = code === undefined ? error.message : (messageReasons[code] ?? `reason ${hexadecimal(code)}`);
  return new LinkFault(
    code === tooLarge ? "tooLarge" : "refused",
    `the broker does not take ${topic}: ${why}`,
  );
}

const messageReasons: Readonly<Record<number, string>> = {
  0x80: "unspecified error",
  0x83: "its own reasons",
  0x87: "not authorised (its access control list)",
  0x90: "topic name not accepted",
  0x95: "message too large",
  0x97: "quota exceeded",
  0x99: "payload format not accepted",
};

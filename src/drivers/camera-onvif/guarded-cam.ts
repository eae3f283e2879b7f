import { createHash, randomBytes } from "node:crypto";
import onvif, { type Cam } from "onvif";
import type { Milliseconds } from "../../domain/time.ts";
import type { Clock } from "../../ports/clock.ts";
import { askDevice, type BoundedAnswer, type DeviceAddress } from "./bounded-request.ts";
import { asDeviceFault, DeviceFault } from "./device-fault.ts";
import type { DeviceLimits } from "./limits.ts";
import { readSoapAnswer, type Shaped } from "./soap-answer.ts";

export interface DeviceLogin {
  readonly username: string;
  readonly password: string;
}

export interface GuardedCamOptions {
  readonly address: DeviceAddress;
  readonly login: DeviceLogin | undefined;
  readonly limits: DeviceLimits;
  readonly clock: Clock;
  /** How far the device's clock is ahead of ours, as last learnt. */
  readonly offset: () => Milliseconds;
  readonly ended: AbortSignal;
}

interface PackageRequest {
  readonly body: string;
  readonly action?: string;
  readonly service?: string;
  /** Of a subscription: only its path is used. */
  readonly url?: { readonly path?: string | null };
}

type PackageCallback = (error: Error | null, body?: Shaped[], xml?: string, status?: number) => void;

/** What the package keeps to itself and we put our own in place of; its version is pinned for this. */
interface PackageInside {
  _requestPart2(request: PackageRequest, done: PackageCallback): void;
  _passwordDigest(): { passdigest: string; nonce: string; timestamp: string };
}

/**
 * The package `onvif` for what it knows: the words of each request, two generations of the media service, the habits of
 * makers. Everything that touches the device is ours: connection, bounds, XML. No byte of a device reaches its parser.
 */
export function guardedCam(options: GuardedCamOptions): Cam {
  const { address, login, clock, offset } = options;
  const cam = new onvif.Cam({
    ...{
      hostname: address.host,
      port: address.port,
      path: address.path,
      useSecure: address.tls !== undefined,
    },
    ...(login === undefined ? {} : login),
    ...{ preserveAddress: true, autoconnect: false },
  });
  // It tells of missing media sources this way, and a device must not end the process by it.
  cam.on("error", () => undefined);
  const inside = cam as unknown as PackageInside; // private names of the pinned version, tested in guarded-cam.test.ts
  inside._passwordDigest = () => passwordDigest(login?.password ?? "", clock.wall() + offset());
  inside._requestPart2 = (request, done) => void ask(cam, request, options, done);
  return cam;
}

/** The package breaks on answers of another shape: whoever asked is told so, and nothing is thrown into the void. */
async function ask(
  cam: Cam,
  request: PackageRequest,
  options: GuardedCamOptions,
  done: PackageCallback,
): Promise<void> {
  const answer = await outcomeOf(exchange(cam, request, options));
  try {
    if ("body" in answer) done(null, [answer.body]);
    else done(answer.fault, undefined, undefined, statusOf(answer.fault));
  } catch (error) {
    try {
      done(asDeviceFault(error));
    } catch {
      // It breaks on being told, too; the call's own deadline ends the waiting.
    }
  }
}

async function outcomeOf(asking: Promise<Shaped>): Promise<{ body: Shaped } | { fault: DeviceFault }> {
  try {
    return { body: await asking };
  } catch (error) {
    return { fault: asDeviceFault(error) };
  }
}

/** The package asks again with the password where the time was not told without it. */
const statusOf = ({ kind }: DeviceFault): number | undefined => (kind === "unauthorised" ? 401 : undefined);

async function exchange(
  cam: Cam,
  request: PackageRequest,
  { address, limits, clock, ended }: GuardedCamOptions,
): Promise<Shaped> {
  const path = pathOf(cam, request);
  const isPull = request.body.includes("<PullMessages ");
  const ask = async (authorization?: string): Promise<BoundedAnswer> =>
    await askDevice(
      address,
      {
        ...{ method: "POST", path, body: request.body },
        deadline: isPull ? limits.pullDeadline : limits.deadline,
        mostBytes: limits.body,
        ended,
        headers: {
          "Content-Type": `application/soap+xml; charset=utf-8; action="${request.action ?? ""}"`,
          "Content-Length": String(Buffer.byteLength(request.body)),
          ...(authorization === undefined ? {} : { Authorization: authorization }),
        },
      },
      clock,
    );
  const first = await ask();
  const authorization = cam.username === undefined ? undefined : digest(cam, first, path, "POST");
  const answer = authorization === undefined ? first : await ask(authorization);
  if (answer.status === 200 && !/^$|xml/i.test(answer.headers["content-type"] ?? ""))
    throw new DeviceFault(
      "hostile",
      `it answers with ${String(answer.headers["content-type"]).slice(0, 60)}`,
    );
  return readSoapAnswer(answer.status, answer.body.toString("utf8"), limits);
}

function pathOf(cam: Cam, { url, service }: PackageRequest): string {
  const path = url === undefined ? (service === undefined ? cam.path : cam.uri?.[service]?.path) : url.path;
  if (path === undefined || path === null)
    throw new DeviceFault("unsupported", `it has no service ${service ?? "of that name"}`);
  if (!/^\/[\x21-\x7e]{0,500}$/.test(path))
    throw new DeviceFault("hostile", "it names a service at an address that is none");
  return path;
}

/** What answers a 401 that asks for HTTP digest; Basic is never answered: it would give the password away. */
export function digest(
  cam: Cam,
  { status, rawHeaders }: BoundedAnswer,
  path: string,
  method: string,
): string | undefined {
  if (status !== 401) return undefined;
  const challenges = rawHeaders.filter(
    (value, index) =>
      index % 2 === 1 &&
      rawHeaders[index - 1]?.toLowerCase() === "www-authenticate" &&
      value.startsWith("Digest "),
  );
  if (challenges.length === 0 || challenges.length > 4) return undefined;
  try {
    return cam.digestAuth(challenges, { method, path });
  } catch {
    throw new DeviceFault("hostile", "it asks for a digest in a way that nobody can answer");
  }
}

/** WS-UsernameToken, by the device's clock: a good device refuses what is older than some seconds. */
function passwordDigest(password: string, at: number): ReturnType<PackageInside["_passwordDigest"]> {
  const nonce = randomBytes(16);
  const timestamp = new Date(at).toISOString();
  const passdigest = createHash("sha1")
    .update(nonce)
    .update(timestamp)
    .update(password, "utf8")
    .digest("base64");
  return { passdigest, nonce: nonce.toString("base64"), timestamp };
}

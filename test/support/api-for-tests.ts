import { argon2Sync } from "node:crypto";
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from "fastify";
import pino from "pino";
import type { ApiLimits, ApiOptions } from "../../src/api/api-options.ts";
import { type ApiRoute, buildApplication } from "../../src/api/application.ts";
import type { OperatorSettings } from "../../src/api/operator-settings.ts";
import type { Role } from "../../src/domain/operator/rights.ts";
import { VirtualClock } from "../../src/simulation/virtual-clock.ts";
import { FakeControllerServices } from "./fake-controller-services.ts";
import { MemoryDisplays } from "./memory-displays.ts";
import { MemoryOperators } from "./memory-operators.ts";
import { MemoryWatchScreens } from "./memory-watch-screens.ts";

export const password = "a long enough passphrase";
/** As cheap as argon2id gets: what it costs is not what these tests are about. */
const passwordHash = cheapHash(password);

export interface ApiForTests extends AsyncDisposable {
  readonly services: FakeControllerServices;
  readonly operators: MemoryOperators;
  readonly displays: MemoryDisplays;
  readonly watchScreens: MemoryWatchScreens;
  readonly clock: VirtualClock;
  readonly routes: readonly ApiRoute[];
  readonly fastify: FastifyInstance;
  /** What the API logged, one JSON line each. */
  readonly log: readonly string[];
  /** One request without a socket; `cookie` and JSON `body` as given. */
  call(method: string, url: string, options?: Call): Promise<LightMyRequestResponse>;
  /** Logs in and returns the cookie. */
  logIn(secret?: string, username?: string): Promise<string>;
  /** Adds an operator of this role, named like it, with the same password, and logs in as them. */
  logInAs(role: Role, username?: string): Promise<string>;
}

export interface Call {
  readonly cookie?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly address?: string;
}

/** The API over a fake controller and a clock that stands still, with the operator `admin`. */
export async function apiForTests(
  options: {
    readonly mustChangePassword?: boolean;
    readonly tls?: boolean;
    readonly consoleDirectory?: string;
    readonly limits?: Partial<ApiLimits>;
    readonly stillStarting?: () => readonly string[];
    readonly settings?: Partial<OperatorSettings>;
  } = {},
): Promise<ApiForTests> {
  const clock = new VirtualClock();
  const services = new FakeControllerServices(clock);
  const operators = new MemoryOperators();
  const displays = new MemoryDisplays();
  const watchScreens = new MemoryWatchScreens();
  services.approvalRules.operators = () => operators.list();
  operators.add({ username: "admin", passwordHash, mustChangePassword: options.mustChangePassword ?? false });
  const log: string[] = [];
  const apiOptions: ApiOptions = {
    services,
    operators,
    displayStore: displays,
    watchStore: watchScreens,
    config: {
      host: "127.0.0.1",
      port: 0,
      ...(options.tls === true ? { tls: { certificateFile: "-", keyFile: "-" } } : {}),
    },
    consoleDirectory: options.consoleDirectory ?? "/nowhere",
    version: "0.0.0",
    log: pino({ level: "trace" }, { write: (entry: string) => log.push(entry) }),
    clock,
    // How often one address may ask has a test of its own.
    limits: { requestsPerSecond: 100_000, ...options.limits },
    ...(options.settings === undefined ? {} : { operatorSettings: options.settings }),
    ...(options.stillStarting === undefined ? {} : { stillStarting: options.stillStarting }),
  };
  const application = await buildApplication(apiOptions);
  const call = (method: string, url: string, given: Call = {}) =>
    application.fastify.inject(requestOf(method, url, given));
  const logIn = async (secret = password, username = "admin") =>
    cookieOf(await call("POST", "/api/v1/session", { body: { username, password: secret } }));
  return {
    services,
    operators,
    displays,
    watchScreens,
    clock,
    routes: application.routes,
    fastify: application.fastify,
    log,
    call,
    logIn,
    logInAs: async (role, username = role.toLowerCase()) => {
      operators.add({ username, passwordHash, mustChangePassword: false, role });
      return await logIn(password, username);
    },
    [Symbol.asyncDispose]: () => application[Symbol.asyncDispose](),
  };
}

function requestOf(method: string, url: string, { cookie, body, headers, address }: Call): InjectOptions {
  const raw = typeof body === "string" || Buffer.isBuffer(body) || body === undefined;
  return {
    // The type names the methods; tests also try others.
    method: method as NonNullable<InjectOptions["method"]>,
    url,
    headers: {
      host: "localhost",
      ...(raw ? {} : { "content-type": "application/json" }),
      ...(cookie === undefined ? {} : { cookie }),
      ...headers,
    },
    ...(body === undefined ? {} : { payload: raw ? body : JSON.stringify(body) }),
    ...(address === undefined ? {} : { remoteAddress: address }),
  };
}

/** `name=value` of the one cookie an answer sets. */
export function cookieOf(answer: LightMyRequestResponse): string {
  const [cookie] = answer.cookies;
  if (cookie === undefined) throw new Error(`no cookie: ${answer.statusCode} ${answer.body.slice(0, 300)}`);
  return `${cookie.name}=${cookie.value}`;
}

function cheapHash(message: string): string {
  const nonce = Buffer.alloc(16, 7);
  const tag = argon2Sync("argon2id", { message, nonce, parallelism: 1, tagLength: 32, memory: 8, passes: 1 });
  const text = (bytes: Buffer) => bytes.toString("base64").replace(/=+$/, "");
  return `$argon2id$v=19$m=8,t=1,p=1$${text(nonce)}$${text(tag)}`;
}

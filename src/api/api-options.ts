import type { FastifyBaseLogger } from "fastify";
import type { Registry } from "prom-client";
import type { Milliseconds } from "../domain/time.ts";
import type { Clock } from "../ports/clock.ts";
import type { ControllerServices } from "../ports/controller-services.ts";
import type { OperatorStore } from "../ports/operators.ts";
import type { DisplayStore, PairedDisplay } from "../ports/paired-displays.ts";
import type { WatchScreen, WatchScreenStore } from "../ports/watch-screens.ts";
import type { LoginThrottle } from "./authentication/login-throttle.ts";
import type { PasswordChecks } from "./authentication/password-checks.ts";
import type { ScreenSignIn } from "./authentication/screen-sign-in.ts";
import type { Sessions } from "./authentication/sessions.ts";
import type { Tokens } from "./authentication/tokens.ts";
import type { DisplayStreams } from "./display-streams.ts";
import type { EventStreams } from "./event-streams.ts";
import type { OperatorSettings } from "./operator-settings.ts";

/** Where to listen; the site configuration's `http` fits. */
export interface ApiConfig {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** Without it only loopback is served. */
  readonly tls?: { readonly certificateFile: string; readonly keyFile: string } | undefined;
}

export interface ApiOptions {
  readonly services: ControllerServices;
  readonly operators: OperatorStore;
  /** The screens at the doors. */
  readonly displayStore: DisplayStore;
  /** The screens that watch with nobody signed in. */
  readonly watchStore: WatchScreenStore;
  readonly config: ApiConfig;
  /** The console's built page; a directory that is not there is said so in the browser. */
  readonly consoleDirectory: string;
  readonly version: string;
  readonly log: FastifyBaseLogger;
  readonly clock: Clock;
  /** What of the start is still under way, although everything else is ready: `vision`, `demo people`. */
  readonly stillStarting?: () => readonly string[];
  /** Figures of other parts of the controller, shown at `/metrics` with the API's own. */
  readonly figures?: Registry;
  readonly limits?: Partial<ApiLimits>;
  readonly operatorSettings?: Partial<OperatorSettings>;
}

/** What tests shorten; nothing a site needs to set. */
export interface ApiLimits {
  readonly heartbeatInterval: Milliseconds;
  /** An event stream whose reader takes nothing for this long is closed (T7). */
  readonly stalledReader: Milliseconds;
  readonly streams: number;
  readonly headersTimeout: Milliseconds;
  readonly requestTimeout: Milliseconds;
  readonly connections: number;
  /** Of one session, or of one address without any, as a mean over ten seconds; beyond it 429. */
  readonly requestsPerSecond: number;
}

export const presetLimits: ApiLimits = {
  heartbeatInterval: 1000,
  stalledReader: 10_000,
  // A security centre with fifty consoles, and half as many again.
  streams: 80,
  headersTimeout: 10_000,
  requestTimeout: 60_000,
  connections: 256,
  requestsPerSecond: 300,
};

/** What the routes work with. */
export interface ApiContext extends ApiOptions {
  readonly limits: ApiLimits;
  readonly settings: OperatorSettings;
  readonly sessions: Sessions;
  readonly tokens: Tokens;
  readonly throttle: LoginThrottle;
  readonly passwords: PasswordChecks;
  readonly streams: EventStreams;
  readonly displays: ScreenSignIn<PairedDisplay>;
  readonly watchScreens: ScreenSignIn<WatchScreen>;
  readonly displayStreams: DisplayStreams;
}

import pino from "pino";
import type { ApiConfig, ApiLimits } from "../../src/api/api-options.ts";
import { ensureAdministrator } from "../../src/api/authentication/first-administrator.ts";
import { type RunningApi, startApi } from "../../src/api/server.ts";
import { SystemClock } from "../../src/drivers/clock/system-clock.ts";
import { FakeControllerServices } from "./fake-controller-services.ts";
import { MemoryDisplays } from "./memory-displays.ts";
import { MemoryOperators } from "./memory-operators.ts";
import { MemoryWatchScreens } from "./memory-watch-screens.ts";

export const password = "a long enough passphrase";

export interface ApiOnSocket extends AsyncDisposable {
  readonly api: RunningApi;
  readonly services: FakeControllerServices;
  readonly operators: MemoryOperators;
  /** A session's cookie. */
  readonly cookie: string;
}

export interface Wanted {
  readonly limits?: Partial<ApiLimits>;
  readonly config?: Partial<ApiConfig>;
  readonly signal?: AbortSignal;
}

/** The API on a real port of this machine, over a fake controller, with somebody logged in. */
export async function apiOnSocket({ limits, config, signal }: Wanted = {}): Promise<ApiOnSocket> {
  const { api, services, operators } = await startApiForTests({
    ...(limits === undefined ? {} : { limits }),
    ...(config === undefined ? {} : { config }),
    ...(signal === undefined ? {} : { signal }),
  });
  const answer = await fetch(`${api.address}/api/v1/session`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ username: "admin", password }),
  });
  const [cookie = ""] = (answer.headers.get("set-cookie") ?? "").split(";");
  return { api, services, operators, cookie, [Symbol.asyncDispose]: () => api.close() };
}

export async function startApiForTests({ limits, config, signal }: Wanted) {
  const clock = new SystemClock();
  const services = new FakeControllerServices(clock);
  const operators = new MemoryOperators();
  await ensureAdministrator(operators, { VESTIBULE_ADMIN_PASSWORD: password });
  const api = await startApi({
    services,
    operators,
    displayStore: new MemoryDisplays(),
    watchStore: new MemoryWatchScreens(),
    config: { host: "127.0.0.1", port: 0, ...config },
    consoleDirectory: "/nowhere",
    version: "0.0.0",
    log: pino({ level: "silent" }),
    clock,
    ...(limits === undefined ? {} : { limits }),
    ...(signal === undefined ? {} : { signal }),
  });
  return { api, services, operators };
}

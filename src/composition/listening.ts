import { setTimeout as wait } from "node:timers/promises";
import { ListenFault, type RunningApi, type StartOptions, startApi } from "../api/server.ts";
import type { Milliseconds } from "../domain/time.ts";

const retryInterval: Milliseconds = 3_000;

/**
 * Starts the API, and where another program holds its port tries again until it is free: the doors are under control
 * meanwhile, and whoever started it is told. Other faults are the configuration's, and thrown.
 */
export async function startApiWhenFree(
  options: StartOptions & { readonly signal: AbortSignal },
  onWaiting: (detail: string) => void,
): Promise<RunningApi | undefined> {
  for (let attempt = 1; !options.signal.aborted; attempt += 1) {
    try {
      return await startApi(options);
    } catch (error) {
      if (!isTaken(error)) throw error;
      if (attempt === 1) onWaiting(error.message);
      await wait(retryInterval, undefined, { signal: options.signal }).catch(() => undefined); // aborted: the loop ends
    }
  }
  return undefined;
}

function isTaken(error: unknown): error is ListenFault {
  return (
    error instanceof ListenFault &&
    error.cause instanceof Error &&
    "code" in error.cause &&
    error.cause.code === "EADDRINUSE"
  );
}

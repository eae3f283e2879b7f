import { setTimeout as wait } from "node:timers/promises";
import { ListenFault, type RunningApi, type StartOptions, startApi } from "../api/server.ts";
import type { Milliseconds } from "../domain/time.ts";

const retryInterval: Milliseconds = 3_000;

export interface Listening {
  /** Settles after the first attempt: the API is built by then, which takes the loop a while. */
  readonly attempted: Promise<void>;
  /** Once it listens; undefined where it was told to stop before. Rejects for faults of the configuration. */
  readonly running: Promise<RunningApi | undefined>;
}

/**
 * Starts the API, and where another program holds its port tries again until it is free: the doors are under control
 * meanwhile, and whoever started it is told.
 */
export function startApiWhenFree(
  options: StartOptions & { readonly signal: AbortSignal },
  onWaiting: (detail: string) => void,
): Listening {
  const first = Promise.withResolvers<void>();
  const running = listen(options, onWaiting, first.resolve).finally(first.resolve);
  return { attempted: first.promise, running };
}

async function listen(
  options: StartOptions & { readonly signal: AbortSignal },
  onWaiting: (detail: string) => void,
  onAttempted: () => void,
): Promise<RunningApi | undefined> {
  for (let attempt = 1; !options.signal.aborted; attempt += 1) {
    try {
      return await startApi(options);
    } catch (error) {
      if (!isTaken(error)) throw error;
      if (attempt === 1) onWaiting(error.message);
      onAttempted();
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

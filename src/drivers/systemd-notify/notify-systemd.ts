import process from "node:process";
import type { Milliseconds } from "../../domain/time.ts";

/** What the service manager is told (sd_notify(3)); without one, nothing happens. */
export interface SystemdNotifier {
  ready(): void;
  /** Not ready yet, and getting on: it may take so much longer from now. */
  starting(longer: Milliseconds): void;
  alive(): void;
  stopping(): void;
  /** How often it wants to hear `alive`: half of what it waits for. Undefined where it does not ask. */
  readonly interval: Milliseconds | undefined;
}

const nobody: SystemdNotifier = { ready() {}, starting() {}, alive() {}, stopping() {}, interval: undefined };

/**
 * Reads who started us from `env` and takes it out of there: our own children are not to speak for us.
 * A message that cannot be sent is told to `onFault`: systemd will restart us, and the log should say why.
 */
export async function notifySystemd(
  env: NodeJS.ProcessEnv,
  onFault: (fault: string) => void,
): Promise<SystemdNotifier> {
  const { NOTIFY_SOCKET: address, WATCHDOG_USEC: limit, WATCHDOG_PID: watched } = env;
  for (const name of ["NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID"]) delete env[name];
  if (address === undefined || address === "") return nobody;
  try {
    const { DatagramSocket } = await import("./datagram-socket.ts");
    const socket = new DatagramSocket(address);
    const send = (text: string): void => {
      try {
        socket.send(text);
      } catch (error) {
        onFault(faultOf(text, error));
      }
    };
    return {
      ready: () => send("READY=1"),
      starting: (longer) => send(`EXTEND_TIMEOUT_USEC=${Math.round(longer * 1_000)}`),
      alive: () => send("WATCHDOG=1"),
      stopping: () => send("STOPPING=1"),
      interval: intervalOf(limit, watched),
    };
  } catch (error) {
    onFault(faultOf(address, error));
    return nobody;
  }
}

/** The watchdog may be meant for another process of the service. */
function intervalOf(limit: string | undefined, watched: string | undefined): Milliseconds | undefined {
  if (watched !== undefined && watched !== String(process.pid)) return undefined;
  const microseconds = Number(limit);
  return Number.isFinite(microseconds) && microseconds > 0 ? microseconds / 2_000 : undefined;
}

const faultOf = (what: string, error: unknown): string =>
  `systemd was not told (${what}): ${error instanceof Error ? error.message : String(error)}`;

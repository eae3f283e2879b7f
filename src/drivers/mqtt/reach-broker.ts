import type { Milliseconds } from "../../domain/time.ts";
import type { Clock } from "../../ports/clock.ts";
import { BrokerConnection, ConnectionFailed } from "./broker-connection.ts";
import { endpointOf, NotConnectable, type TlsFiles } from "./broker-endpoint.ts";
import type { ConnectionSettings, ProtocolVersion } from "./connection-settings.ts";

export interface BrokerAddress extends TlsFiles {
  /** `mqtt://HOST:PORT` or `mqtts://HOST:PORT`. */
  readonly url: string;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
}

const patience: Milliseconds = 5_000;
const versions: readonly ProtocolVersion[] = [5, 4];

/**
 * Connects as a client of its own, says nothing, and leaves: a link that is running meanwhile is not disturbed. Answers
 * with the version the broker speaks, or why it could not be reached.
 */
export async function reachBroker(
  address: BrokerAddress,
  clock: Clock,
): Promise<{ readonly version: ProtocolVersion } | { readonly fault: string }> {
  let fault = "";
  for (const version of versions) {
    try {
      const settings = await settingsOf(address, version);
      const connection = await BrokerConnection.open(settings, clock, AbortSignal.timeout(patience));
      await connection.close();
      return { version };
    } catch (error) {
      if (!(error instanceof ConnectionFailed || error instanceof NotConnectable)) throw error;
      fault = error.message;
      if (!(error instanceof ConnectionFailed && error.end.kind === "version")) break;
    }
  }
  return { fault };
}

async function settingsOf(
  { url, username, password, ...files }: BrokerAddress,
  version: ProtocolVersion,
): Promise<ConnectionSettings> {
  return {
    ...(await endpointOf(url, files)),
    version,
    clientId: `vestibule-doctor-${process.pid}`,
    username,
    password,
    keepAlive: 30_000,
    connectTimeout: patience,
    publishTimeout: patience,
    maxInFlight: 1,
    will: undefined,
  };
}

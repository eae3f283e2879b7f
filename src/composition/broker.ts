import { readFileSync } from "node:fs";
import type { SiteConfiguration } from "../config/site-schema.ts";
import { EmbeddedBroker } from "../drivers/mqtt/embedded-broker.ts";
import { MqttAlarmLink } from "../drivers/mqtt/mqtt-alarm-link.ts";
import type { AlarmLink } from "../ports/alarm-link.ts";
import type { Clock } from "../ports/clock.ts";
import type { JsonObject } from "../ports/journal.ts";

export interface Broker extends AsyncDisposable {
  readonly link: AlarmLink;
  /** Where subscribers connect, for people. */
  readonly address: string;
}

/** The way to the security centre as configured: an outside broker, the embedded one, or none. */
export async function openBroker(
  { mqtt, site }: SiteConfiguration,
  clock: Clock,
  status: () => JsonObject,
  onFault: (detail: string) => void,
): Promise<Broker | undefined> {
  const clientId = `vestibule-${site.id}`;
  switch (mqtt.broker) {
    case "none":
      return undefined;
    case "embedded": {
      const broker = await EmbeddedBroker.start({
        host: mqtt.host,
        port: mqtt.port,
        clientId,
        clock,
        onFault,
      });
      const link = new MqttAlarmLink({ ...broker.link, site: site.id, status, clock });
      return brokerOf(link, `mqtt://${mqtt.host}:${broker.port}`, broker);
    }
    case "external": {
      const { url, username, passwordFile, caFile, certificateFile, keyFile } = mqtt;
      const link = new MqttAlarmLink({
        url,
        site: site.id,
        clientId,
        status,
        clock,
        ...(username === undefined ? {} : { username }),
        ...(passwordFile === undefined ? {} : { password: readFileSync(passwordFile, "utf8").trimEnd() }),
        ...(caFile === undefined ? {} : { caFile }),
        ...(certificateFile === undefined ? {} : { certificateFile }),
        ...(keyFile === undefined ? {} : { keyFile }),
      });
      return brokerOf(link, url);
    }
  }
}

function brokerOf(link: AlarmLink, address: string, embedded?: AsyncDisposable): Broker {
  return {
    link,
    address,
    async [Symbol.asyncDispose]() {
      await link[Symbol.asyncDispose]();
      await embedded?.[Symbol.asyncDispose]();
    },
  };
}

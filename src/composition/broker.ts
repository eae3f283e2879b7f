import { readFileSync } from "node:fs";
import type { SiteConfiguration } from "../config/site-schema.ts";
import { EmbeddedBroker } from "../drivers/mqtt/embedded-broker.ts";
import { MqttAlarmLink, type MqttAlarmLinkOptions } from "../drivers/mqtt/mqtt-alarm-link.ts";
import type { AlarmLink } from "../ports/alarm-link.ts";
import type { CentreRules } from "../ports/centre-rules.ts";
import type { Clock } from "../ports/clock.ts";
import { EventualAlarmLink } from "./eventual-alarm-link.ts";

type Mqtt = SiteConfiguration["mqtt"];
type Common = Pick<MqttAlarmLinkOptions, "site" | "clientId" | "status" | "clock">;

export interface Broker extends AsyncDisposable {
  readonly link: AlarmLink;
  /** What the centre may ask to be done; undefined: nothing. */
  readonly requests: CentreRules | undefined;
  /** Where subscribers connect, for people. */
  readonly address: string;
}

/** The way to the security centre as configured: an outside broker, the embedded one, or none. Never waits for it. */
export async function openBroker(
  { mqtt, site }: SiteConfiguration,
  clock: Clock,
  status: MqttAlarmLinkOptions["status"],
  onFault: (detail: string) => void,
): Promise<Broker | undefined> {
  const common: Common = { site: site.id, clientId: `vestibule-${site.id}`, status, clock };
  switch (mqtt.broker) {
    case "none":
      return undefined;
    case "embedded":
      return await openEmbedded(mqtt, common, onFault);
    case "external": {
      const link = new EventualAlarmLink(
        async () => new MqttAlarmLink({ ...common, ...externalOptions(mqtt) }),
        clock,
      );
      await link.start();
      const { url: address, requests } = mqtt;
      return { link, address, requests, [Symbol.asyncDispose]: () => link[Symbol.asyncDispose]() };
    }
  }
}

async function openEmbedded(
  { host, port, requests }: Extract<Mqtt, { broker: "embedded" }>,
  common: Common,
  onFault: (detail: string) => void,
): Promise<Broker> {
  let broker: EmbeddedBroker | undefined;
  let told: string | undefined;
  // It is tried again every few seconds; what is already known is not told again.
  const tellOnce = (detail: string): void => {
    if (detail !== told) onFault(detail);
    told = detail;
  };
  const link = new EventualAlarmLink(async () => {
    broker ??= await EmbeddedBroker.start({
      host,
      port,
      clientId: common.clientId,
      clock: common.clock,
      onFault: tellOnce,
    });
    return new MqttAlarmLink({ ...common, ...broker.link });
  }, common.clock);
  await link.start();
  const state = link.state();
  if (state.phase === "offline") tellOnce(state.detail);
  const waiting = told === undefined ? "" : " (as soon as the port is free / 待端口空闲)";
  return {
    link,
    requests,
    address: `mqtt://${host}:${broker?.port ?? port}${waiting}`,
    async [Symbol.asyncDispose]() {
      await link[Symbol.asyncDispose]();
      await broker?.[Symbol.asyncDispose]();
    },
  };
}

/** Secrets are read when the link is opened: a file that is missing makes the broker unreachable, not the doors. */
function externalOptions({
  url,
  username,
  passwordFile,
  caFile,
  certificateFile,
  keyFile,
}: Extract<Mqtt, { broker: "external" }>) {
  return {
    url,
    ...(username === undefined ? {} : { username }),
    ...(passwordFile === undefined ? {} : { password: readFileSync(passwordFile, "utf8").trimEnd() }),
    ...(caFile === undefined ? {} : { caFile }),
    ...(certificateFile === undefined ? {} : { certificateFile }),
    ...(keyFile === undefined ? {} : { keyFile }),
  };
}

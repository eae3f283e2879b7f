import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

/** Mosquitto's answer to a message beyond its message_size_limit; the standard has this reason for whole connections only. */
const packetTooLarge = 0x95;

/**
 * MQTT.js's parser gives the connection up over a reason code that the standard does not list for an answer to a message.
 * The message would be sent again at once, and be the end of the next connection too: nothing would get through any more.
 */
export function tolerateBrokersReasons(): void {
  const { MQTT5_PUBACK_PUBREC_CODES: codes } = require("mqtt-packet/constants.js") as {
    readonly MQTT5_PUBACK_PUBREC_CODES: Record<number, string>;
  }; // a plain table, without types
  codes[packetTooLarge] ??= "Packet too large";
}

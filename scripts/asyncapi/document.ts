import { z } from "zod";
import { replayRequestSchema } from "../../src/controller/centre-requests/replay-desk.ts";
import { signedRequestSchema } from "../../src/controller/centre-requests/signed-request.ts";
import {
  alarmSchema,
  cctvBookmarkSchema,
  cctvPresetSchema,
  checkpointSchema,
  eventSchema,
  replayEndSchema,
  requestAnswerSchema,
  stateSchema,
  statusSchema,
} from "../../src/controller/message-schemas.ts";
import { examples } from "./examples.ts";

/** JSON Schema as AsyncAPI has it by itself, draft 07. */
const payload = (schema: z.ZodType): object => {
  const { $schema: _draft, ...rest } = z.toJSONSchema(schema, { target: "draft-7", io: "input" });
  return rest;
};

interface Message {
  readonly title: string;
  readonly payload: object;
  readonly description?: string;
  readonly contentType?: string;
}

const messages: Readonly<Record<string, Message>> = {
  status: { title: "The controller is there, or not", payload: payload(statusSchema) },
  state: { title: "A door pair as it is now", payload: payload(stateSchema) },
  event: { title: "Something happened", payload: payload(eventSchema) },
  alarm: { title: "An alarm as it is now", payload: payload(alarmSchema) },
  cleared: {
    title: "The alarm is normal again",
    description: "An empty message, which is how MQTT removes a retained one.",
    contentType: "text/plain",
    payload: { type: "string", maxLength: 0 },
  },
  checkpoint: { title: "How far the journal is, signed", payload: payload(checkpointSchema) },
  cctvPreset: { title: "A camera is to be shown", payload: payload(cctvPresetSchema) },
  cctvBookmark: { title: "A recording is to be marked", payload: payload(cctvBookmarkSchema) },
  replayRequest: { title: "What was missed, please", payload: payload(replayRequestSchema) },
  replayEnd: { title: "That was it, or nothing", payload: payload(replayEndSchema) },
  actionRequest: {
    title: "Something is to be done",
    description:
      "Signed; how is in docs/mqtt.md. Taken once, within its time, and never where it is retained.",
    payload: payload(signedRequestSchema),
  },
  actionAnswer: { title: "What came of it", payload: payload(requestAnswerSchema) },
};

const site = { description: "The site's id, from its configuration." };
const pair = { description: "The door pair's id, or `site` for what belongs to none." };

interface Channel {
  readonly address: string;
  readonly description: string;
  readonly parameters: Readonly<Record<string, { readonly description: string }>>;
  readonly messages: readonly string[];
}

const channels: Readonly<Record<string, Channel>> = {
  status: {
    address: "vestibule/{site}/status",
    description:
      "Retained. `offline` is also the last will, published by the broker when the controller dies.",
    parameters: { site },
    messages: ["status"],
  },
  state: {
    address: "vestibule/{site}/{vestibule}/state",
    description: "Retained. A door pair as it is now; published on each change and after each reconnect.",
    parameters: { site, vestibule: { description: "The door pair's id, from the configuration." } },
    messages: ["state"],
  },
  event: {
    address: "vestibule/{site}/{vestibule}/event/{type}",
    description: "Not retained. Every record of the journal, in its order, at least once.",
    parameters: {
      site,
      vestibule: pair,
      type: { description: "The event's type, for example `AccessGranted`." },
    },
    messages: ["event"],
  },
  alarm: {
    address: "vestibule/{site}/{vestibule}/alarm/{id}",
    description:
      "Retained until the alarm is normal again; then an empty retained message clears the topic. Subscribing to `vestibule/+/+/alarm/+` gives every alarm that is open now.",
    parameters: {
      site,
      vestibule: pair,
      id: { description: "The alarm's id, its place and type, for example `v1.outer.DoorForcedOpen`." },
    },
    messages: ["alarm", "cleared"],
  },
  checkpoint: {
    address: "vestibule/{site}/checkpoint",
    description:
      "Retained. The journal's newest signed checkpoint, at every alarm, grant and change, and at least every minute. Whoever keeps them can prove later that the journal was not rewritten.",
    parameters: { site },
    messages: ["checkpoint"],
  },
  cctvPreset: {
    address: "vestibule/{site}/cctv/{camera}/preset",
    description: "Not retained. On an alarm: what the CCTV system should show, and why.",
    parameters: { site, camera: { description: "The camera's id, from the configuration." } },
    messages: ["cctvPreset"],
  },
  cctvBookmark: {
    address: "vestibule/{site}/cctv/{camera}/bookmark",
    description: "Not retained. On an alarm: where the CCTV system should mark its recording.",
    parameters: { site, camera: { description: "The camera's id, from the configuration." } },
    messages: ["cctvBookmark"],
  },
  replay: {
    address: "vestibule/{site}/request/replay",
    description:
      "Asks for events after a sequence number. The response topic must lie below `vestibule/SITE/reply/`; correlation data come back as they were sent. Retained requests are ignored.",
    parameters: { site },
    messages: ["replayRequest"],
  },
  action: {
    address: "vestibule/{site}/request/{action}",
    description: "Asks for an operator's action. Off unless the site's file has keys for it (mqtt.requests).",
    parameters: { site, action: { description: "`lockdown`, `lift-lockdown`, `acknowledge` or `grant`." } },
    messages: ["actionRequest"],
  },
  reply: {
    address: "vestibule/{site}/reply/{requester}",
    description: "Not retained, forgotten after five minutes. Whoever asks chooses the topic.",
    parameters: { site, requester: { description: "What the requester has put there; up to four levels." } },
    messages: ["event", "replayEnd", "actionAnswer"],
  },
};

const ref = (kind: string, name: string) => ({ $ref: `#/${kind}/${name}` });
const binding = (retain: boolean) => ({ mqtt: { qos: 1, retain, bindingVersion: "0.2.0" } });
const told = (channel: string, retain: boolean) => ({
  action: "send",
  channel: ref("channels", channel),
  bindings: binding(retain),
});
const asked = (channel: string, answers: readonly string[]) => ({
  action: "receive",
  channel: ref("channels", channel),
  bindings: { mqtt: { qos: 1, bindingVersion: "0.2.0" } },
  reply: {
    channel: ref("channels", "reply"),
    messages: answers.map((name) => ref("channels/reply/messages", name)),
  },
});

/** The whole description, as it stands in docs/asyncapi.yaml. */
export function asyncApi() {
  return {
    asyncapi: "3.0.0",
    id: "urn:vestibule:controller",
    info: {
      title: "Vestibule over MQTT",
      version: "1.1.0",
      description: [
        "What a Vestibule controller tells the security centre and the CCTV system, and what it may be asked. MQTT 5, or 3.1.1 where the broker speaks only that; UTF-8 JSON, QoS 1. How to connect: docs/mqtt.md.",
        "Every message carries `schema`, 1 for what is described here. Fields may be added under the same number; none is removed, renamed or given another meaning. Ignore what you do not know.",
        "With MQTT 5 each message says its content type (application/json), that it is UTF-8, and, as user properties, `schema` and, where it has one, `seq`.",
      ].join("\n\n"),
      license: { name: "Apache-2.0" },
    },
    defaultContentType: "application/json",
    servers: {
      site: {
        host: "broker.example:8883",
        protocol: "secure-mqtt",
        protocolVersion: "5.0",
        description:
          "The site's or the centre's broker. TLS; user name and password, or a client certificate.",
      },
      embedded: {
        host: "127.0.0.1:1884",
        protocol: "mqtt",
        protocolVersion: "3.1.1",
        description:
          "The controller's own small broker, on loopback. Others listen, and publish requests only.",
      },
    },
    channels: Object.fromEntries(
      Object.entries(channels).map(([name, { messages: known, ...channel }]) => [
        name,
        {
          ...channel,
          messages: Object.fromEntries(known.map((one) => [one, ref("components/messages", one)])),
        },
      ]),
    ),
    operations: {
      tellStatus: told("status", true),
      tellState: told("state", true),
      tellEvent: told("event", false),
      tellAlarm: told("alarm", true),
      tellCheckpoint: told("checkpoint", true),
      recallPreset: told("cctvPreset", false),
      markRecording: told("cctvBookmark", false),
      replay: asked("replay", ["event", "replayEnd"]),
      act: asked("action", ["actionAnswer"]),
      answer: told("reply", false),
    },
    components: {
      messages: Object.fromEntries(
        Object.entries(messages).map(([name, message]) => [
          name,
          { ...message, examples: examples[name] ?? [] },
        ]),
      ),
    },
  };
}

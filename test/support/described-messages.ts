import { readFileSync } from "node:fs";
import { Ajv, type ValidateFunction } from "ajv";
import addFormats from "ajv-formats";
import { parse } from "yaml";
import { z } from "zod";

const reference = z.object({ $ref: z.string() });
const documentSchema = z.looseObject({
  asyncapi: z.string(),
  channels: z.record(
    z.string(),
    z.object({
      address: z.string(),
      parameters: z.record(z.string(), z.object({ description: z.string() })),
      messages: z.record(z.string(), reference),
    }),
  ),
  operations: z.record(
    z.string(),
    z.object({
      action: z.enum(["send", "receive"]),
      channel: reference,
      bindings: z.object({ mqtt: z.object({ retain: z.boolean().optional() }) }),
    }),
  ),
  components: z.object({
    messages: z.record(
      z.string(),
      z.object({
        payload: z.record(z.string(), z.json()),
        examples: z.array(z.object({ name: z.string(), payload: z.json() })).min(1),
      }),
    ),
  }),
});

/** docs/asyncapi.yaml as it ships. */
export const described = documentSchema.parse(
  parse(readFileSync(new URL("../../docs/asyncapi.yaml", import.meta.url), "utf8")),
);

const ajv = new Ajv({ allErrors: true, strict: true, strictTypes: false });
addFormats.default(ajv);

const validators = new Map<string, ValidateFunction>();

/** What is wrong with `body` as this message; empty where nothing is. */
export function faultsOf(message: string, body: unknown): string {
  let validate = validators.get(message);
  if (validate === undefined) {
    validate = ajv.compile(described.components.messages[message]?.payload ?? {});
    validators.set(message, validate);
  }
  return validate(body) ? "" : ajv.errorsText(validate.errors);
}

const patterns = Object.entries(described.channels).map(([name, { address, messages }]) => ({
  ...{ name, messages: Object.keys(messages) },
  // A place of its own for the answers of everybody who asks: of several levels.
  pattern: new RegExp(`^${address.replace(/\{requester\}/, ".+").replace(/\{\w+\}/g, "[^/]+")}$`),
}));

/** Why a message on `topic` is not as the description has it; undefined where it is. */
export function undescribed(topic: string, text: string): string | undefined {
  const channel = patterns.find(({ pattern }) => pattern.test(topic));
  if (channel === undefined) return `${topic} is in no channel`;
  const body: unknown = text === "" ? "" : JSON.parse(text);
  const faults = channel.messages.map((message) => faultsOf(message, body));
  return faults.includes("") ? undefined : `${topic}: ${faults.join(" | ")}: ${text}`;
}

/** Whether messages on `topic` are to be kept by the broker. */
export function isRetained(topic: string): boolean | undefined {
  const channel = patterns.find(({ pattern }) => pattern.test(topic));
  const operation = Object.values(described.operations).find(
    ({ action, channel: { $ref } }) => action === "send" && $ref === `#/channels/${channel?.name}`,
  );
  return operation?.bindings.mqtt.retain;
}

import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { quietCondition } from "../../test/support/quiet-condition.ts";
import type { AlarmRecord } from "../domain/alarm/alarm.ts";
import { instant, wallTime } from "../domain/time.ts";
import type { LinkMessage } from "../ports/alarm-link.ts";
import { alarmMessage, eventMessage, stateMessage } from "./published-view.ts";

const reference = z.strictObject({ $ref: z.string() });
const document = z
  .object({
    asyncapi: z.string().regex(/^3\./),
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
        action: z.literal("send"),
        channel: reference,
        bindings: z.object({ mqtt: z.object({ retain: z.boolean() }) }),
      }),
    ),
    components: z.object({
      messages: z.record(
        z.string(),
        z.object({
          payload: z.json(),
          examples: z.array(z.object({ name: z.string(), payload: z.json() })).min(1),
        }),
      ),
      schemas: z.record(z.string(), z.json()),
    }),
  })
  .parse(parse(readFileSync(new URL("../../docs/asyncapi.yaml", import.meta.url), "utf8"), { merge: true }));

type Json = z.infer<ReturnType<typeof z.json>>;

/** What a reference of the document stands for; one that leads nowhere fails the test. */
function resolve(ref: string): unknown {
  let found: unknown = document;
  for (const part of ref.replace("#/", "").split("/")) {
    found = found !== null && typeof found === "object" ? Reflect.get(found, part) : undefined;
  }
  expect(found, ref).toBeDefined();
  return found;
}

/** The schema with every reference put in place. */
function whole(schema: Json): Json {
  if (Array.isArray(schema)) return schema.map(whole);
  if (schema === null || typeof schema !== "object") return schema;
  if (typeof schema["$ref"] === "string") return whole(z.json().parse(resolve(schema["$ref"])));
  return Object.fromEntries(Object.entries(schema).map(([key, inner]) => [key, whole(inner)]));
}

const validator = (message: string) =>
  z.fromJSONSchema(
    z.record(z.string(), z.json()).parse(whole(document.components.messages[message]?.payload ?? null)),
  );

const place = { vestibule: "v1", door: "outer" } as const;
const alarm: AlarmRecord = {
  ...{
    id: "v1.outer.DoorForcedOpen",
    type: "DoorForcedOpen",
    priority: "critical",
    place,
    phase: "active-acknowledged",
  },
  ...{ since: wallTime(0), lastAt: instant(0), count: 2, evidence: ["ab"], detail: "seen" },
  acknowledged: { by: "wang", at: wallTime(1), comment: "guard sent" },
  shelved: null,
  comments: [],
};
const door = {
  contact: "closed",
  bolt: "thrown",
  lock: "secured",
  secure: true,
  since: instant(0),
  alarm: null,
} as const;
const produced: Record<string, LinkMessage> = {
  alarm: alarmMessage(alarm),
  state: stateMessage({
    ...{
      id: "v1",
      name: { en: "", zh: "" },
      doors: { outer: door, inner: door },
      occupancy: 1,
      occupancySecure: 2,
      mode: "override",
      condition: {
        ...quietCondition,
        proposal: { id: "o", doors: "both", operator: "li", until: instant(9) },
      },
      displays: {},
      liveness: {},
    },
    passage: { id: "p", accessPoint: "inner-entry", step: "open", cardholder: "c" },
  }),
  event: eventMessage({
    ...{
      seq: 1,
      wall: wallTime(0),
      at: instant(0),
      boot: "b",
      type: "AccessGranted",
      version: 1,
      hash: "ab",
    },
    payload: { vestibule: "v1", name: "x" },
  }),
};

test("every reference leads somewhere, every placeholder of an address is described", () => {
  whole({ channels: document.channels, operations: document.operations } as Json);
  for (const { address, parameters } of Object.values(document.channels)) {
    const placeholders = [...address.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    expect(new Set(Object.keys(parameters))).toEqual(new Set(placeholders));
  }
  const told = Object.values(document.operations).map(({ channel }) => channel.$ref);
  expect(told.sort()).toEqual(
    Object.keys(document.channels)
      .map((name) => `#/channels/${name}`)
      .sort(),
  );
});

describe.each(Object.keys(document.components.messages))("message %s", (name) => {
  const { examples } = document.components.messages[name] ?? { examples: [] };
  test.each(examples)("example $name is as described", ({ payload }) => {
    expect(validator(name).safeParse(payload).error).toBeUndefined();
  });
});

test.each(Object.keys(produced))("what the controller publishes as %s is as described", (name) => {
  const message = produced[name];
  expect(validator(name).safeParse(message?.body).error).toBeUndefined();
  const address = document.channels[name]?.address ?? "";
  const pattern = address.replace(/\{\w+\}/g, "[^/]+").replace("vestibule/[^/]+/", "");
  expect(message?.topic).toMatch(new RegExp(`^${pattern}$`));
  const operation = Object.values(document.operations).find(
    ({ channel }) => channel.$ref === `#/channels/${name}`,
  );
  expect(operation?.bindings.mqtt.retain).toBe(message?.retain);
});

test.each(Object.keys(produced))("the description of %s refuses what is not so", (name) => {
  const body = produced[name]?.body ?? {};
  for (const key of Object.keys(body).filter((key) => key !== "withheld")) {
    const { [key]: _left, ...without } = body;
    expect(validator(name).safeParse(without).success, `without ${key}`).toBe(false);
  }
  expect(validator(name).safeParse({ ...body, schema: 2 }).success).toBe(false);
});

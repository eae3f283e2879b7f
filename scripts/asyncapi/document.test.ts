import { readFileSync } from "node:fs";
import schemas from "@asyncapi/specs";
import { Ajv, type AnySchemaObject } from "ajv";
import addFormats from "ajv-formats";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { bookmarkMessage, presetMessage } from "../../src/controller/alarm-actions/messages.ts";
import {
  alarmMessage,
  checkpointMessage,
  eventMessage,
  stateMessage,
} from "../../src/controller/published-view.ts";
import type { Firing } from "../../src/domain/alarm/actions.ts";
import type { AlarmRecord } from "../../src/domain/alarm/alarm.ts";
import { instant, wallTime } from "../../src/domain/time.ts";
import type { LinkMessage } from "../../src/ports/alarm-link.ts";
import { AskedSite } from "../../test/support/asked-site.ts";
import { CentreForTests, lockdown } from "../../test/support/centre.ts";
import { described, faultsOf, isRetained, undescribed } from "../../test/support/described-messages.ts";
import { quietCondition } from "../../test/support/quiet-condition.ts";
import { anna } from "../../test/support/site-in-one-process.ts";
import { asyncApi } from "./document.ts";

const shipped = readFileSync(new URL("../../docs/asyncapi.yaml", import.meta.url), "utf8");
const document: object = parse(shipped);

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
const firing: Firing = {
  ...{ id: "v1.outer.DoorForcedOpen", alarm: "DoorForcedOpen", priority: "critical", place },
  ...{ at: instant(0), wall: wallTime(0), count: 1, detail: null, evidence: [] },
};
const produced: Record<string, LinkMessage> = {
  checkpoint: checkpointMessage({ size: 7, note: "origin\n7\nroot\n\n— key signature\n" }),
  cctvPreset: presetMessage("street", "Door", { seq: 7, firing }),
  cctvBookmark: bookmarkMessage("street", { seq: 7, firing }),
  alarm: alarmMessage(alarm),
  state: stateMessage({
    ...{
      id: "v1",
      name: { en: "", zh: "" },
      doors: { outer: door, inner: door },
      occupancy: 1,
      occupancySecure: 2,
      limits: { vestibuleMax: 1, secureMax: 0, secureMin: 0 },
      mode: "override",
      condition: {
        ...quietCondition,
        proposal: { id: "o", doors: "both", operator: "li", until: instant(9) },
      },
      displays: {},
      liveness: {},
      cameras: {},
    },
    passage: {
      ...{ id: "p", accessPoint: "inner-entry", step: "open", cardholder: "c", mode: "card+face" },
      ...{ wants: [], verified: ["c"], of: 1, since: instant(3) },
    },
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

test("docs/asyncapi.yaml is what the code says; else run node scripts/asyncapi.ts", () => {
  expect(document).toEqual(JSON.parse(JSON.stringify(asyncApi())));
});

test("it is AsyncAPI 3, as the official schema has it", () => {
  // It brings the schema of JSON Schema with it.
  const official = new Ajv({ allErrors: true, strict: false, meta: false, validateSchema: false });
  addFormats.default(official);
  const validate = official.compile({ ...schemas.schemas["3.0.0"] } as AnySchemaObject); // typed by another package
  expect(validate(document), official.errorsText(validate.errors)).toBe(true);
  expect(validate({ ...document, channels: { status: { address: 7 } } })).toBe(false);
});

/** What a reference of the document stands for. */
const resolved = (ref: string): unknown =>
  ref
    .replace("#/", "")
    .split("/")
    .reduce<unknown>(
      (found, part) => (found !== null && typeof found === "object" ? Reflect.get(found, part) : undefined),
      document,
    );

test("every reference leads somewhere, every placeholder of an address is described", () => {
  const references = [...shipped.matchAll(/\$ref: "(#[^"]+)"/g)].map(([, ref]) => ref ?? "");
  expect(references.length).toBeGreaterThan(20);
  for (const ref of references) expect(resolved(ref), ref).toBeDefined();
  for (const { address, parameters } of Object.values(described.channels)) {
    const placeholders = [...address.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    expect(new Set(Object.keys(parameters))).toEqual(new Set(placeholders));
  }
  const used = Object.values(described.operations).map(({ channel }) => channel.$ref);
  expect(used.sort()).toEqual(
    Object.keys(described.channels)
      .map((name) => `#/channels/${name}`)
      .sort(),
  );
});

describe.each(Object.keys(described.components.messages))("message %s", (name) => {
  const { examples } = described.components.messages[name] ?? { examples: [] };
  test.each(examples)("example $name is as described", ({ payload }) => {
    expect(faultsOf(name, payload)).toBe("");
  });
});

const topicOf = ({ topic }: LinkMessage): string => `vestibule/s1/${topic}`;

test.each(Object.keys(produced))("what the controller publishes as %s is as described", (name) => {
  const message = produced[name];
  if (message === undefined) throw new Error("there is one");
  expect(faultsOf(name, message.body)).toBe("");
  expect(undescribed(topicOf(message), JSON.stringify(message.body))).toBeUndefined();
  expect(isRetained(topicOf(message))).toBe(message.retain);
});

test.each(Object.keys(produced))("the description of %s refuses what is not so", (name) => {
  const body = produced[name]?.body ?? {};
  for (const key of Object.keys(body).filter((key) => key !== "withheld")) {
    const { [key]: _left, ...without } = body;
    expect(faultsOf(name, without), `without ${key}`).not.toBe("");
  }
  expect(faultsOf(name, { ...body, schema: 2 })).not.toBe("");
});

test("whatever a site sends while people pass, doors are forced and centres ask is as described", async () => {
  const centre = new CentreForTests("s1");
  const asked = await AskedSite.open(centre.rules);
  const { site, link } = asked;
  await site.goesThrough(anna);
  await site.present("9999");
  site.moveDoor("inner", "force");
  await site.passes(500);
  await asked.ask("lockdown", centre.sign(centre.body(lockdown, site.clock.wall())));
  await asked.ask("lockdown", centre.sign(centre.body(lockdown, site.clock.wall() - 60_000)));
  await asked.ask("lockdown", "{");
  await asked.ask("replay", { after: 3 });
  await asked.ask("replay", "{");
  const sent = link.taken();
  expect(sent.length).toBeGreaterThan(50);
  for (const message of sent) {
    const text = message.body === undefined ? "" : JSON.stringify(message.body);
    expect(undescribed(topicOf(message), text)).toBeUndefined();
    expect(isRetained(topicOf(message)), message.topic).toBe(message.retain);
  }
  const channels = new Set(sent.map(({ topic }) => topic.split("/").at(topic.startsWith("reply") ? 0 : 1)));
  expect(channels).toEqual(new Set(["alarm", "event", "reply", "state"]));
});

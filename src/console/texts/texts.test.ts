import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { alarmNames } from "../../domain/alarm/alarm-names.ts";
import { en } from "./en.ts";
import { zh } from "./zh.ts";

interface TextTree {
  readonly [key: string]: string | TextTree;
}

const source = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");

function paths(texts: TextTree, prefix = ""): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of Object.entries(texts)) {
    if (typeof value === "string") found.set(prefix + key, value);
    else for (const [path, text] of paths(value, `${prefix}${key}.`)) found.set(path, text);
  }
  return found;
}

/** The members of `export type NAME = "a" | "b" …;` as the source has them. */
function union(path: string, name: string): readonly string[] {
  const body = new RegExp(`export type ${name} =([^;]+);`).exec(source(path))?.[1] ?? "";
  return [...body.matchAll(/^\s*\| "([^"]+)"/gm)].map(([, member]) => member ?? "");
}

/** The members of `export type NAME = "a" | "b";`, where all stand in one line. */
function oneLineUnion(path: string, name: string): readonly string[] {
  const body = new RegExp(`export type ${name} = ([^;\\n]+);`).exec(source(path))?.[1];
  if (body === undefined) throw new Error(`${path} has no ${name} in one line`);
  return [...body.matchAll(/"([^"]+)"/g)].map(([, member]) => member ?? "");
}

/** The `type`s of a file's events: past tense, PascalCase. */
const eventTypes = (path: string): readonly string[] =>
  [...source(path).matchAll(/readonly type: "([A-Z]\w+)"/g)].map(([, type]) => type ?? "");

/** What else the controller and the API write into the journal by name. */
function namedRecords(folder: string): readonly string[] {
  return readdirSync(new URL(`../../${folder}`, import.meta.url), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
    .flatMap((file) => [
      ...source(`${folder}/${file}`).matchAll(/(?:[nN]ote|[eE]ntry|\.record)\(\s*"([A-Z]\w+)"/g),
    ])
    .map(([, type]) => type ?? "");
}

test("every text is there in both languages, with the same places to fill in", () => {
  const english = paths(en);
  const chinese = paths(zh);
  const places = (text = ""): readonly string[] => (text.match(/\{\{\w+\}\}/g) ?? []).sort();
  expect([...chinese.keys()].sort()).toEqual([...english.keys()].sort());
  for (const [path, text] of english) {
    expect(text, path).not.toBe("");
    expect(places(chinese.get(path)), path).toEqual(places(text));
  }
});

test("Chinese texts are Chinese, with Chinese punctuation", () => {
  const latinOnly = new Set(["app.language", "app.languageLabel", "health.mqtt"]);
  for (const [path, text] of paths(zh)) {
    if (latinOnly.has(path)) continue;
    const words = text.replaceAll(/\{\{\w+\}\}/g, "");
    if (/\p{Letter}/u.test(words)) expect(words, path).toMatch(/\p{Script=Han}/u);
    expect(text, path).not.toMatch(/\p{Script=Han}[,:;!?()]|[,:;!?()]\p{Script=Han}/u);
  }
});

test("every event that is recorded has a sentence", () => {
  const raw = new Set([
    "ContactRead",
    "BoltRead",
    "ControllerHeard",
    "OccupancyRestored",
    "CameraClockMeasured",
  ]); // never recorded
  const events = [
    ...eventTypes("domain/interlock/event.ts").filter((type) => !raw.has(type)),
    ...eventTypes("domain/access/event.ts"),
    ...eventTypes("domain/alarm/life-cycle.ts").filter((type) => type.startsWith("Alarm")),
    ...eventTypes("ports/vision-link.ts").filter((type) => type.startsWith("Camera") && !raw.has(type)),
    ...namedRecords("controller"),
    ...namedRecords("api"),
  ];
  expect(events.length).toBeGreaterThan(40);
  expect(events.filter((type) => !Object.hasOwn(en.event, type))).toEqual([]);
});

test("every reason for denial, refusal and securing has words", () => {
  const reasons = [
    ...union("domain/access/event.ts", "DenialReason"),
    ...union("domain/interlock/event.ts", "ReleaseRefusal"),
    ...oneLineUnion("domain/interlock/event.ts", "OverrideRefusal"),
    ...oneLineUnion("domain/interlock/event.ts", "ResetRefusal"),
  ];
  const causes = union("domain/interlock/event.ts", "SecuringCause");
  expect(reasons.length).toBeGreaterThan(15);
  expect(causes.length).toBeGreaterThan(4);
  expect(reasons.filter((reason) => !Object.hasOwn(en.reason, reason))).toEqual([]);
  expect(causes.filter((cause) => !Object.hasOwn(en.cause, cause))).toEqual([]);
});

test("every alarm has a name", () => {
  const alarms = union("domain/alarm/alarm.ts", "AlarmType");
  expect(alarms.length).toBeGreaterThan(15);
  expect(alarms.filter((alarm) => !Object.hasOwn(en.alarms.type, alarm))).toEqual([]);
});

test("every cue, verdict and thing that is asked for has words", () => {
  const track = "domain/biometric/liveness/track.ts";
  const actions = [...source("domain/biometric/challenge.ts").matchAll(/challengeActions = \[([^\]]+)\]/g)]
    .flatMap(([, list]) => [...(list ?? "").matchAll(/"(\w+)"/g)])
    .map(([, action]) => action ?? "");
  const cues = union(track, "CueName");
  expect([cues.length, actions.length]).toEqual([7, 4]);
  expect(cues.filter((cue) => !Object.hasOwn(en.liveness.cue, cue))).toEqual([]);
  expect(actions.filter((action) => !Object.hasOwn(en.display, action))).toEqual([]);
  for (const says of ["live", "attack", "uncertain", "silent"])
    expect(Object.hasOwn(en.liveness.says, says), says).toBe(true);
});

test("outside the console an alarm has the same name as in it", () => {
  expect(Object.entries(alarmNames).map(([type, name]) => [type, name.en, name.zh])).toEqual(
    Object.keys(alarmNames).map((type) => {
      const key = type as keyof typeof alarmNames; // its own keys
      return [type, en.alarms.type[key], zh.alarms.type[key]];
    }),
  );
});

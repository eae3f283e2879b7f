import { z } from "zod";
import { accessPointNames, doorNames } from "../domain/names.ts";
import {
  type CommissioningView,
  commissioningSteps,
  type DraftView,
  draftSections,
  type RunningTest,
} from "../ports/services/commissioning-services.ts";
import { listOf, said } from "./answered.ts";

const verdict = z.enum(["passed", "doubtful", "failed"]).describe("doubtful: it works, with a remark");
const wall = z.string().describe("ISO 8601, UTC");

const stepResult = z.object({ asked: said, seen: said, verdict });

const testSchema = z.object({
  id: z.string(),
  step: z.enum(commissioningSteps),
  kind: z.enum([
    "board",
    "line",
    "trial",
    "relay",
    "reader",
    "keypad",
    "camera",
    "person",
    "clock",
    "broker",
    "demonstration",
  ]),
  title: said,
  about: said.describe("What it takes, before it is begun"),
  vestibule: z.string().nullable(),
  door: z.enum(doorNames).nullable(),
  accessPoint: z.enum(accessPointNames).nullable(),
  camera: z.string().nullable(),
  line: z.string().nullable(),
  state: z
    .enum(["untried", "outdated", "passed", "doubtful", "failed"])
    .describe("outdated: what it was about has been changed since"),
  result: z
    .object({
      verdict,
      finding: z.string().describe("What exactly: inOrder, contactsSwapped, …"),
      seen: said,
      todo: said.nullable(),
      figures: z.record(z.string(), z.unknown()),
      steps: listOf(stepResult),
      operator: z.string(),
      at: wall,
      seq: z.int().describe("The record that says so"),
    })
    .nullable(),
  leftOut: z
    .object({ operator: z.string(), at: wall, reason: z.string() })
    .nullable()
    .describe("Left out, and why: an open point of the report"),
});

const runningFields = z.object({
  id: z.string(),
  operator: z.string(),
  since: wall,
  asked: said.nullable().describe("What the person is to do now; null: nothing, wait"),
  until: wall.nullable(),
  seen: said.nullable().describe("What was seen last"),
  step: z.object({ number: z.int(), of: z.int() }).nullable(),
  done: listOf(stepResult),
});
const runningExample = {
  id: "trial.v1.outer",
  operator: "installer",
  since: "2026-11-22T12:00:00.000Z",
  asked: {
    en: "v1: open the outer door, please, and leave the other one alone",
    zh: "v1：请打开外门（门1），不要动另一扇门",
  },
  until: "2026-11-22T12:01:00.000Z",
  seen: null,
  step: { number: 1, of: 2 },
  done: [],
};
export const runningSchema = runningFields.meta({ examples: [runningExample] });

const who = { operator: z.string(), at: wall };

export const commissioningSchema = z
  .object({
    state: z
      .enum(["uncommissioned", "underWay", "inService"])
      .describe(
        "uncommissioned: no site file yet, no line is taken; underWay: cards open nothing until it is ended",
      ),
    begun: z.object(who).nullable(),
    ended: z.object({ ...who, comment: z.string() }).nullable(),
    mayApply: z.boolean().describe("Whether this service may write the file that it runs by"),
    file: z.string(),
    hash: z.string().describe("Of the configuration that runs"),
    boots: z.object({ version: z.string(), node: z.string(), machine: z.string() }),
    draft: z.object({ faults: z.int(), differs: z.boolean() }),
    tests: listOf(testSchema).describe("In the order of the work"),
    running: runningFields.nullable(),
    report: z.object({ seq: z.int(), at: wall }).nullable(),
  })
  .meta({
    examples: [
      {
        state: "underWay",
        begun: { operator: "installer", at: "2026-11-22T11:40:00.000Z" },
        ended: null,
        mayApply: true,
        file: "/var/lib/vestibule/commissioning/site.yaml",
        hash: "5f1c7a0c6d6f7c8f0d3b1c2a4e5f60718293a4b5c6d7e8f90112233445566778",
        boots: { version: "0.1.0", node: "v24.21.0", machine: "Raspberry Pi 5 Model B" },
        draft: { faults: 0, differs: false },
        tests: [
          {
            id: "trial.v1.outer",
            step: "doors",
            kind: "trial",
            title: { en: "v1: outer door", zh: "v1：外门（门1）" },
            about: {
              en: "The door is released; open and close it.",
              zh: "系统开锁后，请打开并关闭该门。",
            },
            vestibule: "v1",
            door: "outer",
            accessPoint: null,
            camera: null,
            line: null,
            state: "untried",
            result: null,
            leftOut: null,
          },
        ],
        running: runningExample,
        report: null,
      },
    ],
  });

const draftExample: DraftView = {
  sections: {
    site: { id: "branch-0512", name: { en: "Renmin Road branch", zh: "人民路支行" } },
    board: { kind: "gpio", profile: "raspberry-pi-5", driver: "auto" },
    lines: {
      "outer.lock": {
        direction: "out",
        chip: "pinctrl-rp1",
        line: { name: "GPIO17" },
        pull: "down",
        terminal: "header pin 11",
      },
    },
    doors: [{ id: "v1", doors: { outer: { lock: "fail-secure", bolt: "fitted" }, inner: {} } }],
    cameras: [{ id: "street", source: { kind: "rtsp", url: "rtsp://192.0.2.11:554/stream2" } }],
    readers: [
      {
        vestibule: "v1",
        accessPoint: "outer-entry",
        reader: { kind: "pcsc", name: "ACS ACR122U" },
        camera: "street",
      },
    ],
    clock: { timeZone: "Asia/Shanghai" },
    broker: { broker: "embedded" },
  },
  faults: [
    {
      section: "doors",
      path: "vestibules[0].doors.outer.lock",
      found: '"fail-sure"',
      expected: "fail-secure or fail-safe",
      remedy: { en: "did you mean fail-secure?", zh: "是否应为 fail-secure？" },
    },
  ],
  yaml: "site:\n  id: branch-0512\n",
  profileYaml: null,
  differences: [{ path: "site.id", before: "new", after: "branch-0512" }],
  hash: "0f1c7a0c6d6f7c8f0d3b1c2a4e5f60718293a4b5c6d7e8f90112233445566778",
};

export const draftSchema = z
  .object({
    sections: z.record(z.enum(draftSections), z.unknown()),
    faults: listOf(
      z.object({
        section: z.enum(draftSections).nullable(),
        path: z.string(),
        found: z.string(),
        expected: z.string(),
        remedy: said,
      }),
    ),
    yaml: z.string().describe("As it would be written, with comments"),
    profileYaml: z.string().nullable().describe("The board's profile with this site's lines"),
    differences: listOf(z.object({ path: z.string(), before: z.unknown(), after: z.unknown() })).describe(
      "Against what runs",
    ),
    hash: z.string(),
  })
  .meta({ examples: [draftExample] });

/** Instants as the outside has them. */
const isoOf = (at: number): string => new Date(at).toISOString();

export const runningView = (running: RunningTest) => ({
  ...running,
  since: isoOf(running.since),
  until: running.until === null ? null : isoOf(running.until),
});

const onlyWhen = <T extends { readonly at: number }>(one: T | null) => one && { ...one, at: isoOf(one.at) };

export const commissioningView = (view: CommissioningView) => ({
  ...view,
  begun: onlyWhen(view.begun),
  ended: onlyWhen(view.ended),
  report: onlyWhen(view.report),
  running: view.running && runningView(view.running),
  tests: view.tests.map((test) => ({
    ...test,
    result: onlyWhen(test.result),
    leftOut: onlyWhen(test.leftOut),
  })),
});

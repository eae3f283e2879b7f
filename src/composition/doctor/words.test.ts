import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { SiteState } from "../../ports/controller-services.ts";
import type { LineView } from "../../ports/services/commissioning-finds.ts";
import type { Finding } from "./finding.ts";
import { runningFindings } from "./running-findings.ts";
import { cameraText } from "./words.ts";

const chinese = /\p{Script=Han}/u;

const line = (name: string, raw: LineView["raw"], chip: string | null = null): LineView => ({
  ...{ name, direction: "in", raw, steady: raw, changedAgo: null, changes: 0 },
  ...{ terminal: null, chip, line: chip === null ? null : "GPIO5" },
});

const site = (state: object): { readonly state: () => SiteState } => ({
  state: () =>
    ({
      cameras: [],
      readers: [],
      processes: { vision: { state: "running", detail: { model: "m1", backend: "onnx" } } },
      templates: null,
      ...state,
    }) as unknown as SiteState, // what doctor looks at of it
});

const seen = (findings: readonly Finding[]) => findings.map((finding) => finding.seen);

test("levels of lines are said in both languages, behind where they are", () => {
  const lines = [line("v1.outer.contact", "closed", "gpiochip0"), line("v1.outer.bolt", "unread")];
  expect(seen(runningFindings(site({}), lines)).slice(0, 2)).toEqual([
    { en: "gpiochip0 GPIO5: closed", zh: "gpiochip0 GPIO5：关" },
    { en: "not read", zh: "未读到" },
  ]);
});

test("cameras, readers and vision that are not well are said in both languages", () => {
  const camera = (state: string, detail: string | null, ...health: string[]) => ({
    ...{ id: "c1", state, detail, health, clock: null },
  });
  const reader = (facts: object) => ({
    ...{ vestibule: "v1", accessPoint: "outer-entry", state: "online", detail: null },
    ...{ tampered: false, powerFault: false, ...facts },
  });
  const found = runningFindings(
    site({
      cameras: [
        camera("lost", "connect ECONNREFUSED"),
        camera("live", null, "CameraFrozen", "CameraCovered"),
        camera("starting", null),
      ],
      readers: [
        reader({ state: "lost" }),
        reader({ tampered: true }),
        reader({ powerFault: true }),
        reader({ state: "lost", detail: "no such device" }),
      ],
      processes: { vision: { state: "lost", detail: null } },
    }),
    undefined,
  );
  expect(found.every(({ verdict }) => verdict === "bad")).toBe(true);
  for (const { seen: said, tried } of found)
    for (const text of [said.zh, tried.zh]) expect(text).toMatch(chinese);
  expect(seen(found).map(({ en }) => en)).toEqual([
    "the interlock does not answer",
    "vision is lost",
    "it does not answer",
    "its housing is open",
    "its supply fails",
    "no such device",
    "connect ECONNREFUSED",
    "the picture stands still, covered or turned away",
    "starting",
  ]);
  // What a machine said is kept to the letter beside what it is about.
  expect(found.at(-3)?.seen.zh).toBe("摄像机异常（原文：connect ECONNREFUSED）");
  expect(found.at(-2)?.seen.zh).toBe("画面静止，被遮挡或转动");
});

test("whatever a camera's picture is said to lack is known in Chinese", () => {
  const said = readFileSync(new URL("../../vision/camera-health.ts", import.meta.url), "utf8");
  const details = [...said.matchAll(/"((?:the (?:picture|same pictures)|no picture)[^"]*)"/g)].map(
    ([, detail]) => detail ?? "",
  );
  expect(details.length).toBeGreaterThanOrEqual(9);
  for (const detail of details) expect(cameraText(detail).zh, detail).not.toContain("原文");
});

test("texts of doctor are punctuated as Chinese is", () => {
  const sources = [
    ...readdirSync(new URL(".", import.meta.url)).map((name) => new URL(name, import.meta.url)),
    ...["../camera-look.ts", "../../cli/doctor.ts", "../../cli/composed-doctor.ts"].map(
      (name) => new URL(name, import.meta.url),
    ),
  ].filter(({ pathname }) => !pathname.endsWith(".test.ts"));
  const halfWidth = /\p{Script=Han}[,:;!?()]|[,:;!?]\p{Script=Han}/u;
  for (const source of sources) expect(readFileSync(source, "utf8")).not.toMatch(halfWidth);
});

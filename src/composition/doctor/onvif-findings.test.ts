import { expect, test } from "vitest";
import { siteSchema } from "../../config/site-schema.ts";
import type { ProbeReport } from "../../drivers/camera-onvif/probe.ts";
import { onvifFindings } from "./onvif-findings.ts";

const device = { manufacturer: "Own", model: "Door", firmware: "1", serialNumber: "SN-1" };
const good: ProbeReport = { steps: [], device, clockOffset: 400, presets: [{ token: "1", name: "Door" }] };

async function seen(camera: object, report: ProbeReport): Promise<readonly (readonly [string, string])[]> {
  const { cameras } = siteSchema.pick({ cameras: true }).parse({ cameras: [{ id: "c1", ...camera }] });
  const findings = await onvifFindings({ cameras }, async () => report);
  return findings.map(({ verdict, seen: { en } }) => [verdict, en] as const);
}

const source = { kind: "onvif", address: "http://192.0.2.1", serialNumber: "SN-1" };

test("a camera with its right serial number, clock and presets is good, and that is all", async () => {
  expect(await seen({ source, alarmPreset: "Door" }, good)).toEqual([["good", "Own Door"]]);
});

test("a clock that is off, a camera nobody could tell from another, a preset that is not there", async () => {
  const { serialNumber: _one, ...unpinned } = source;
  const report = { ...good, clockOffset: -61_000 };
  expect(await seen({ source: unpinned, alarmPreset: { v1: "Hall" } }, report)).toEqual([
    ["good", "Own Door"],
    ["doubtful", "its clock is -61 s off"],
    ["doubtful", "another camera at this address would not be noticed"],
    ["bad", "it has no preset Hall"],
  ]);
});

test("T20: another camera is bad; one that does not answer too, with why", async () => {
  expect(await seen({ source: { ...source, serialNumber: "SN-0" } }, good)).toContainEqual([
    ...["bad", "another camera: its serial number is SN-1"],
  ]);
  const silent: ProbeReport = {
    steps: [{ asked: "clock", fault: { kind: "unreachable", text: "no answer" } }],
  };
  expect(await seen({ source }, silent)).toEqual([["bad", "no answer"]]);
});

test("presets that the CCTV system recalls are not looked for in the camera; other cameras are not asked", async () => {
  expect(await seen({ source, alarmPreset: "Hall", presetsBy: "cctv" }, good)).toHaveLength(1);
  expect(await seen({ source: { kind: "simulated" } }, good)).toEqual([]);
});

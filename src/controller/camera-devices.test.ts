import { describe, expect, test } from "vitest";
import type { AlarmRecord } from "../domain/alarm/alarm.ts";
import type { Condition } from "../domain/alarm/conditions.ts";
import { VirtualClock } from "../simulation/virtual-clock.ts";
import { CameraDevices } from "./camera-devices.ts";
import type { Chronicle } from "./chronicle.ts";

/** What is recorded, and what it means for the alarms. */
function desk(open: Readonly<Record<string, Pick<AlarmRecord, "phase">>> = {}) {
  const clock = new VirtualClock();
  const records: { readonly type: string; readonly payload: object }[] = [];
  const conditions: Pick<Condition, "is" | "alarm" | "place">[] = [];
  const keep = (entries: typeof records, of: readonly Condition[] = []): void => {
    records.push(...entries);
    conditions.push(...of);
  };
  const entry = (type: string, payload: object) => ({ type, payload });
  const note = (type: string, payload: object): void => keep([entry(type, payload)]);
  const chronicle = { entry, keep, note } as unknown as Chronicle; // what of it is used here
  const find = (id: string) => open[id] as AlarmRecord | undefined; // its phase alone is looked at
  let changes = 0;
  const devices = new CameraDevices(clock, chronicle, { find }, () => void changes++);
  return { clock, devices, records, conditions, changes: () => changes };
}

const types = (records: readonly { readonly type: string }[]): string[] => records.map(({ type }) => type);

describe("what a camera notices", () => {
  test("tampering is the alarm Tampered at that camera, once, until the camera says that it is over", () => {
    const { devices, records, conditions } = desk();
    for (let time = 0; time < 3; time++)
      devices.take("c1", { type: "CameraTampered", detail: "VideoSource/GlobalSceneChange" });
    devices.take("c2", { type: "CameraTamperEnded" });
    devices.take("c1", { type: "CameraTamperEnded" });
    expect(records).toEqual([
      { type: "CameraTampered", payload: { camera: "c1", detail: "VideoSource/GlobalSceneChange" } },
      { type: "CameraTamperEnded", payload: { camera: "c1" } },
    ]);
    expect(conditions).toMatchObject([
      { is: "seen", alarm: "Tampered", place: { camera: "c1" } },
      { is: "gone", alarm: "Tampered", place: { camera: "c1" } },
    ]);
  });

  test("an alarm of before the restart ends when the camera says so", () => {
    const { devices, conditions } = desk({ "c1.Tampered": { phase: "active-unacknowledged" } });
    devices.take("c1", { type: "CameraTamperEnded" });
    expect(conditions).toMatchObject([{ is: "gone", alarm: "Tampered" }]);
  });

  test("an input's changes are recorded, its repetitions are not", () => {
    const { devices, records } = desk();
    for (const active of [true, true, false, false])
      devices.take("c1", { type: "CameraInputChanged", input: "in1", active });
    expect(records.map(({ payload }) => payload)).toEqual([
      { camera: "c1", input: "in1", active: true },
      { camera: "c1", input: "in1", active: false },
    ]);
  });

  test("T21: one that flaps fills neither the record nor the alarms, and how it stands in the end is told", () => {
    const { clock, devices, records, conditions } = desk();
    for (let time = 0; time < 10_000; time++)
      devices.take(
        "c1",
        time % 2 === 0 ? { type: "CameraTampered", detail: "x" } : { type: "CameraTamperEnded" },
      );
    for (let input = 0; input < 10_000; input++)
      devices.take("c1", { type: "CameraInputChanged", input: `in${input}`, active: true });
    devices.take("c1", { type: "CameraTampered", detail: "x" });
    expect(records.length).toBe(60);
    expect(conditions.at(-1)).toMatchObject({ is: "gone" });
    clock.advance(3_600_000);
    expect(types(records.slice(60))).toEqual(["CameraEventsSuppressed", "CameraTampered"]);
    expect(conditions.at(-1)).toMatchObject({ is: "seen", alarm: "Tampered" });
    clock.advance(3_600_000);
    expect(records).toHaveLength(62);
  });
});

describe("a camera's clock", () => {
  const measured = (offset: number) => ({ type: "CameraClockMeasured", offset }) as const;

  test("is kept for the state and not for the record, as long as it is right", () => {
    const { devices, records, changes } = desk();
    expect(devices.clockOf("c1")).toBeUndefined();
    for (const offset of [0, 900, -4_900, 4_900]) devices.take("c1", measured(offset));
    expect(records).toEqual([]);
    expect(devices.clockOf("c1")).toMatchObject({ offset: 5, measured: expect.stringMatching(/^2026-/) });
    expect(changes()).toBe(4);
  });

  test("more than 5 s off is an alarm, until it is clearly less", () => {
    const { devices, records, conditions } = desk();
    for (const offset of [-6_000, -4_900, -5_100, -60_000, -3_000, -3_000])
      devices.take("c1", measured(offset));
    expect(records).toEqual([
      { type: "CameraClockDrifted", payload: { camera: "c1", seconds: -6 } },
      { type: "CameraClockRight", payload: { camera: "c1", seconds: -3 } },
    ]);
    expect(conditions).toMatchObject([
      { is: "seen", alarm: "CameraClockDrift", place: { camera: "c1" } },
      { is: "gone", alarm: "CameraClockDrift", place: { camera: "c1" } },
    ]);
  });
});

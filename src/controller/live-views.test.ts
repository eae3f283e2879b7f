import { expect, test } from "vitest";
import { MemoryJournal } from "../simulation/memory-journal.ts";
import { VirtualClock } from "../simulation/virtual-clock.ts";
import { AlarmDesk } from "./alarm-desk.ts";
import { Chronicle } from "./chronicle.ts";
import { LiveViews } from "./live-views.ts";
import { Recorder } from "./recorder.ts";

function views() {
  const clock = new VirtualClock();
  const journal = new MemoryJournal(clock);
  const recorder = new Recorder(journal, clock, { onRecord: () => undefined, onStorage: () => undefined });
  const chronicle = new Chronicle(recorder, new AlarmDesk(clock), clock);
  const asked: string[] = [];
  const live = new LiveViews({
    ...{ clock, chronicle },
    vision: { showLive: (camera) => void asked.push(camera) },
    vestibules: [],
    pictures: { watch: () => ({ [Symbol.dispose]: () => undefined }) },
  });
  const watch = (camera: string, operator = "olga") => live.watch(camera, operator, () => undefined);
  const recorded = () =>
    journal.query({ type: "CameraWatched", limit: 100 }).map(({ payload }) => payload["operator"]);
  return { clock, journal, asked, watch, recorded };
}

test("vision is asked for pictures as long as anybody looks, and no longer", () => {
  const { clock, asked, watch } = views();
  const [one, two] = [watch("street"), watch("street", "wang")];
  clock.advance(5_000);
  expect(asked.length).toBeGreaterThanOrEqual(6);
  one[Symbol.dispose]();
  const before = asked.length;
  clock.advance(2_000);
  expect(asked.length).toBeGreaterThan(before);
  two[Symbol.dispose]();
  clock.advance(1_000);
  expect(clock.nextWake()).toBeUndefined();
});

test("who looked is recorded once a view, and nobody looks where that cannot be written", () => {
  const { clock, journal, asked, watch, recorded } = views();
  watch("street")[Symbol.dispose]();
  watch("street")[Symbol.dispose]();
  watch("street", "wang")[Symbol.dispose]();
  expect(recorded()).toEqual(["olga", "wang"]);
  clock.advance(61_000);
  watch("street")[Symbol.dispose]();
  expect(recorded()).toEqual(["olga", "wang", "olga"]);
  journal.setDiskFull(true);
  const before = asked.length;
  expect(() => watch("hall")).toThrow("cannot be written");
  expect(asked.length).toBe(before);
});

import { wallTime } from "../../domain/time.ts";
import {
  type CameraFault,
  type CameraHistory,
  type CameraInterval,
  cameraFaults,
} from "../../ports/services/figure-services.ts";
import { textOf } from "../ended-passages.ts";
import type { Folding, Period } from "./folding.ts";

/** Of one camera; a camera that flaps all day has more, and its share says so. */
const mostIntervals = 200;

const faultOf = (name: unknown): CameraFault | undefined => cameraFaults.find((one) => one === name);

/** When each camera could not be believed, and which share of the period that leaves. */
export function cameraHistory(cameras: readonly string[], period: Period): Folding<readonly CameraHistory[]> {
  const found = new Map<string, CameraInterval[]>(cameras.map((camera) => [camera, []]));
  const open = new Map<
    string,
    { readonly camera: string; readonly fault: CameraFault; readonly since: number }
  >();
  const seen = new Set<string>();

  const close = (camera: string, fault: CameraFault, since: number, to: number | null): void => {
    if (to !== null && to < period.from) return;
    const intervals = found.get(camera) ?? [];
    found.set(camera, intervals);
    intervals.push({
      fault,
      from: wallTime(Math.max(since, period.from)),
      to: to === null ? null : wallTime(Math.min(to, period.to)),
      before: since < period.from,
    });
  };

  return {
    types: new Set([...cameraFaults, "CameraRestored"]),
    take({ type, wall, payload }) {
      if (wall > period.to) return;
      const camera = textOf(payload["camera"]);
      const fault = faultOf(type === "CameraRestored" ? payload["from"] : type);
      if (camera === "" || fault === undefined) return;
      const key = `${camera} ${fault}`;
      const lasting = open.get(key);
      if (type !== "CameraRestored") {
        if (lasting === undefined) open.set(key, { camera, fault, since: wall });
      } else if (lasting !== undefined) {
        open.delete(key);
        close(camera, fault, lasting.since, wall);
      } else if (!seen.has(key)) {
        // It has ended, so it had begun: before everything that is still on record.
        close(camera, fault, Number.NEGATIVE_INFINITY, wall);
      }
      seen.add(key);
    },
    figure() {
      for (const { camera, fault, since } of open.values()) close(camera, fault, since, null);
      open.clear();
      return [...found]
        .map(([camera, intervals]) => ({
          camera,
          available: availability(intervals, period),
          intervals: intervals.toSorted((a, b) => a.from - b.from).slice(0, mostIntervals),
          omitted: Math.max(0, intervals.length - mostIntervals),
        }))
        .toSorted((a, b) => (a.camera < b.camera ? -1 : 1));
    },
  };
}

/** Where two faults are there at once, the time counts once. */
function availability(intervals: readonly CameraInterval[], { from, to }: Period): number {
  if (to <= from) return 1;
  let lost = 0;
  let counted = from;
  for (const interval of intervals.toSorted((a, b) => a.from - b.from)) {
    const begin = Math.max(interval.from, counted);
    const end = interval.to ?? to;
    if (end <= begin) continue;
    lost += end - begin;
    counted = end;
  }
  return 1 - lost / (to - from);
}

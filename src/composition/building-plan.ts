import { milliseconds } from "../config/policy-of.ts";
import type { SiteConfiguration } from "../config/site-schema.ts";
import { accessPointNames } from "../domain/names.ts";
import type { BuildingPlan } from "../simulation/building.ts";

/** The simulated building that fits a site's configuration; only a site on the simulated board has one. */
export function buildingPlanOf({ vestibules, cameras, board, alarms }: SiteConfiguration): BuildingPlan {
  if (board.kind !== "simulated") throw new Error(`the doors of the board ${board.kind} are real`);
  return {
    outputs: alarms.outputs.map(({ name }) => name),
    doorCloserTime: milliseconds(board.doorCloserTime),
    cameras: cameras.flatMap(({ id, source }) => (source.kind === "simulated" ? [id] : [])),
    vestibules: vestibules.map(({ id, doors, accessPoints }) => ({
      id,
      doors: {
        outer: { lock: doors.outer.lock, bolt: doors.outer.bolt, rex: doors.outer.rex },
        inner: { lock: doors.inner.lock, bolt: doors.inner.bolt, rex: doors.inner.rex },
      },
      readers: accessPointNames.filter((name) => accessPoints[name]?.reader?.kind === "simulated"),
    })),
  };
}

import { createHash } from "node:crypto";
import type { CommissionedSite } from "../../commissioning/commissioned-site.ts";
import type { WiredLine } from "../../commissioning/line-views.ts";
import { milliseconds } from "../../config/policy-of.ts";
import type { DoorConfiguration, SiteConfiguration } from "../../config/site-schema.ts";
import { accessPointNames, doorNames } from "../../domain/names.ts";
import type { LinePlan, VestibuleLinePlan } from "../../drivers/gpio/line-plan.ts";
import type { WiredVestibules } from "../door-lines.ts";

const hashed = (...parts: readonly unknown[]): string =>
  createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 16);

/** What of a site's configuration its tests go by. */
export function commissionedSiteOf(
  site: SiteConfiguration,
  wired: WiredVestibules | undefined,
): CommissionedSite {
  const { vestibules, cameras, mqtt, board } = site;
  const doors = vestibules.map(({ accessPoints: _points, ...rest }) => rest);
  const points = vestibules.map(({ id, accessPoints }) => [id, accessPoints]);
  const wires = [board, wired, doors];
  return {
    timeZone: site.site.timeZone,
    cameras: cameras.map(({ id }) => id),
    vestibules: vestibules.map((vestibule) => ({
      id: vestibule.id,
      onFire: vestibule.onFire,
      settleTime: milliseconds(vestibule.settleTime),
      doors: { outer: doorOf(vestibule.doors.outer), inner: doorOf(vestibule.doors.inner) },
      accessPoints: accessPointNames.flatMap((name) => {
        const point = vestibule.accessPoints[name];
        if (point === undefined) return [];
        const { reader, camera } = point;
        return [{ name, reader: reader !== undefined, keypad: hasKeypad(reader), camera }];
      }),
    })),
    basis: {
      board: hashed(board, wired),
      lines: hashed(...wires),
      doors: hashed(...wires),
      readers: hashed(points),
      cameras: hashed(cameras, points),
      clock: hashed(site.site.timeZone),
      broker: hashed(mqtt),
      interlock: hashed(...wires, points),
    },
  };
}

const doorOf = ({ bolt, releaseTime, boltTime }: DoorConfiguration) => ({
  bolt: bolt === "fitted",
  releaseTime: milliseconds(releaseTime),
  boltTime: milliseconds(boltTime),
});

function hasKeypad(reader: unknown): boolean {
  if (typeof reader !== "object" || reader === null) return false;
  // Each of the simulated building has one; of others it is said.
  return ("kind" in reader && reader.kind === "simulated") || ("keypad" in reader && reader.keypad === true);
}

/** Where each line's wire goes, by the line's name at the interlock. */
export function wiringOf(
  wired: WiredVestibules | undefined,
  terminals: ReadonlyMap<string, string>,
): ReadonlyMap<string, WiredLine> {
  const places = new Map<string, WiredLine>();
  const put = (name: string, plan: LinePlan | undefined): void => {
    if (plan === undefined) return;
    const line = "name" in plan.line ? plan.line.name : `line ${plan.line.offset}`;
    places.set(name, { chip: plan.chip, line, terminal: terminals.get(plan.name) ?? null });
  };
  for (const [id, lines] of wired ?? []) putAll(id, lines, put);
  return places;
}

function putAll(
  id: string,
  lines: VestibuleLinePlan,
  put: (name: string, plan: LinePlan | undefined) => void,
): void {
  for (const door of doorNames) {
    const { lock, contact, bolt, rex } = lines.doors[door];
    put(`${id}.${door}.lock`, lock);
    put(`${id}.${door}.contact`, contact);
    put(`${id}.${door}.bolt`, bolt);
    put(`${id}.${door}.rex`, rex);
  }
  const { fire, lockdown, tamper, mains, battery } = lines;
  for (const [name, plan] of Object.entries({ fire, lockdown, tamper, mains, battery }))
    put(`${id}.${name}`, plan);
}

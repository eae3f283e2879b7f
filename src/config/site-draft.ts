import type { z } from "zod";
import { valueAt } from "./path.ts";
import {
  type AccessLevelConfiguration,
  type CameraConfiguration,
  type ScheduleConfiguration,
  type SiteConfiguration,
  siteSchema,
  type VestibuleConfiguration,
} from "./site-schema.ts";

/**
 * A site of which some parts may be wrong. The parts that are right are still checked against each other, so that
 * one reading of the file lists every fault.
 */
export interface SiteDraft {
  readonly site: SiteConfiguration["site"] | undefined;
  readonly board: { readonly kind: string } | undefined;
  /** Items keep their index in the file; a wrong one is undefined. */
  readonly vestibules: readonly (VestibuleConfiguration | undefined)[];
  readonly cameras: readonly (CameraConfiguration | undefined)[];
  readonly schedules: readonly (ScheduleConfiguration | undefined)[];
  readonly accessLevels: readonly (AccessLevelConfiguration | undefined)[];
  readonly access: SiteConfiguration["access"] | undefined;
  readonly alarms: SiteConfiguration["alarms"] | undefined;
  readonly face: SiteConfiguration["face"] | undefined;
  readonly mqtt: SiteConfiguration["mqtt"] | undefined;
  readonly http: SiteConfiguration["http"] | undefined;
  readonly backup: SiteConfiguration["backup"];
  /** Names as written, also of items that are wrong otherwise: referring to one of those is no second fault. */
  readonly names: Readonly<
    Record<"vestibules" | "cameras" | "schedules" | "accessLevels", readonly string[]>
  >;
}

/** Whatever of `raw` is right by itself. */
export function draftOf(raw: unknown): SiteDraft {
  const { shape } = siteSchema;
  return {
    site: parsed(shape.site, valueAt(raw, ["site"])),
    board: parsed(shape.board, valueAt(raw, ["board"])),
    vestibules: items(shape.vestibules.element, valueAt(raw, ["vestibules"])),
    cameras: items(shape.cameras.unwrap().element, valueAt(raw, ["cameras"])),
    schedules: items(shape.schedules.unwrap().element, valueAt(raw, ["schedules"])),
    accessLevels: items(shape.accessLevels.unwrap().element, valueAt(raw, ["accessLevels"])),
    access: parsed(shape.access, valueAt(raw, ["access"])),
    alarms: parsed(shape.alarms, valueAt(raw, ["alarms"])),
    face: parsed(shape.face, valueAt(raw, ["face"])),
    mqtt: parsed(shape.mqtt, valueAt(raw, ["mqtt"])),
    http: parsed(shape.http, valueAt(raw, ["http"])),
    backup: parsed(shape.backup, valueAt(raw, ["backup"])),
    names: {
      vestibules: names(raw, "vestibules", "id"),
      cameras: names(raw, "cameras", "id"),
      schedules: names(raw, "schedules", "name"),
      accessLevels: names(raw, "accessLevels", "name"),
    },
  };
}

/** More items than any list may have are not read; the schema has already said that they are too many. */
const maxItems = 256;

function parsed<T extends z.ZodType>(schema: T, value: unknown): z.output<T> | undefined {
  const result = schema.safeParse(value);
  return result.success ? result.data : undefined;
}

function items<T extends z.ZodType>(schema: T, list: unknown): (z.output<T> | undefined)[] {
  return Array.isArray(list) ? list.slice(0, maxItems).map((item: unknown) => parsed(schema, item)) : [];
}

function names(raw: unknown, list: string, key: string): string[] {
  const value = valueAt(raw, [list]);
  if (!Array.isArray(value)) return [];
  return value.slice(0, maxItems).map((item: unknown) => {
    const name = valueAt(item, [key]);
    return typeof name === "string" ? name : "";
  });
}

import { accessPointNames } from "../../domain/names.ts";
import type { JsonObject, JsonValue } from "../../ports/journal.ts";
import type { DraftSection } from "../../ports/services/commissioning-services.ts";
import { boardPath } from "./places.ts";

/** A site's file and its board's profile as plain values; anything in them may be wrong. */
export interface DraftTree {
  readonly site: JsonObject;
  /** Null on the simulated board. */
  readonly board: JsonObject | null;
}

/** What cannot even be kept. */
export class DraftRefusal extends Error {
  override readonly name = "DraftRefusal";
}

export const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const objectOr = (value: JsonValue | undefined): JsonObject => (isObject(value) ? value : {});
const listOr = (value: JsonValue | undefined): readonly JsonValue[] => (Array.isArray(value) ? value : []);

function without(value: JsonObject, ...names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(value).filter(([name]) => !names.includes(name)));
}

/** Each part as it is written by itself. */
export function sectionsOf({ site, board }: DraftTree): Readonly<Record<DraftSection, JsonValue>> {
  const { timeZone = "Asia/Shanghai" } = objectOr(site["site"]);
  const onBoard = objectOr(site["board"]);
  const vestibules = listOr(site["vestibules"]);
  return {
    site: without(objectOr(site["site"]), "timeZone"),
    board: board === null ? onBoard : { ...onBoard, profile: objectOr(board["board"])["id"] ?? "" },
    lines: objectOr(board?.["lines"]),
    doors: vestibules.map((one) => (isObject(one) ? without(one, "accessPoints") : one)),
    cameras: listOr(site["cameras"]),
    readers: vestibules.flatMap((one) =>
      Object.entries(objectOr(objectOr(one)["accessPoints"])).map(([accessPoint, point]) => ({
        vestibule: objectOr(one)["id"] ?? "",
        accessPoint,
        ...objectOr(point),
      })),
    ),
    clock: { timeZone },
    broker: site["mqtt"] ?? { broker: "embedded" },
  };
}

/**
 * `shipped`: a board's profile by its id; undefined where there is none of that name. Throws DraftRefusal.
 */
export function withSection(
  { site, board }: DraftTree,
  section: DraftSection,
  value: JsonValue,
  shipped: (id: string) => JsonObject | undefined,
): DraftTree {
  switch (section) {
    case "site":
      return { board, site: { ...site, site: { ...objectOr(site["site"]), ...demand(value, section) } } };
    case "clock":
      return { board, site: { ...site, site: { ...objectOr(site["site"]), ...demand(value, section) } } };
    case "board":
      return withBoard({ site, board }, demand(value, section), shipped);
    case "lines":
      if (board === null) throw new DraftRefusal("The simulated board has no lines.");
      return { site, board: { ...board, lines: demand(value, section) } };
    case "doors":
      return { board, site: { ...site, vestibules: withPoints(demandList(value, section), site) } };
    case "cameras":
      return { board, site: { ...site, cameras: demandList(value, section) } };
    case "readers":
      return { board, site: { ...site, vestibules: withReaders(demandList(value, section), site) } };
    case "broker":
      return { board, site: { ...site, mqtt: demand(value, section) } };
  }
}

function withBoard(
  { site, board }: DraftTree,
  value: JsonObject,
  shipped: (id: string) => JsonObject | undefined,
): DraftTree {
  if (value["kind"] !== "gpio") return { site: { ...site, board: value }, board: null };
  const { profile: asked = "" } = value;
  const id = typeof asked === "string" ? asked : "";
  // The same board again keeps the lines that were changed.
  const kept = board !== null && objectOr(board["board"])["id"] === id ? board : shipped(id);
  const profile = kept === undefined ? `boards/${id}.yaml` : boardPath;
  return { site: { ...site, board: { ...value, profile } }, board: kept ?? null };
}

/** Doors are written without what stands at them. */
function withPoints(doors: readonly JsonValue[], site: JsonObject): readonly JsonValue[] {
  const points = new Map(
    listOr(site["vestibules"]).map((one) => [objectOr(one)["id"], objectOr(one)["accessPoints"]]),
  );
  return doors.map((one) => {
    if (!isObject(one)) return one;
    const kept = points.get(one["id"] ?? "");
    return kept === undefined ? one : { ...one, accessPoints: kept };
  });
}

function withReaders(readers: readonly JsonValue[], site: JsonObject): readonly JsonValue[] {
  const vestibules = listOr(site["vestibules"]);
  const ids = vestibules.map((one) => objectOr(one)["id"]);
  for (const one of readers) {
    const { vestibule, accessPoint } = demand(one, "readers");
    if (vestibule === undefined || !ids.includes(vestibule))
      throw new DraftRefusal(`There is no vestibule ${JSON.stringify(vestibule ?? null)}.`);
    if (!accessPointNames.some((name) => name === accessPoint))
      throw new DraftRefusal(`accessPoint is one of ${accessPointNames.join(", ")}.`);
  }
  return vestibules.map((one) => {
    if (!isObject(one)) return one;
    const own = readers.filter((reader) => objectOr(reader)["vestibule"] === one["id"]).map(objectOr);
    const points = own.map((point) => [point["accessPoint"], without(point, "vestibule", "accessPoint")]);
    return { ...one, accessPoints: Object.fromEntries(points) as JsonObject };
  });
}

function demand(value: JsonValue, section: string): JsonObject {
  if (isObject(value)) return value;
  throw new DraftRefusal(`${section}: an object is expected.`);
}

function demandList(value: JsonValue, section: string): readonly JsonValue[] {
  if (Array.isArray(value)) return value;
  throw new DraftRefusal(`${section}: a list is expected.`);
}

/** Whose section a fault's path is in. */
export function sectionOfPath(path: string, isBoard: boolean): DraftSection | null {
  if (isBoard) return "lines";
  if (path.startsWith("site.timeZone")) return "clock";
  if (/^vestibules\[\d+\]\.accessPoints/.test(path)) return "readers";
  const [first = ""] = path.split(/[.[]/);
  const sections: Readonly<Record<string, DraftSection>> = {
    site: "site",
    board: "board",
    vestibules: "doors",
    cameras: "cameras",
    mqtt: "broker",
  };
  return sections[first] ?? null;
}

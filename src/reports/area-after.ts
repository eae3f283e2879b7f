import type { Area } from "../domain/access/input.ts";
import { accessPointNames, doorOf, entersVestibule } from "../domain/names.ts";
import type { JsonValue } from "../ports/journal.ts";

/** A3: where somebody is who has passed there. */
const areas: ReadonlyMap<JsonValue | undefined, Area> = new Map(
  accessPointNames.map((name) => {
    const area = entersVestibule(name) ? "vestibule" : doorOf(name) === "inner" ? "secure" : "outside";
    return [name, area];
  }),
);

export const areaAfter = (accessPoint: JsonValue | undefined): Area | undefined => areas.get(accessPoint);

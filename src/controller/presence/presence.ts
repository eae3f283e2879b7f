import type { AccessEvent, Area } from "../../domain/access/access.ts";
import { type AccessPointName, doorOf, entersVestibule, type VestibuleId } from "../../domain/names.ts";
import type { PresenceView } from "./presence-view.ts";

/** Who is where, as far as passages tell. */
export class Presence implements PresenceView {
  readonly #where = new Map<string, { readonly vestibule: VestibuleId; readonly area: Area }>();

  areaOf(cardholder: string): Area | undefined {
    return this.#where.get(cardholder)?.area;
  }

  occupancy(vestibule: VestibuleId): { readonly vestibule: number; readonly secure: number } {
    const here = [...this.#where.values()].filter((one) => one.vestibule === vestibule);
    const count = (area: Area): number => here.filter((one) => one.area === area).length;
    return { vestibule: count("vestibule"), secure: count("secure") };
  }

  openedSchedules(): readonly string[] {
    return [];
  }

  onAccess(event: AccessEvent): void {
    if (event.type !== "AccessTaken" || event.cardholder === null) return;
    this.#where.set(event.cardholder, { vestibule: event.vestibule, area: areaBehind(event.accessPoint) });
  }
}

function areaBehind(accessPoint: AccessPointName): Area {
  if (entersVestibule(accessPoint)) return "vestibule";
  return doorOf(accessPoint) === "inner" ? "secure" : "outside";
}

import type { DisplayHint, DisplayText } from "../domain/access/display.ts";
import { challengeActions } from "../domain/biometric/challenge.ts";
import type { AccessPointName, AccessPointRef } from "../domain/names.ts";
import type { ControllerServices, SiteState } from "../ports/controller-services.ts";
import type { DisplaySettings } from "../ports/services/display-services.ts";

interface Bilingual {
  readonly en: string;
  readonly zh: string;
}

/**
 * All that a screen at a door is ever told. The same fields for everybody and in one order: nothing in how it is sent
 * differs for whoever passes under duress (A5).
 */
export interface DoorScreen {
  /** `outOfService`: nobody can pass here now, whatever they show. */
  readonly text: DisplayText | "outOfService";
  readonly hint: DisplayHint | null;
  /** Which of how many people, or requests to move. */
  readonly progress: { readonly step: number; readonly of: number } | null;
  /** Milliseconds until it goes away by itself; null where it stays. */
  readonly remaining: number | null;
  readonly name: string | null;
  /** Whether there is a picture of whoever stands there, now. */
  readonly mirror: boolean;
  readonly accessPoint: AccessPointName;
  readonly site: Bilingual;
  readonly vestibule: Bilingual;
  readonly settings: Pick<DisplaySettings, "languages" | "sound" | "appearance">;
  readonly clock: { readonly time: string; readonly timeZone: string };
}

/** What people look into the camera for; and a moment longer, to see why it was not enough. */
const seesThemselves: ReadonlySet<DoorScreen["text"]> = new Set(["look", "tryAgain", ...challengeActions]);

/** `state`: where the caller has it already. */
export function screenAt(
  services: Pick<ControllerServices, "state" | "displays">,
  where: AccessPointRef,
  state: SiteState = services.state(),
): DoorScreen {
  const vestibule = state.vestibules.find(({ id }) => id === where.vestibule);
  const shown = vestibule?.displays[where.accessPoint];
  // Of a silent interlock, and with nothing to record it on, no door is released: then nobody is told to try.
  const inService = vestibule?.condition !== null && state.journal.storage === "ok";
  const view = inService ? shown : undefined;
  const { languages, sound, appearance, mirror } = services.displays.settings(where);
  const text = view?.text ?? "outOfService";
  return {
    text,
    hint: view?.hint ?? null,
    progress: view?.progress ?? null,
    remaining: view === undefined || view.until === null ? null : view.until - state.clock.monotonic,
    name: text === "welcome" ? services.displays.nameAt(where) : null,
    mirror: mirror === "on" && seesThemselves.has(text),
    accessPoint: where.accessPoint,
    site: state.site.name,
    vestibule: vestibule?.name ?? { en: where.vestibule, zh: where.vestibule },
    settings: { languages, sound, appearance },
    clock: { time: state.clock.wall, timeZone: state.clock.timeZone },
  };
}

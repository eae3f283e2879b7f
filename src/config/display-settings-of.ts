import type { AccessPointRef } from "../domain/names.ts";
import type { DisplaySettings } from "../ports/services/display-services.ts";
import type { SiteConfiguration } from "./site-schema.ts";

/** The site's, with what is set at the access point itself in its place. */
export function displaySettingsOf(
  { display, vestibules }: Pick<SiteConfiguration, "display" | "vestibules">,
  { vestibule, accessPoint }: AccessPointRef,
): DisplaySettings {
  const here = vestibules.find(({ id }) => id === vestibule)?.accessPoints[accessPoint]?.display ?? {};
  const set = Object.entries(here).filter(([, value]) => value !== undefined);
  const settings: DisplaySettings = { ...display, ...Object.fromEntries(set) };
  return { ...settings, languages: [...new Set(settings.languages)] };
}

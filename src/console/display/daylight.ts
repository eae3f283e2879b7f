import type { DoorScreen } from "../../api/display-screen.ts";

/** From this hour of the site's day until that one it is night. */
const [night, morning] = [18, 7];

/** Light on dark at night and dark on light by day, by the site's own clock. */
export function appearanceAt(
  appearance: DoorScreen["settings"]["appearance"],
  { time, timeZone }: DoorScreen["clock"],
): "light" | "dark" {
  if (appearance !== "auto") return appearance;
  const hour = Number(
    new Intl.DateTimeFormat("en-GB", { hour: "2-digit", hourCycle: "h23", timeZone }).format(new Date(time)),
  );
  return hour >= night || hour < morning ? "dark" : "light";
}

export const timeOfDay = ({ time, timeZone }: DoorScreen["clock"]): string =>
  new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone }).format(
    new Date(time),
  );

import { useTranslation } from "react-i18next";
import { useNow } from "./use-now.ts";

/** How long ago, growing; read out by nobody, or a screen reader would speak every second. */
export function Elapsed({ since }: { readonly since: string }) {
  const { t } = useTranslation();
  const [number, unit] = inUnits(Math.max(0, useNow(1_000) - Date.parse(since)));
  return (
    <span className="elapsed" aria-live="off">
      {t(`centre.alarm.elapsed.${unit}`, { number })}
    </span>
  );
}

const units = [
  ["days", 86_400_000],
  ["hours", 3_600_000],
  ["minutes", 60_000],
] as const;

function inUnits(ms: number): readonly [number, "seconds" | "minutes" | "hours" | "days"] {
  const fitting = units.find(([, length]) => ms >= length);
  return fitting === undefined
    ? [Math.floor(ms / 1_000), "seconds"]
    : [Math.floor(ms / fitting[1]), fitting[0]];
}

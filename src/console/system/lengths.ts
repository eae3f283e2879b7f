import type { TFunction } from "i18next";

/** A length of time as people say it: two units at most. */
export function lengthText(t: TFunction, milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1_000));
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const days = Math.floor(hours / 24);
  if (days > 0) return t("system.length.days", { days, hours: hours % 24 });
  if (hours > 0) return t("system.length.hours", { hours, minutes: minutes % 60 });
  return minutes > 0 ? t("system.length.minutes", { minutes }) : t("system.length.seconds", { seconds });
}

/** Of files, as those count who sell disks. */
export function sizeText(bytes: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"] as const;
  const power = Math.min(units.length - 1, bytes < 1 ? 0 : Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1_000 ** power;
  return `${power === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[power] ?? "B"}`;
}

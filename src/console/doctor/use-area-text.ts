import { useTranslation } from "react-i18next";

/** What doctor looks at, in the order in which it is read. */
export const doctorAreas = [
  "lines",
  "doors",
  "readers",
  "cameras",
  "clock",
  "broker",
  "disk",
  "models",
  "watchdog",
  "service",
] as const;

/** An area by its name; what a later release looks at besides is shown as it is. */
export function useAreaText(): (area: string) => string {
  const { t } = useTranslation();
  return (area) => {
    const known = doctorAreas.find((name) => name === area);
    return known === undefined ? area : t(`commissioning.doctor.area.${known}`);
  };
}

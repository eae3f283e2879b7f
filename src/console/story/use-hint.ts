import { useTranslation } from "react-i18next";
import type { VestibuleView } from "../../ports/controller-services.ts";
import type { TourItem } from "./tour.ts";

/** What the moment itself asks for, before the list's next item. */
export function useHint(vestibule: VestibuleView, done: ReadonlySet<TourItem>): string | null {
  const { t } = useTranslation();
  const { doors, passage, mode } = vestibule;
  // Doors that a fire or operators released are nobody's passage.
  if (mode === "emergency" || mode === "override") return null;
  if (passage?.step === "verifying") return t("tour.now.verifying");
  for (const door of ["outer", "inner"] as const) {
    if (doors[door].lock === "released" && doors[door].contact === "closed") {
      return t("tour.now.pushNow", { door: t(`door.${door}`) });
    }
  }
  if (doors.outer.contact === "open" && !done.has("interlocked")) return t("tour.now.outerOpen");
  const anyOpen = doors.outer.contact === "open" || doors.inner.contact === "open";
  if (anyOpen && !done.has("heldOpen")) return t("tour.now.propped");
  return null;
}

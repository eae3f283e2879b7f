import { useTranslation } from "react-i18next";
import type { VestibuleView } from "../../ports/controller-services.ts";

/** What the moment itself asks for, before the list's next item. */
export function useHint(vestibule: VestibuleView, triedInterlock: boolean): string | null {
  const { t } = useTranslation();
  const { doors, passage } = vestibule;
  if (passage?.step === "verifying") return t("tour.now.verifying");
  for (const door of ["outer", "inner"] as const) {
    if (doors[door].lock === "released" && doors[door].contact === "closed") {
      return t("tour.now.pushNow", { door: t(`door.${door}`) });
    }
  }
  if (doors.outer.contact === "open" && !triedInterlock) return t("tour.now.outerOpen");
  if (doors.outer.contact === "open" || doors.inner.contact === "open") return t("tour.now.propped");
  return null;
}

import { useTranslation } from "react-i18next";
import type { AlarmView } from "../api/site.ts";
import { alarmPlaceText } from "./alarm-place.ts";
import { alarmTypeText } from "./alarm-texts.ts";

/** Says the most pressing alarm nobody has seen yet to those who do not look at the page. */
export function AlarmAnnouncer({ alarms }: { readonly alarms: readonly AlarmView[] }) {
  const { t } = useTranslation();
  const top = alarms.find(({ phase, shelved }) => phase === "active-unacknowledged" && shelved === null);
  return (
    <p className="visually-hidden" role="alert">
      {top === undefined
        ? ""
        : t("alarms.announce", { what: alarmTypeText(t, top.type), where: alarmPlaceText(t, top.place) })}
    </p>
  );
}

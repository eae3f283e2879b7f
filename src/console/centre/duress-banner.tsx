import { useTranslation } from "react-i18next";
import { demandsAttention } from "../../domain/alarm/alarm.ts";
import { useAlarmPlace } from "../alarms/use-alarm-place.ts";
import type { AlarmView } from "../api/site.ts";
import { Icon } from "../theme/icons.tsx";
import { Elapsed } from "./elapsed.tsx";

/** Across the whole page, with words and a sign: nobody who can see the screen can miss it, colours or not. */
export function DuressBanner(props: {
  readonly alarms: readonly AlarmView[];
  /** What the large view shows already. */
  readonly shown: AlarmView["id"] | null;
  readonly onShow: (id: AlarmView["id"]) => void;
}) {
  const { t } = useTranslation();
  const placeText = useAlarmPlace();
  const forced = props.alarms.filter((alarm) => alarm.type === "Duress" && demandsAttention(alarm));
  return forced.map((alarm) => (
    <div key={alarm.id} className="duress" role="alert">
      <Icon name="alarm" />
      <div className="duress-words">
        <strong>{t("centre.duress.heading")}</strong>
        <span>{t("centre.duress.where", { where: placeText(alarm.place) })}</span>
        <small>{t("centre.duress.silent")}</small>
      </div>
      <Elapsed since={alarm.since} />
      {props.shown === alarm.id ? null : (
        <button type="button" onClick={() => props.onShow(alarm.id)}>
          {t("centre.duress.show")}
        </button>
      )}
    </div>
  ));
}

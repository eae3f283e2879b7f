import "./alarm-bar.css";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "react-router";
import { demandsAttention } from "../../domain/alarm/alarm.ts";
import { alarmTypeText } from "../alarms/alarm-texts.ts";
import { useAlarmPlace } from "../alarms/use-alarm-place.ts";
import { useMay, useSite } from "../live/use-site.ts";
import { Icon } from "../theme/icons.tsx";
import { SoundControl } from "./sound-control.tsx";

/** On every page but the wall's own: what is pressing, and the way to it. */
export function AlarmBar() {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const placeText = useAlarmPlace();
  const pressing = useSite().alarms.filter(
    (alarm) => demandsAttention(alarm) && (alarm.priority === "critical" || alarm.priority === "high"),
  );
  const may = useMay("seeAlarms");
  const [top] = pressing;
  if (!may || top === undefined || pathname === "/") return null;
  return (
    <aside className="alarm-bar" data-priority={top.priority} aria-label={t("alarms.heading")}>
      <Icon name="alarm" />
      <strong>{alarmTypeText(t, top.type)}</strong>
      <span>{placeText(top.place)}</span>
      <Link to="/">{t("centre.bar.goTo")}</Link>
      <SoundControl />
    </aside>
  );
}

import "./alarms.css";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { AlarmView } from "../api/site.ts";
import { AlarmItem } from "./alarm-item.tsx";

export function AlarmList(props: {
  readonly alarms: readonly AlarmView[];
  /** Counts how often the newcomer was sent here to acknowledge. */
  readonly asked: number;
}) {
  const { t } = useTranslation();
  const { alarms, asked } = props;
  const list = useRef<HTMLElement>(null);
  useEffect(() => {
    if (asked === 0) return;
    list.current?.scrollIntoView({ block: "center" });
    list.current?.querySelector<HTMLInputElement>(".acknowledge-comment")?.focus();
  }, [asked]);
  return (
    <section className="panel alarms" ref={list} data-any={alarms.length > 0} aria-labelledby="alarm-heading">
      <div className="panel-head">
        <h2 id="alarm-heading">{t("alarms.heading")}</h2>
        {alarms.length === 0 ? null : <span className="alarm-number">{alarms.length}</span>}
      </div>
      {alarms.length === 0 ? (
        <p className="empty">{t("alarms.none")}</p>
      ) : (
        <ul className="alarm-items">
          {alarms.map((alarm) => (
            <AlarmItem key={alarm.id} alarm={alarm} />
          ))}
        </ul>
      )}
    </section>
  );
}

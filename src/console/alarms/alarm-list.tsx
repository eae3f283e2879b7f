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
  const open = alarms.filter(({ shelved }) => shelved === null);
  const shelved = alarms.filter((alarm) => alarm.shelved !== null);
  return (
    <section className="panel alarms" ref={list} data-any={open.length > 0} aria-labelledby="alarm-heading">
      <div className="panel-head">
        <h2 id="alarm-heading">{t("alarms.heading")}</h2>
        {open.length === 0 ? null : <span className="alarm-number">{open.length}</span>}
      </div>
      {open.length === 0 ? <p className="empty">{t("alarms.none")}</p> : <AlarmItems alarms={open} />}
      {shelved.length === 0 ? null : (
        <details className="alarms-shelved">
          <summary>{t("alarms.shelving.heading", { number: shelved.length })}</summary>
          <AlarmItems alarms={shelved} />
        </details>
      )}
    </section>
  );
}

function AlarmItems({ alarms }: { readonly alarms: readonly AlarmView[] }) {
  return (
    <ul className="alarm-items">
      {alarms.map((alarm) => (
        <AlarmItem key={alarm.id} alarm={alarm} />
      ))}
    </ul>
  );
}

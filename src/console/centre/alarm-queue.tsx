import { useTranslation } from "react-i18next";
import { alarmTypeText } from "../alarms/alarm-texts.ts";
import { momentText } from "../alarms/alarm-time.ts";
import { useAlarmPlace } from "../alarms/use-alarm-place.ts";
import type { AlarmView } from "../api/site.ts";
import { useLanguage } from "../texts/use-language.ts";
import { Icon, type IconName } from "../theme/icons.tsx";
import type { Queue } from "./selection.ts";

/** As many as anybody looks through; the most pressing are there. */
const mostListed = 100;

/** All open alarms, the most pressing first; each opens in the large view. */
export function AlarmQueue(props: {
  readonly queue: Queue;
  readonly selected: AlarmView["id"] | null;
  readonly onChoose: (id: AlarmView["id"]) => void;
}) {
  const { t } = useTranslation();
  const { demanding, seen, shelved } = props.queue;
  const items = (alarms: readonly AlarmView[]) => (
    <ul className="queue-items">
      {alarms.slice(0, mostListed).map((alarm) => (
        <QueueItem
          key={alarm.id}
          alarm={alarm}
          selected={alarm.id === props.selected}
          onChoose={props.onChoose}
        />
      ))}
    </ul>
  );
  return (
    <section className="panel queue" aria-labelledby="queue-heading" data-any={demanding.length > 0}>
      <div className="panel-head">
        <h2 id="queue-heading">{t("centre.queue.heading")}</h2>
        {demanding.length === 0 ? null : (
          <span className="queue-number">{t("centre.queue.demanding", { number: demanding.length })}</span>
        )}
      </div>
      {demanding.length + seen.length === 0 ? <p className="empty">{t("alarms.none")}</p> : null}
      {demanding.length === 0 ? null : items(demanding)}
      {seen.length === 0 ? null : (
        <>
          <h3>{t("centre.queue.seen")}</h3>
          {items(seen)}
        </>
      )}
      {shelved.length === 0 ? null : (
        <details className="queue-shelved">
          <summary>{t("alarms.shelving.heading", { number: shelved.length })}</summary>
          {items(shelved)}
        </details>
      )}
    </section>
  );
}

const icons: Readonly<Record<AlarmView["priority"], IconName>> = {
  critical: "alarm",
  high: "alarm",
  medium: "note",
  low: "note",
};

function QueueItem(props: {
  readonly alarm: AlarmView;
  readonly selected: boolean;
  readonly onChoose: (id: AlarmView["id"]) => void;
}) {
  const { t } = useTranslation();
  const language = useLanguage();
  const placeText = useAlarmPlace();
  const { alarm } = props;
  const { id, type, priority, phase, count, place } = alarm;
  return (
    <li>
      <button
        type="button"
        className="queue-item"
        data-priority={priority}
        data-phase={phase}
        data-type={type}
        aria-current={props.selected}
        onClick={() => props.onChoose(id)}
      >
        <Icon name={icons[priority]} />
        <span className="queue-what">
          <strong>{alarmTypeText(t, type)}</strong>
          <span>{placeText(place) || t("centre.alarm.onSite")}</span>
          <small>
            <b>{t(`alarms.priority.${priority}`)}</b>
            {[
              "",
              momentText(alarm.since, language),
              t(`alarms.phase.${phase}`),
              ...(count > 1 ? [t("alarms.times", { number: count })] : []),
            ].join(" · ")}
          </small>
        </span>
      </button>
    </li>
  );
}

import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { doorNames } from "../../domain/names.ts";
import type { RecordView } from "../../ports/record-view.ts";
import { AlarmComments, AlarmRecords } from "../alarms/alarm-detail.tsx";
import { alarmTypeText } from "../alarms/alarm-texts.ts";
import { momentText } from "../alarms/alarm-time.ts";
import { detailText } from "../alarms/detail-text.ts";
import { useAlarmPlace } from "../alarms/use-alarm-place.ts";
import { getAlarm } from "../api/client.ts";
import type { AlarmView } from "../api/site.ts";
import { DoorFacts } from "../building/door-facts.tsx";
import { isAccessPoint } from "../building/whereabouts.ts";
import { useMay, useSite } from "../live/use-site.ts";
import { useLanguage } from "../texts/use-language.ts";
import { useNameOf } from "../texts/use-name-of.ts";
import { Icon } from "../theme/icons.tsx";
import { AlarmAnswer } from "./alarm-answer.tsx";
import { AlarmLive } from "./alarm-live.tsx";
import { AlarmPictures, type Cause } from "./alarm-pictures.tsx";
import { DoorScene } from "./door-scene.tsx";
import { Elapsed } from "./elapsed.tsx";
import { Instructions } from "./instructions.tsx";

/** Everything about one alarm: what and where, who, what to see, what to do, and what was done. */
export function AlarmFocus(props: {
  readonly alarm: AlarmView;
  /** Somebody deals with it: nothing else may take its place. */
  readonly onTouched: () => void;
  readonly onAcknowledged: () => void;
}) {
  const { alarm } = props;
  const known = useKnown(alarm);
  return (
    <article
      className="panel focus"
      data-priority={alarm.priority}
      data-type={alarm.type}
      aria-labelledby="focus-heading"
      onFocusCapture={props.onTouched}
      onPointerDownCapture={props.onTouched}
    >
      <FocusHead alarm={alarm} />
      <div className="focus-body">
        <div className="focus-seen">
          <AlarmPictures cause={known?.cause ?? null} evidence={alarm.evidence} />
          <AlarmLive cameras={known?.cameras ?? []} />
        </div>
        <div className="focus-known">
          <Instructions type={alarm.type} />
          <Doors place={alarm.place} />
        </div>
      </div>
      <AlarmAnswer alarm={alarm} onAcknowledged={props.onAcknowledged} />
      <Links alarm={alarm} cause={known?.cause ?? null} />
      <div className="focus-record">
        <AlarmComments alarm={alarm} />
        <AlarmRecords records={known === undefined ? null : known.history.filter(isNoComment)} />
      </div>
    </article>
  );
}

const isNoComment = ({ type }: RecordView): boolean => type !== "AlarmCommented";

/** What the controller has of it, asked for anew whenever something has happened to it. */
function useKnown(alarm: AlarmView) {
  const { id, phase, count, comments, shelved, evidence } = alarm;
  const { data } = useQuery({
    queryKey: ["alarm", id, phase, count, comments.length, shelved?.until, evidence.length],
    queryFn: ({ signal }) => getAlarm({ id }, { signal, watching: true }),
    // What was known of the same alarm stays until there is more; pictures would be fetched, and recorded, twice.
    placeholderData: (before) => (before?.id === id ? before : undefined),
    gcTime: 60_000,
  });
  return data;
}

function FocusHead({ alarm }: { readonly alarm: AlarmView }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const placeText = useAlarmPlace();
  const { type, place, since, count, phase, priority } = alarm;
  const detail = detailText(t, alarm);
  return (
    <header className="focus-head">
      <Icon name="alarm" />
      <div className="focus-what">
        <h2 id="focus-heading">{alarmTypeText(t, type)}</h2>
        <p className="focus-where">{placeText(place) || t("centre.alarm.onSite")}</p>
        {detail === null ? null : <p className="focus-detail">{detail}</p>}
      </div>
      <dl className="focus-facts">
        <div>
          <dt className="visually-hidden">{t("centre.alarm.detail")}</dt>
          <dd className="priority">{t(`alarms.priority.${priority}`)}</dd>
          <dd>{t(`alarms.phase.${phase}`)}</dd>
          <dd>
            {t("centre.alarm.since", { time: momentText(since, language) })} · <Elapsed since={since} />
          </dd>
          {count > 1 ? <dd className="focus-count">{t("centre.alarm.times", { number: count })}</dd> : null}
        </div>
      </dl>
    </header>
  );
}

function Doors({ place }: { readonly place: AlarmView["place"] }) {
  const { t } = useTranslation();
  const vestibule = useSite().state?.vestibules.find(({ id }) => id === place.vestibule);
  if (vestibule === undefined) return null;
  const marked = isAccessPoint(place.accessPoint ?? null) ? place.accessPoint : undefined;
  return (
    <section className="focus-doors" aria-labelledby="doors-heading">
      <h3 id="doors-heading">{t("centre.alarm.doors")}</h3>
      <DoorScene vestibule={vestibule} marked={marked} />
      <div className="door-row">
        {doorNames.map((name) => (
          <DoorFacts key={name} name={name} door={vestibule.doors[name]} />
        ))}
      </div>
    </section>
  );
}

/** A few minutes before it began: what led to it. Milliseconds. */
const before = 5 * 60_000;

function Links({ alarm, cause }: { readonly alarm: AlarmView; readonly cause: Cause }) {
  const { t } = useTranslation();
  const nameOf = useNameOf();
  const mayPeople = useMay("seePeople");
  const mayEvents = useMay("seeEvents");
  const { vestibule, door, accessPoint } = alarm.place;
  const cardholder = cause?.event.cardholder ?? null;
  const from = new Date(Date.parse(alarm.since) - before).toISOString();
  const where = Object.entries({ vestibule, door, accessPoint, from }).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value]],
  );
  return (
    <p className="focus-links">
      {cardholder === null || !mayPeople ? null : (
        <Link to={`/people/${encodeURIComponent(cardholder)}`}>
          {t("centre.alarm.history", { who: nameOf(cardholder) })}
        </Link>
      )}
      {mayEvents ? (
        <Link to={`/events?${new URLSearchParams(where)}`}>{t("centre.alarm.events")}</Link>
      ) : null}
    </p>
  );
}

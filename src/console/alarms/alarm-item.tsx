import { useState } from "react";
import { useTranslation } from "react-i18next";
import { demandsAttention } from "../../domain/alarm/alarm.ts";
import { type AlarmView, unshelveAlarm } from "../api/site.ts";
import { useMay } from "../live/use-site.ts";
import { useLanguage } from "../texts/use-language.ts";
import { Icon } from "../theme/icons.tsx";
import { AcknowledgeForm } from "./acknowledge-form.tsx";
import { AlarmDetail } from "./alarm-detail.tsx";
import { useIsBegun } from "./alarm-drafts.ts";
import { alarmTypeText } from "./alarm-texts.ts";
import { momentText } from "./alarm-time.ts";
import { CommentForm } from "./comment-form.tsx";
import { ShelveForm } from "./shelve-form.tsx";
import { useAlarmFailure } from "./use-alarm-failure.ts";
import { useAlarmPlace } from "./use-alarm-place.ts";

type Opened = "shelve" | "comment" | "detail" | null;

export function AlarmItem({ alarm }: { readonly alarm: AlarmView }) {
  const { t } = useTranslation();
  const isBegun = useIsBegun(alarm);
  const [opened, setOpened] = useState<Opened>(
    isBegun("comment") ? "comment" : isBegun("shelve") ? "shelve" : null,
  );
  const mayAcknowledge = useMay("acknowledgeAlarms");
  const mayShelve = useMay("shelveAlarms") && alarm.shelvable && alarm.shelved === null;
  const mayComment = useMay("commentAlarms");
  const toggle = (one: Opened) => () => setOpened(opened === one ? null : one);
  const close = (): void => setOpened(null);
  return (
    <li
      className="alarm"
      data-priority={alarm.priority}
      data-phase={alarm.phase}
      data-shelved={alarm.shelved !== null}
    >
      <AlarmHead alarm={alarm} />
      <AlarmFacts alarm={alarm} />
      <AcknowledgedBy alarm={alarm} />
      <ShelvedBy alarm={alarm} />
      {demandsAttention(alarm) && mayAcknowledge ? <AcknowledgeForm alarm={alarm} /> : null}
      <div className="alarm-actions">
        <Opener label={t("alarms.detail.open")} isOpen={opened === "detail"} onPress={toggle("detail")} />
        {mayComment ? (
          <Opener
            label={t("alarms.comments.open")}
            isOpen={opened === "comment"}
            onPress={toggle("comment")}
          />
        ) : null}
        {mayShelve ? (
          <Opener label={t("alarms.shelving.open")} isOpen={opened === "shelve"} onPress={toggle("shelve")} />
        ) : null}
      </div>
      {opened === "shelve" && mayShelve ? <ShelveForm alarm={alarm} onClose={close} /> : null}
      {opened === "comment" && mayComment ? <CommentForm alarm={alarm} onClose={close} /> : null}
      {opened === "detail" ? <AlarmDetail alarm={alarm} /> : null}
    </li>
  );
}

function Opener(props: { readonly label: string; readonly isOpen: boolean; readonly onPress: () => void }) {
  return (
    <button type="button" className="small quiet" aria-expanded={props.isOpen} onClick={props.onPress}>
      {props.label}
    </button>
  );
}

function AlarmHead({ alarm }: { readonly alarm: AlarmView }) {
  const { t } = useTranslation();
  const placeText = useAlarmPlace();
  return (
    <div className="alarm-head">
      <Icon name="alarm" />
      <span className="alarm-what">
        <strong>{alarmTypeText(t, alarm.type)}</strong>
        <span>{placeText(alarm.place)}</span>
      </span>
      <span className="priority">{t(`alarms.priority.${alarm.priority}`)}</span>
    </div>
  );
}

function AlarmFacts({ alarm }: { readonly alarm: AlarmView }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const facts = [
    t(`alarms.phase.${alarm.phase}`),
    t("alarms.since", { time: momentText(alarm.since, language) }),
    ...(alarm.count > 1 ? [t("alarms.times", { number: alarm.count })] : []),
    ...(alarm.comments.length > 0 ? [t("alarms.comments.number", { number: alarm.comments.length })] : []),
  ];
  return <p className="alarm-facts">{facts.join(" · ")}</p>;
}

export function AcknowledgedBy({ alarm }: { readonly alarm: AlarmView }) {
  const { t } = useTranslation();
  if (alarm.phase !== "active-acknowledged" || alarm.acknowledged === null) return null;
  const { by, comment } = alarm.acknowledged;
  return <p className="alarm-comment">{t("alarms.acknowledgedBy", { name: by, comment })}</p>;
}

export function ShelvedBy({ alarm }: { readonly alarm: AlarmView }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const failureText = useAlarmFailure();
  const mayShelve = useMay("shelveAlarms");
  const [failure, setFailure] = useState("");
  const { shelved } = alarm;
  if (shelved === null) return null;
  const time = momentText(shelved.until, language);
  const takeBack = (): void => {
    setFailure("");
    unshelveAlarm(alarm.id).catch((error: unknown) => setFailure(failureText(error)));
  };
  return (
    <>
      <p className="alarm-comment">
        {t("alarms.shelving.shelvedBy", { name: shelved.by, time, reason: shelved.reason })}
      </p>
      {mayShelve ? (
        <button type="button" className="small" onClick={takeBack}>
          {t("alarms.shelving.takeBack")}
        </button>
      ) : null}
      <p className="failure" role="alert">
        {failure}
      </p>
    </>
  );
}

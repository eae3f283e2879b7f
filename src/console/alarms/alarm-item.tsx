import { type FormEvent, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { type AlarmView, acknowledgeAlarm, evidenceAddress } from "../api/site.ts";
import { useFailureText } from "../session/use-failure-text.ts";
import { useLanguage } from "../texts/use-language.ts";
import { Icon } from "../theme/icons.tsx";
import { alarmPlaceText } from "./alarm-place.ts";
import { alarmTypeText } from "./alarm-texts.ts";

export function AlarmItem({ alarm }: { readonly alarm: AlarmView }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const since = new Date(alarm.since).toLocaleTimeString(language === "zh" ? "zh-CN" : "en-GB");
  const newest = alarm.evidence.at(-1);
  return (
    <li className="alarm" data-priority={alarm.priority} data-phase={alarm.phase}>
      <div className="alarm-head">
        <Icon name="alarm" />
        <span className="alarm-what">
          <strong>{alarmTypeText(t, alarm.type)}</strong>
          <span>{alarmPlaceText(t, alarm.place)}</span>
        </span>
        <span className="priority">{t(`alarms.priority.${alarm.priority}`)}</span>
      </div>
      <p className="alarm-facts">
        {t(`alarms.phase.${alarm.phase}`)} · {t("alarms.since", { time: since })}
        {alarm.count > 1 ? ` · ${t("alarms.times", { number: alarm.count })}` : ""}
      </p>
      {newest === undefined ? null : <AlarmPicture hash={newest} />}
      {alarm.phase === "active-acknowledged" ? (
        <Acknowledged alarm={alarm} />
      ) : (
        <AcknowledgeForm alarm={alarm} />
      )}
    </li>
  );
}

/** Shown on request only: who looked at a picture is recorded. */
function AlarmPicture({ hash }: { readonly hash: string }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" className="small" aria-expanded={open} onClick={() => setOpen(!open)}>
        {t("alarms.evidence")}
      </button>
      {open ? <img className="evidence" src={evidenceAddress(hash)} alt={t("alarms.evidence")} /> : null}
    </>
  );
}

function Acknowledged({ alarm }: { readonly alarm: AlarmView }) {
  const { t } = useTranslation();
  if (alarm.acknowledged === null) return null;
  const { by, comment } = alarm.acknowledged;
  return <p className="alarm-comment">{t("alarms.acknowledgedBy", { name: by, comment })}</p>;
}

function AcknowledgeForm({ alarm }: { readonly alarm: AlarmView }) {
  const { t } = useTranslation();
  const failureText = useFailureText();
  const [comment, setComment] = useState("");
  const [working, setWorking] = useState(false);
  const [failure, setFailure] = useState("");
  const failureId = useId();

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (comment.trim() === "") {
      setFailure(t("alarms.needsComment"));
      return;
    }
    setWorking(true);
    setFailure("");
    try {
      await acknowledgeAlarm(alarm.id, comment.trim());
      setComment("");
    } catch (error) {
      setFailure(failureText(error, t("session.wrong")));
    } finally {
      setWorking(false);
    }
  };

  return (
    <form className="acknowledge" onSubmit={(event) => void submit(event)} aria-busy={working}>
      <input
        className="acknowledge-comment"
        value={comment}
        onChange={(event) => setComment(event.target.value)}
        placeholder={t("alarms.comment")}
        aria-label={`${alarmTypeText(t, alarm.type)}: ${t("alarms.comment")}`}
        aria-describedby={failureId}
        maxLength={500}
      />
      <button type="submit" disabled={working}>
        {t("alarms.acknowledge")}
      </button>
      <p id={failureId} className="failure" role="alert">
        {failure}
      </p>
    </form>
  );
}

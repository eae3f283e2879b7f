import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { RecordView } from "../../ports/record-view.ts";
import { type AlarmView, fetchAlarmHistory } from "../api/site.ts";
import { AlarmCameras } from "../cameras/alarm-cameras.tsx";
import { AlarmEvidence } from "../cameras/alarm-evidence.tsx";
import { sentence } from "../record/sentence.ts";
import { useLanguage } from "../texts/use-language.ts";
import { momentText } from "./alarm-time.ts";
import { detailText } from "./detail-text.ts";

/** More stands in the record itself. */
const mostShown = 20;

/** Everything there is to one alarm beside what demands an answer: its pictures, what was said, what is on record. */
export function AlarmDetail({ alarm }: { readonly alarm: AlarmView }) {
  const { t } = useTranslation();
  const detail = detailText(t, alarm);
  return (
    <div className="alarm-detail">
      {detail === null ? null : <p className="alarm-comment">{detail}</p>}
      <AlarmEvidence hashes={alarm.evidence} />
      <AlarmCameras alarm={alarm} />
      <AlarmComments alarm={alarm} />
      <AlarmHistory alarm={alarm} />
    </div>
  );
}

export function AlarmComments({ alarm }: { readonly alarm: AlarmView }) {
  const { t } = useTranslation();
  const language = useLanguage();
  if (alarm.comments.length === 0) return null;
  return (
    <>
      <h3>{t("alarms.comments.heading")}</h3>
      <ul className="alarm-lines">
        {alarm.comments.map(({ by, at, text }) => (
          <li key={`${at} ${by} ${text}`}>
            <span className="alarm-facts">
              {momentText(at, language)} · {by}
            </span>{" "}
            {text}
          </li>
        ))}
      </ul>
    </>
  );
}

function AlarmHistory({ alarm }: { readonly alarm: AlarmView }) {
  const [records, setRecords] = useState<readonly RecordView[] | null>(null);
  const { id, phase, count, comments, shelved } = alarm;
  // biome-ignore lint/correctness/useExhaustiveDependencies: whatever happens to the alarm is one more record of it
  useEffect(() => {
    let wanted = true;
    fetchAlarmHistory(id).then(
      (found) => wanted && setRecords(found.filter(({ type }) => type !== "AlarmCommented")),
      () => wanted && setRecords([]), // the alarm may be over by now
    );
    return () => {
      wanted = false;
    };
  }, [id, phase, count, comments.length, shelved?.until]);
  return <AlarmRecords records={records} />;
}

/** `records` newest first; null while they are asked for. */
export function AlarmRecords({ records }: { readonly records: readonly RecordView[] | null }) {
  const { t } = useTranslation();
  const language = useLanguage();
  if (records === null) return <p className="empty">{t("alarms.detail.loading")}</p>;
  return (
    <>
      <h3>{t("alarms.detail.history")}</h3>
      {records.length === 0 ? <p className="empty">{t("alarms.detail.nothing")}</p> : null}
      <ol className="alarm-lines">
        {records.slice(0, mostShown).map((record) => (
          <li key={record.seq}>
            <span className="alarm-facts">{momentText(record.time, language)}</span>{" "}
            {sentence(t, record, () => t("somebody"))}
          </li>
        ))}
      </ol>
    </>
  );
}

import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { type AlarmView, shelveAlarm } from "../api/site.ts";
import { DraftNote } from "../session/draft-note.tsx";
import { aboutAlarm } from "./alarm-drafts.ts";
import { alarmTypeText } from "./alarm-texts.ts";
import { useAlarmForm } from "./use-alarm-form.ts";

const durations = [
  { minutes: 15, text: "minutes15" },
  { minutes: 60, text: "hours1" },
  { minutes: 240, text: "hours4" },
  { minutes: 480, text: "hours8" },
] as const;

/** For how long an alarm may wait, and why. */
export function ShelveForm(props: { readonly alarm: AlarmView; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const { alarm, onClose } = props;
  const failureId = useId();
  const [minutes, setMinutes] = useState<number>(60);
  const form = useAlarmForm(aboutAlarm("shelve", alarm), t("alarms.shelving.needsReason"), async (reason) => {
    await shelveAlarm(alarm.id, minutes, reason);
    onClose();
  });
  const cancel = (): void => {
    form.setText("");
    onClose();
  };
  const named = (label: string): string => `${alarmTypeText(t, alarm.type)}: ${label}`;
  return (
    <form className="alarm-form shelve" onSubmit={form.submit} aria-busy={form.working}>
      <p className="alarm-comment">{t("alarms.shelving.explained")}</p>
      <select
        value={minutes}
        onChange={(event) => setMinutes(Number(event.target.value))}
        aria-label={named(t("alarms.shelving.duration"))}
      >
        {durations.map((one) => (
          <option key={one.minutes} value={one.minutes}>
            {t(`alarms.shelving.${one.text}`)}
          </option>
        ))}
      </select>
      <input
        value={form.text}
        onChange={(event) => form.setText(event.target.value)}
        placeholder={t("alarms.shelving.reason")}
        aria-label={named(t("alarms.shelving.reason"))}
        aria-describedby={failureId}
        maxLength={500}
      />
      <div className="alarm-answer">
        <button type="submit" disabled={form.working}>
          {t("alarms.shelving.confirm")}
        </button>
        <button type="button" className="quiet" onClick={cancel}>
          {t("alarms.cancel")}
        </button>
      </div>
      <DraftNote of={form} />
      <p id={failureId} className="failure" role="alert">
        {form.failure}
      </p>
    </form>
  );
}

import { useId } from "react";
import { useTranslation } from "react-i18next";
import { type AlarmView, acknowledgeAlarm } from "../api/site.ts";
import { DraftNote } from "../session/draft-note.tsx";
import { aboutAlarm } from "./alarm-drafts.ts";
import { alarmTypeText } from "./alarm-texts.ts";
import { useAlarmForm } from "./use-alarm-form.ts";

export function AcknowledgeForm({ alarm }: { readonly alarm: AlarmView }) {
  const { t } = useTranslation();
  const failureId = useId();
  const form = useAlarmForm(aboutAlarm("acknowledge", alarm), t("alarms.needsComment"), (comment) =>
    acknowledgeAlarm(alarm.id, comment),
  );
  const { text, setText, working, failure, submit } = form;
  return (
    <form className="alarm-form acknowledge" onSubmit={submit} aria-busy={working}>
      <input
        className="acknowledge-comment"
        value={text}
        onChange={(event) => setText(event.target.value)}
        placeholder={t("alarms.comment")}
        aria-label={`${alarmTypeText(t, alarm.type)}: ${t("alarms.comment")}`}
        aria-describedby={failureId}
        maxLength={500}
      />
      <button type="submit" disabled={working}>
        {t("alarms.acknowledge")}
      </button>
      <DraftNote of={form} />
      <p id={failureId} className="failure" role="alert">
        {failure}
      </p>
    </form>
  );
}

import { useId } from "react";
import { useTranslation } from "react-i18next";
import { type AlarmView, commentOnAlarm } from "../api/site.ts";
import { DraftNote } from "../session/draft-note.tsx";
import { aboutAlarm } from "./alarm-drafts.ts";
import { alarmTypeText } from "./alarm-texts.ts";
import { useAlarmForm } from "./use-alarm-form.ts";

export function CommentForm(props: { readonly alarm: AlarmView; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const { alarm, onClose } = props;
  const failureId = useId();
  const form = useAlarmForm(aboutAlarm("comment", alarm), t("alarms.comments.needsText"), async (text) => {
    await commentOnAlarm(alarm.id, text);
    onClose();
  });
  return (
    <form className="alarm-form" onSubmit={form.submit} aria-busy={form.working}>
      <input
        value={form.text}
        onChange={(event) => form.setText(event.target.value)}
        placeholder={t("alarms.comments.text")}
        aria-label={`${alarmTypeText(t, alarm.type)}: ${t("alarms.comments.text")}`}
        aria-describedby={failureId}
        maxLength={500}
      />
      <button type="submit" disabled={form.working}>
        {t("alarms.comments.confirm")}
      </button>
      <DraftNote of={form} />
      <p id={failureId} className="failure" role="alert">
        {form.failure}
      </p>
    </form>
  );
}

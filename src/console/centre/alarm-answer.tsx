import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { demandsAttention } from "../../domain/alarm/alarm.ts";
import { needsComment } from "../../domain/alarm/kinds.ts";
import { aboutAlarm, useIsBegun } from "../alarms/alarm-drafts.ts";
import { AcknowledgedBy, ShelvedBy } from "../alarms/alarm-item.tsx";
import { alarmTypeText } from "../alarms/alarm-texts.ts";
import { CommentForm } from "../alarms/comment-form.tsx";
import { ShelveForm } from "../alarms/shelve-form.tsx";
import { useAlarmForm } from "../alarms/use-alarm-form.ts";
import { type AlarmView, acknowledgeAlarm } from "../api/site.ts";
import { useMay } from "../live/use-site.ts";
import { DraftNote } from "../session/draft-note.tsx";
import { useWall } from "../watch/wall-context.ts";

/** What an operator says and does about one alarm. */
export function AlarmAnswer(props: { readonly alarm: AlarmView; readonly onAcknowledged: () => void }) {
  const { t } = useTranslation();
  const { alarm } = props;
  const isBegun = useIsBegun(alarm);
  const [opened, setOpened] = useState<"comment" | "shelve" | null>(
    isBegun("comment") ? "comment" : isBegun("shelve") ? "shelve" : null,
  );
  const mayAcknowledge = useMay("acknowledgeAlarms");
  const mayComment = useMay("commentAlarms");
  const mayShelve = useMay("shelveAlarms") && alarm.shelvable && alarm.shelved === null;
  const close = (): void => setOpened(null);
  const opener = (which: "comment" | "shelve", label: string) => (
    <button
      type="button"
      className="small"
      aria-expanded={opened === which}
      onClick={() => setOpened(opened === which ? null : which)}
    >
      {label}
    </button>
  );
  return (
    <section className="answer" aria-labelledby="answer-heading">
      <div className="answer-more">
        <h3 id="answer-heading">{t("centre.alarm.answer")}</h3>
        {mayComment ? opener("comment", t("alarms.comments.open")) : null}
        {mayShelve ? opener("shelve", t("alarms.shelving.open")) : null}
      </div>
      <AcknowledgedBy alarm={alarm} />
      <ShelvedBy alarm={alarm} />
      {demandsAttention(alarm) && mayAcknowledge ? (
        <Acknowledge alarm={alarm} onAcknowledged={props.onAcknowledged} />
      ) : null}
      {mayAcknowledge ? null : <MayNot />}
      {opened === "comment" && mayComment ? <CommentForm alarm={alarm} onClose={close} /> : null}
      {opened === "shelve" && mayShelve ? <ShelveForm alarm={alarm} onClose={close} /> : null}
    </section>
  );
}

/** Not their task; on a wall with nobody signed in, the way to who may. */
function MayNot() {
  const { t } = useTranslation();
  const wall = useWall();
  if (wall === null || wall.isSignedIn) return <p className="empty">{t("centre.answer.mayNot")}</p>;
  return (
    <p className="answer-nobody">
      {t("watch.nobody")}
      <button type="button" onClick={wall.signIn}>
        {t("watch.signIn")}
      </button>
    </p>
  );
}

/** With a word where the alarm asks for one; two lines, for somebody who writes what was seen. */
function Acknowledge(props: { readonly alarm: AlarmView; readonly onAcknowledged: () => void }) {
  const { t } = useTranslation();
  const { alarm, onAcknowledged } = props;
  const failureId = useId();
  const isNeeded = needsComment(alarm.type);
  const form = useAlarmForm(
    aboutAlarm("acknowledge", alarm),
    isNeeded ? t("alarms.needsComment") : undefined,
    async (comment) => {
      await acknowledgeAlarm(alarm.id, comment);
      onAcknowledged();
    },
  );
  const label = t(isNeeded ? "alarms.comment" : "centre.answer.optional");
  return (
    <form className="acknowledge-large" onSubmit={form.submit} aria-busy={form.working}>
      <textarea
        value={form.text}
        onChange={(event) => form.setText(event.target.value)}
        placeholder={label}
        aria-label={`${alarmTypeText(t, alarm.type)}: ${label}`}
        aria-describedby={failureId}
        aria-required={isNeeded}
        maxLength={500}
        rows={2}
      />
      <button type="submit" className="primary" disabled={form.working}>
        {t("alarms.acknowledge")}
      </button>
      <DraftNote of={form} />
      <p id={failureId} className="failure" role="alert">
        {form.failure}
      </p>
    </form>
  );
}

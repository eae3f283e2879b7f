import "./centre.css";
import "../alarms/alarms.css";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAlarmBegun } from "../alarms/alarm-drafts.ts";
import { alarmTypeText } from "../alarms/alarm-texts.ts";
import type { AlarmView } from "../api/site.ts";
import { useSite } from "../live/use-site.ts";
import { Icon } from "../theme/icons.tsx";
import { AlarmFocus } from "./alarm-focus.tsx";
import { AlarmQueue } from "./alarm-queue.tsx";
import { Calm } from "./calm.tsx";
import { DuressBanner } from "./duress-banner.tsx";
import { moreUrgentThan, queueOf, selectedOf } from "./selection.ts";
import { Side } from "./side.tsx";
import { SoundControl } from "./sound-control.tsx";

/** What hangs on the wall of a security centre: what needs somebody now, or that nothing does. */
export function CentrePage() {
  const { t } = useTranslation();
  const { alarms, state, connection } = useSite();
  const [chosen, setChosen] = useState(useAlarmBegun());
  if (state === null) return null;
  const queue = queueOf(alarms);
  const selected = selectedOf(queue, chosen);
  return (
    <div className="centre" data-lost={connection === "lost"}>
      <DuressBanner alarms={alarms} shown={selected?.id ?? null} onShow={setChosen} />
      <div className="centre-columns">
        <div className="centre-queue">
          <SoundControl />
          <AlarmQueue queue={queue} selected={selected?.id ?? null} onChoose={setChosen} />
        </div>
        <div className="centre-focus">
          <MoreUrgent alarm={moreUrgentThan(queue, selected)} onShow={setChosen} />
          {selected === null && connection === "connecting" ? (
            // That there are no alarms is not known yet.
            <p className="panel empty">{t("app.connecting")}</p>
          ) : selected === null ? (
            <Calm state={state} shelved={queue.shelved.length} />
          ) : (
            <AlarmFocus
              key={selected.id}
              alarm={selected}
              onTouched={() => setChosen(selected.id)}
              onAcknowledged={() => setChosen(null)}
            />
          )}
        </div>
        <Side state={state} />
      </div>
    </div>
  );
}

/** Whoever is writing is not torn away from it, and told. */
function MoreUrgent(props: {
  readonly alarm: AlarmView | null;
  readonly onShow: (id: AlarmView["id"]) => void;
}) {
  const { t } = useTranslation();
  const { alarm } = props;
  return (
    <output className="more-urgent">
      {alarm === null ? null : (
        <>
          <Icon name="alarm" />
          <strong>{t("centre.queue.moreUrgent", { what: alarmTypeText(t, alarm.type) })}</strong>
          <button type="button" onClick={() => props.onShow(alarm.id)}>
            {t("centre.queue.showIt")}
          </button>
        </>
      )}
    </output>
  );
}

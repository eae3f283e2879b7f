import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../../theme/icons.tsx";
import type { RunningTest } from "../model.ts";
import { useNow } from "../use-now.ts";
import { useSaid } from "../use-said.ts";
import { StepResults } from "./step-results.tsx";
import { useAwakeScreen } from "./use-awake-screen.ts";

/** What to do now, in words that are read from two metres: it stands above everything else. */
export function AskedPanel({ running }: { readonly running: RunningTest }) {
  const { t } = useTranslation();
  const said = useSaid();
  return (
    <div className="commission-asked" aria-live="assertive">
      <p className="commission-label">
        {running.step === null
          ? t("commissioning.test.now")
          : `${t("commissioning.test.now")} · ${t("commissioning.test.part", running.step)}`}
      </p>
      <p className="commission-asked-words">
        {running.asked === null ? t("commissioning.test.watching") : said(running.asked)}
      </p>
    </div>
  );
}

/** What was seen last, how long there is, and the way out. */
export function RunningPanel(props: {
  readonly running: RunningTest;
  readonly mayCommission: boolean;
  readonly cancelling: boolean;
  readonly onCancel: () => void;
}) {
  const { t } = useTranslation();
  const said = useSaid();
  useAwakeScreen();
  const { running } = props;
  return (
    <div className="commission-running">
      <div className="commission-seen" aria-live="polite">
        {running.seen === null ? null : (
          <p>
            <span className="commission-label">{t("commissioning.test.lastSeen")}</span>
            <Icon name="look" /> {said(running.seen)}
          </p>
        )}
      </div>
      {running.until === null ? null : <SecondsLeft until={running.until} since={running.since} />}
      <StepResults steps={running.done} />
      {props.mayCommission ? (
        <Button size="large" block loading={props.cancelling} onClick={props.onCancel}>
          {t("commissioning.test.cancel")}
        </Button>
      ) : null}
    </div>
  );
}

/**
 * This device's clock may be another than the box's: where the test would have begun in this one's future, by so much
 * this one is behind.
 */
function SecondsLeft({ until, since }: { readonly until: string; readonly since: string }) {
  const { t } = useTranslation();
  const [behind] = useState(() => Math.max(0, Date.parse(since) - Date.now()));
  const now = useNow() + behind;
  const seconds = Math.max(0, Math.round((Date.parse(until) - now) / 1_000));
  return (
    <p className="commission-left">
      <Icon name="wait" /> {t("commissioning.test.seconds", { seconds })}
    </p>
  );
}

import { Button } from "antd";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../../theme/icons.tsx";
import type { RunningTest } from "../model.ts";
import { useSaid } from "../use-said.ts";
import { StepResults } from "./step-results.tsx";
import { useAwakeScreen } from "./use-awake-screen.ts";

/** What to do now, in words that are read from two metres; what was seen last; how long there is. */
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
  const left = useSecondsLeft(running.until, running.since);
  return (
    <div className="commission-running">
      <div className="commission-asked" role="status" aria-live="assertive">
        <p className="commission-label">
          {running.step === null
            ? t("commissioning.test.now")
            : `${t("commissioning.test.now")} · ${t("commissioning.test.part", running.step)}`}
        </p>
        <p className="commission-asked-words">
          {running.asked === null ? t("commissioning.test.watching") : said(running.asked)}
        </p>
      </div>
      <div className="commission-seen" aria-live="polite">
        {running.seen === null ? null : (
          <p>
            <span className="commission-label">{t("commissioning.test.lastSeen")}</span>
            <Icon name="look" /> {said(running.seen)}
          </p>
        )}
      </div>
      {left === null ? null : (
        <p className="commission-left">
          <Icon name="wait" /> {t("commissioning.test.seconds", { seconds: left })}
        </p>
      )}
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
 * This device's clock may be another than the box's: what counts is the time between the two instants the box names,
 * from when they were seen here first.
 */
function useSecondsLeft(until: string | null, since: string): number | null {
  const [left, setLeft] = useState<number | null>(null);
  useEffect(() => {
    if (until === null) {
      setLeft(null);
      return;
    }
    const ahead = clockAhead(since);
    const tell = (): void =>
      setLeft(Math.max(0, Math.round((Date.parse(until) + ahead - Date.now()) / 1_000)));
    tell();
    const timer = setInterval(tell, 500);
    return () => clearInterval(timer);
  }, [until, since]);
  return left;
}

/** How far this clock is ahead, if it is so far off that the test would have begun in its future. */
const clockAhead = (since: string): number => Math.min(0, Date.now() - Date.parse(since));

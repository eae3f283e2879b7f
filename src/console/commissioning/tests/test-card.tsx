import { Button } from "antd";
import { type ReactNode, type RefObject, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { TestDrawing } from "../drawing/test-drawing.tsx";
import { type Commissioning, type CommissioningTest, isSettled, type Line, standingOf } from "../model.ts";
import { useSaid } from "../use-said.ts";
import { LeaveOutForm } from "./leave-out-form.tsx";
import { ResultPanel } from "./result-panel.tsx";
import { AskedPanel, RunningPanel } from "./running-panel.tsx";
import { useTestActions } from "./use-test-actions.ts";
import { Verdict } from "./verdict.tsx";

/** One test, one thing to do at a time: where, what, what is seen, and what came of it. */
export function TestCard(props: {
  readonly commissioning: Commissioning;
  readonly test: CommissioningTest;
  readonly lines: readonly Line[];
  readonly mayCommission: boolean;
  /** What is to be seen of it now: a picture, a level. */
  readonly live?: ReactNode;
  /** What can be mended from here. */
  readonly mending?: ReactNode;
  /** Undefined behind the last one. */
  readonly onNext: (() => void) | undefined;
  readonly onGo: (test: string) => void;
}) {
  const { t } = useTranslation();
  const said = useSaid();
  const { commissioning, test, mayCommission } = props;
  const { running } = commissioning;
  const actions = useTestActions();
  const [leavingOut, setLeavingOut] = useState(false);
  const standing = standingOf(test, running);
  const mayStart = mayCommission && commissioning.state === "underWay";
  const other = running === null || running.id === test.id ? undefined : running;
  const title = said(test.title);
  const card = useShownWhileRunning(standing === "running");
  return (
    <section
      ref={card}
      className="commission-card"
      data-standing={standing}
      aria-labelledby={`title-${test.id}`}
    >
      <header>
        <h3 id={`title-${test.id}`}>{title}</h3>
        <Verdict standing={standing} large />
      </header>
      <p className="commission-about">{said(test.about)}</p>
      {running?.id === test.id ? <AskedPanel running={running} /> : null}
      {showsPlace(test) ? <TestDrawing test={test} lines={props.lines} /> : null}
      {props.live}
      {running?.id === test.id ? (
        <RunningPanel
          running={running}
          mayCommission={mayCommission}
          cancelling={actions.working}
          onCancel={actions.cancel}
        />
      ) : (
        <ResultPanel test={test} />
      )}
      {running === null ? props.mending : null}
      <p className="failure" role="alert">
        {actions.failure}
      </p>
      {other === undefined ? null : (
        <p className="commission-remark">
          {t("commissioning.test.elsewhere", {
            title: titleOf(commissioning, other.id, said),
            operator: other.operator,
          })}{" "}
          <Button size="large" onClick={() => props.onGo(other.id)}>
            {t("commissioning.test.goThere")}
          </Button>
        </p>
      )}
      {standing === "running" || !mayStart ? null : (
        <div className="commission-actions">
          <Button
            type={isSettled(standing) ? "default" : "primary"}
            size="large"
            disabled={other !== undefined || commissioning.draft.differs}
            loading={actions.working}
            onClick={() => {
              props.onGo(test.id); // or the next one would take its place as soon as it is done
              actions.start(test);
            }}
          >
            {t(`commissioning.test.${test.result === null ? "start" : "repeat"}`)}
          </Button>
          {test.leftOut === null ? (
            standing === "passed" ? null : (
              <Button size="large" onClick={() => setLeavingOut(true)}>
                {t("commissioning.test.skip")}
              </Button>
            )
          ) : (
            <Button size="large" onClick={() => actions.leaveOut(test.id, null)}>
              {t("commissioning.test.unskip")}
            </Button>
          )}
          {props.onNext === undefined ? null : (
            <Button type={isSettled(standing) ? "primary" : "default"} size="large" onClick={props.onNext}>
              {t("commissioning.test.nextTest")}
            </Button>
          )}
        </div>
      )}
      {mayStart && commissioning.draft.differs ? (
        <p className="commission-remark">{t("commissioning.test.applyFirst")}</p>
      ) : null}
      <LeaveOutForm
        title={title}
        open={leavingOut}
        working={actions.working}
        onClose={() => setLeavingOut(false)}
        onReason={(reason) => actions.leaveOut(test.id, reason, () => setLeavingOut(false))}
      />
    </section>
  );
}

/** On a phone what is to be done must not stand below the edge. */
function useShownWhileRunning(running: boolean): RefObject<HTMLElement | null> {
  const card = useRef<HTMLElement>(null);
  useEffect(() => {
    if (running) card.current?.scrollIntoView({ block: "start" });
  }, [running]);
  return card;
}

/** The box, its clock and its broker have no place at the doors; of a camera its picture says more. */
const showsPlace = ({ kind }: CommissioningTest): boolean =>
  kind !== "board" && kind !== "clock" && kind !== "broker" && kind !== "camera" && kind !== "person";

const titleOf = (
  { tests }: Commissioning,
  id: string,
  said: (text: CommissioningTest["title"]) => string,
): string => {
  const found = tests.find((test) => test.id === id);
  return found === undefined ? id : said(found.title);
};

import "../cameras/cameras.css";
import { type ReactNode, useId } from "react";
import { useTranslation } from "react-i18next";
import { LiveView } from "../cameras/live-view.tsx";
import { WiringDrawings } from "./drawing/wiring-drawings.tsx";
import { ContactFinder } from "./lines/contact-finder.tsx";
import { InputLevel } from "./lines/input-level.tsx";
import { LineExchange } from "./lines/line-exchange.tsx";
import { LiveLines } from "./lines/live-lines.tsx";
import {
  type Commissioning,
  type CommissioningTest,
  type Draft,
  type Line,
  testsOf,
  type WizardStep,
} from "./model.ts";
import { ReportStep } from "./report/report-step.tsx";
import { BoardSection } from "./sections/board-section.tsx";
import { BrokerSection } from "./sections/broker-section.tsx";
import { CamerasSection } from "./sections/cameras-section.tsx";
import { ClockSection } from "./sections/clock-section.tsx";
import { DoorsSection } from "./sections/doors-section.tsx";
import { ReadersSection } from "./sections/readers-section.tsx";
import { TestDeck } from "./tests/test-deck.tsx";
import { useNow } from "./use-now.ts";

interface StepProps {
  readonly step: WizardStep;
  readonly commissioning: Commissioning;
  readonly draft: Draft | undefined;
  readonly lines: readonly Line[] | null | undefined;
  readonly linesReadAt: number;
  readonly mayCommission: boolean;
  readonly chosenTest: string | null;
  readonly onChooseTest: (test: string) => void;
}

/** One step: what it is for, what is set up for it, its tests. */
export function StepView(props: StepProps) {
  const { t } = useTranslation();
  const { step, commissioning, draft, mayCommission } = props;
  const heading = useId();
  const tests = testsOf(commissioning, step);
  const section = mayCommission && draft !== undefined ? sectionOf(step, draft) : null;
  return (
    <article className="commission-step" aria-labelledby={heading} data-step={step}>
      <h2 id={heading}>{t(`commissioning.step.${step}.name`)}</h2>
      <p className="commission-lead">{t(`commissioning.step.${step}.lead`)}</p>
      <p className="commission-about">{t(`commissioning.step.${step}.how`)}</p>
      {section === null ? null : (
        <details
          className="commission-setup"
          open={
            commissioning.state === "uncommissioned" || draft?.faults.some((fault) => fault.section === step)
          }
        >
          <summary>{t("commissioning.setup.title")}</summary>
          {section}
        </details>
      )}
      <StepWork {...props} tests={tests} />
      <WiringDrawings step={step} />
    </article>
  );
}

function sectionOf(step: WizardStep, draft: Draft): ReactNode {
  switch (step) {
    case "board":
      return <BoardSection draft={draft} />;
    case "doors":
      return <DoorsSection draft={draft} />;
    case "readers":
      return <ReadersSection draft={draft} />;
    case "cameras":
      return <CamerasSection draft={draft} />;
    case "clock":
      return <ClockSection draft={draft} />;
    case "broker":
      return <BrokerSection draft={draft} />;
    case "lines":
    case "relays":
    case "inputs":
    case "interlock":
    case "report":
      return null;
  }
}

/** What is done in a step, once it is set up. */
function StepWork(props: StepProps & { readonly tests: readonly CommissioningTest[] }) {
  const { t } = useTranslation();
  const { step, commissioning, lines, draft } = props;
  if (step === "report")
    return <ReportStep commissioning={commissioning} mayCommission={props.mayCommission} />;
  if (step === "lines") return <ContactFinder lines={lines} readAt={props.linesReadAt} draft={draft} />;
  return (
    <>
      <TestDeck
        commissioning={commissioning}
        tests={props.tests}
        lines={lines ?? []}
        mayCommission={props.mayCommission}
        chosen={props.chosenTest}
        onChoose={props.onChooseTest}
        liveOf={(test) => <LiveOf test={test} lines={lines} />}
        mendingOf={(test) => <LineExchange pairs={swappedPairs(test)} draft={draft} isSaid />}
      />
      {step === "inputs" ? (
        <section className="commission-card" aria-labelledby="lines-title">
          <h3 id="lines-title">{t("commissioning.lines.title")}</h3>
          <p className="commission-about">{t("commissioning.lines.lead")}</p>
          <LiveLines lines={lines} />
        </section>
      ) : null}
    </>
  );
}

/** What is to be seen of a test before and while it runs. */
function LiveOf(props: {
  readonly test: CommissioningTest;
  readonly lines: readonly Line[] | null | undefined;
}) {
  const { t } = useTranslation();
  const { test, lines } = props;
  if (test.kind === "line") return <InputLevel line={lines?.find(({ name }) => name === test.line)} />;
  if ((test.kind === "camera" || test.kind === "person") && test.camera !== null)
    return (
      <LiveView
        camera={test.camera}
        label={test.accessPoint === null ? test.camera : t(`accessPoint.${test.accessPoint}`)}
      />
    );
  if (test.kind === "clock") return <OwnClock />;
  return null;
}

/** Which wires may have been exchanged, as far as the trial tells. */
function swappedPairs({ result, vestibule }: CommissioningTest): readonly (readonly [string, string])[] {
  const meanings =
    result?.finding === "contactsSwapped"
      ? ["contact", "lock"]
      : result?.finding === "locksOrBoltsSwapped"
        ? ["lock", "bolt"]
        : [];
  return meanings.map((meaning) => [`${vestibule}.outer.${meaning}`, `${vestibule}.inner.${meaning}`]);
}

/** The one thing about the clock that the box cannot read by itself. */
function OwnClock() {
  const { t } = useTranslation();
  const now = useNow();
  return (
    <p className="commission-level">
      <span className="commission-label">{t("commissioning.test.shownTime")}</span>
      <strong>{new Date(now).toLocaleTimeString("en-GB")}</strong>
    </p>
  );
}

import "./commissioning.css";
import "./commissioning-tests.css";
import { Button, Segmented } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { useMay } from "../live/use-site.ts";
import { Antd } from "../shell/antd.tsx";
import { ApplyBar } from "./apply/apply-bar.tsx";
import { Restarting } from "./apply/restarting.tsx";
import { BeginPanel } from "./begin-panel.tsx";
import { DoctorPanel } from "./doctor/doctor-panel.tsx";
import {
  type Commissioning,
  type Draft,
  firstOpenStep,
  isBegun,
  isWizardStep,
  stepOf,
  type WizardStep,
  wizardSteps,
} from "./model.ts";
import { StepNavigation } from "./step-navigation.tsx";
import { StepView } from "./step-view.tsx";
import { useCommissioning, useDraft, useKeep, useLines } from "./use-commissioning.ts";
import { useRefusalText } from "./use-refusal-text.ts";

/** For an installer with a screwdriver in one hand: from the box to the signed report. */
export function CommissioningPage() {
  return (
    <Antd>
      <div className="commission">
        <Wizard />
      </div>
    </Antd>
  );
}

function Wizard() {
  const { t } = useTranslation();
  const refusalText = useRefusalText();
  const keep = useKeep();
  const { data, error, refetch } = useCommissioning();
  const [applied, setApplied] = useState<string | null>(null);
  if (applied !== null)
    return (
      <Restarting
        hash={applied}
        onBack={(commissioning) => {
          setApplied(null);
          keep.commissioning(commissioning);
          void keep.again();
        }}
      />
    );
  if (data === undefined)
    return error === null ? (
      <output className="empty">{t("commissioning.loading")}</output>
    ) : (
      <section className="commission-card" role="alert">
        <p>{t("commissioning.failed", { detail: refusalText(error) })}</p>
        <Button size="large" onClick={() => void refetch()}>
          {t("commissioning.again")}
        </Button>
      </section>
    );
  return <Loaded commissioning={data} onApplied={setApplied} />;
}

function Loaded(props: {
  readonly commissioning: Commissioning;
  readonly onApplied: (hash: string) => void;
}) {
  const { t } = useTranslation();
  const { commissioning } = props;
  const mayCommission = useMay("commission");
  const [query, setQuery] = useSearchParams();
  const view = query.get("view") === "doctor" ? "doctor" : "steps";
  return (
    <>
      <header className="commission-head">
        <h1>{t("commissioning.title")}</h1>
        <span className="commission-state" data-state={commissioning.state}>
          {t(`commissioning.state.${commissioning.state}`)}
        </span>
        {mayCommission ? (
          <Segmented
            size="large"
            value={view}
            options={[
              { value: "steps", label: t("commissioning.allSteps") },
              { value: "doctor", label: t("commissioning.doctor.title") },
            ]}
            onChange={(chosen) => setQuery(chosen === "doctor" ? { view: "doctor" } : {})}
          />
        ) : null}
      </header>
      {view === "doctor" && mayCommission ? (
        <DoctorPanel />
      ) : (
        <Steps {...props} mayCommission={mayCommission} query={query} setQuery={setQuery} />
      )}
    </>
  );
}

function Steps(props: {
  readonly commissioning: Commissioning;
  readonly mayCommission: boolean;
  readonly query: URLSearchParams;
  readonly setQuery: (query: Record<string, string>) => void;
  readonly onApplied: (hash: string) => void;
}) {
  const { commissioning, mayCommission, query, setQuery } = props;
  const asked = query.get("step");
  const step = isWizardStep(asked) ? asked : firstOpenStep(commissioning);
  const begun = isBegun(commissioning);
  const begin = <BeginPanel commissioning={commissioning} mayCommission={mayCommission} />;
  const draft = useDraft(mayCommission && begun);
  const lines = useLines(showsLines.has(step) && commissioning.state !== "uncommissioned");
  const go = (next: WizardStep): void => {
    setQuery({ step: next });
    window.scrollTo({ top: 0 });
  };
  const goToTest = (id: string): void => {
    const test = commissioning.tests.find((one) => one.id === id);
    if (test !== undefined) setQuery({ step: stepOf(test), test: id });
  };
  return (
    <div className="commission-body">
      <StepNavigation commissioning={commissioning} at={step} onGo={go} />
      <div className="commission-main">
        {commissioning.state === "uncommissioned" && !begun ? begin : null}
        {draft.data === undefined || !begun ? null : <ChangesWait draft={draft.data} />}
        <StepView
          key={step}
          step={step}
          commissioning={commissioning}
          draft={draft.data}
          lines={lines.data}
          linesReadAt={lines.dataUpdatedAt}
          mayCommission={mayCommission}
          chosenTest={query.get("test")}
          onChooseTest={goToTest}
        />
        {draft.data === undefined || !begun ? null : (
          <ApplyBar commissioning={commissioning} draft={draft.data} onApplied={props.onApplied} />
        )}
        <StepTurns at={step} onGo={go} />
        {commissioning.state === "inService" ? begin : null}
      </div>
    </div>
  );
}

/** Where the page is long: that something waits, and the way to it. */
function ChangesWait({ draft }: { readonly draft: Draft }) {
  const { t } = useTranslation();
  if (draft.differences.length === 0) return null;
  return (
    <p className="commission-remark">
      {t("commissioning.apply.lead", { count: draft.differences.length })}{" "}
      <a href="#apply">{t("commissioning.apply.goThere")}</a>
    </p>
  );
}

/** Steps with a drawing of the doors as they are now. */
const showsLines: ReadonlySet<WizardStep> = new Set<WizardStep>([
  "lines",
  "doors",
  "relays",
  "inputs",
  "readers",
  "interlock",
]);

function StepTurns(props: { readonly at: WizardStep; readonly onGo: (step: WizardStep) => void }) {
  const { t } = useTranslation();
  const index = wizardSteps.indexOf(props.at);
  const [before, after] = [wizardSteps[index - 1], wizardSteps[index + 1]];
  return (
    <div className="commission-turns">
      {before === undefined ? (
        <span />
      ) : (
        <Button size="large" onClick={() => props.onGo(before)}>
          {t("commissioning.back")}
        </Button>
      )}
      {after === undefined ? null : (
        <Button size="large" type="primary" ghost onClick={() => props.onGo(after)}>
          {t("commissioning.nextNamed", { step: t(`commissioning.step.${after}.name`) })}
        </Button>
      )}
    </div>
  );
}

import { useTranslation } from "react-i18next";
import { type Commissioning, isSettled, progressOf, standingOf, testsOf, wizardSteps } from "../model.ts";
import { Verdict } from "../tests/verdict.tsx";
import { useSaid } from "../use-said.ts";
import { EndForm } from "./end-form.tsx";
import { ReportFiles } from "./report-files.tsx";

/** What was tested, what is open, and whose name stands under it. */
export function ReportStep(props: {
  readonly commissioning: Commissioning;
  readonly mayCommission: boolean;
}) {
  const { commissioning, mayCommission } = props;
  return (
    <>
      {commissioning.report === null ? null : (
        <ReportFiles commissioning={commissioning} mayCommission={mayCommission} />
      )}
      <Summary commissioning={commissioning} />
      <OpenTests commissioning={commissioning} />
      {commissioning.state === "underWay" && mayCommission ? <EndForm commissioning={commissioning} /> : null}
    </>
  );
}

function Summary({ commissioning }: { readonly commissioning: Commissioning }) {
  const { t } = useTranslation();
  const count = (...states: readonly string[]): number =>
    commissioning.tests.filter(({ state }) => states.includes(state)).length;
  return (
    <section className="commission-card" aria-labelledby="summary-title">
      <h3 id="summary-title">{t("commissioning.report.summary")}</h3>
      <dl className="commission-counts">
        {(
          [
            ["passed", count("passed")],
            ["doubtful", count("doubtful")],
            ["failed", count("failed")],
            ["open", count("untried", "outdated")],
          ] as const
        ).map(([name, number]) => (
          <div key={name} data-count={name}>
            <dd>{number}</dd>
            <dt>{t(`commissioning.report.${name}`)}</dt>
          </div>
        ))}
      </dl>
      <ul className="commission-step-counts">
        {wizardSteps
          .filter((step) => testsOf(commissioning, step).length > 0)
          .map((step) => (
            <li key={step}>
              <span>{t(`commissioning.step.${step}.name`)}</span>
              <span>{t("commissioning.doneOf", { ...progressOf(commissioning, step) })}</span>
            </li>
          ))}
      </ul>
    </section>
  );
}

function OpenTests({ commissioning }: { readonly commissioning: Commissioning }) {
  const { t } = useTranslation();
  const said = useSaid();
  const open = commissioning.tests.filter((test) => {
    const standing = standingOf(test, null);
    return standing === "skipped" || !isSettled(standing);
  });
  if (open.length === 0) return null;
  return (
    <section className="commission-card" aria-labelledby="open-title">
      <h3 id="open-title">{t("commissioning.report.openTitle")}</h3>
      <p className="commission-about">{t("commissioning.report.openLead")}</p>
      <ul className="commission-open">
        {open.map((test) => (
          <li key={test.id}>
            <span>
              {said(test.title)}
              {test.leftOut === null ? null : <small>{test.leftOut.reason}</small>}
            </span>
            <Verdict standing={standingOf(test, null)} />
          </li>
        ))}
      </ul>
    </section>
  );
}

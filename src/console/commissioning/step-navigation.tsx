import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../theme/icons.tsx";
import { type Commissioning, progressOf, type WizardStep, wizardSteps } from "./model.ts";

/** Every step with how far it is; on a phone folded away under the one at hand. */
export function StepNavigation(props: {
  readonly commissioning: Commissioning;
  readonly at: WizardStep;
  readonly onGo: (step: WizardStep) => void;
}) {
  const { t } = useTranslation();
  const fold = useRef<HTMLDetailsElement>(null);
  const [unfolded] = useState(isWide); // how it is drawn first; afterwards it is the person's
  useEffect(() => {
    const width = window.matchMedia(wide);
    // Beside the page it has no handle to unfold it by.
    const follow = (): void => {
      if (fold.current !== null) fold.current.open = width.matches;
    };
    width.addEventListener("change", follow);
    return () => width.removeEventListener("change", follow);
  }, []);
  const number = wizardSteps.indexOf(props.at) + 1;
  const go = (step: WizardStep): void => {
    if (fold.current !== null && !isWide()) fold.current.open = false;
    props.onGo(step);
  };
  return (
    <details className="commission-steps" ref={fold} open={unfolded}>
      <summary>
        <span>{t("commissioning.stepOf", { number, of: wizardSteps.length })}</span>
        <strong>{t(`commissioning.step.${props.at}.name`)}</strong>
        <small>{t("commissioning.allSteps")}</small>
      </summary>
      <nav aria-label={t("commissioning.allSteps")}>
        <ol>
          {wizardSteps.map((step, index) => (
            <li key={step}>
              <StepLink
                step={step}
                number={index + 1}
                commissioning={props.commissioning}
                current={step === props.at}
                onGo={() => go(step)}
              />
            </li>
          ))}
        </ol>
      </nav>
    </details>
  );
}

/** As the style sheet has it. */
const wide = "(min-width: 900px)";
const isWide = (): boolean => window.matchMedia(wide).matches;

function StepLink(props: {
  readonly step: WizardStep;
  readonly number: number;
  readonly commissioning: Commissioning;
  readonly current: boolean;
  readonly onGo: () => void;
}) {
  const { t } = useTranslation();
  const { of, done, failed } = progressOf(props.commissioning, props.step);
  const ended = props.step === "report" && props.commissioning.report !== null;
  const state = failed > 0 ? "failed" : (of > 0 && done === of) || ended ? "passed" : "untried";
  return (
    <button
      type="button"
      aria-current={props.current ? "step" : undefined}
      data-standing={state}
      onClick={props.onGo}
    >
      <span className="commission-step-number" aria-hidden="true">
        {state === "passed" ? (
          <Icon name="granted" />
        ) : state === "failed" ? (
          <Icon name="denied" />
        ) : (
          props.number
        )}
      </span>
      <span>
        {t(`commissioning.step.${props.step}.name`)}
        {of === 0 ? null : <small>{t("commissioning.doneOf", { done, of })}</small>}
      </span>
    </button>
  );
}

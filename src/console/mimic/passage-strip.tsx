import { useTranslation } from "react-i18next";
import type { PassageView } from "../../ports/controller-services.ts";
import { useMay } from "../live/use-site.ts";
import { Icon, type IconName } from "../theme/icons.tsx";
import { type PassageStep, peopleOf, type StepName, stepsOf } from "./passage-steps.ts";

const icons: Readonly<Record<StepName, IconName>> = {
  card: "card",
  face: "look",
  pin: "keypad",
  remote: "person",
  others: "people",
  count: "camera",
  release: "released",
  open: "door",
  close: "door",
};

/** The passage under way: who, for how long, and how far it has come. */
export function PassageStrip(props: {
  readonly passage: PassageView;
  /** Milliseconds, of the controller's clock. */
  readonly now: number;
  readonly nameOf: (cardholder: string) => string;
}) {
  const { t } = useTranslation();
  const { passage, now, nameOf } = props;
  const seesPeople = useMay("seePeople");
  const people = seesPeople ? peopleOf(passage).map((id) => (id === null ? t("somebody") : nameOf(id))) : [];
  const seconds = Math.max(0, Math.round((now - passage.since) / 1_000));
  return (
    <div className="passage">
      <p className="passage-who">
        <strong>{people.length === 0 ? t("mimic.passage") : people.join(t("mimic.and"))}</strong>{" "}
        <span>{t(`accessPoint.${passage.accessPoint}`)}</span>{" "}
        <span className="passage-time">{t("mimic.seconds", { seconds })}</span>
      </p>
      <ol className="passage-steps" aria-label={t("mimic.steps")}>
        {stepsOf(passage).map((step) => (
          <Step key={step.name} step={step} />
        ))}
      </ol>
    </div>
  );
}

function Step({ step: { name, state, progress } }: { readonly step: PassageStep }) {
  const { t } = useTranslation();
  return (
    <li data-state={state} data-step={name} aria-current={state === "current" ? "step" : undefined}>
      <Icon name={state === "done" ? "granted" : icons[name]} />
      <span>
        {t(`mimic.step.${name}`)}
        {progress === null ? null : ` ${t("mimic.progress", { ...progress })}`}
      </span>
      {state === "done" ? <span className="visually-hidden">{t("mimic.done")}</span> : null}
    </li>
  );
}

import { useTranslation } from "react-i18next";
import type { DisplayView } from "../../ports/controller-services.ts";
import { Icon, type IconName } from "../theme/icons.tsx";

const icons: Readonly<Record<DisplayView["text"], IconName>> = {
  ready: "card",
  wait: "wait",
  look: "look",
  turnLeft: "turnLeft",
  turnRight: "turnRight",
  blink: "blink",
  openMouth: "openMouth",
  enterPin: "keypad",
  nextPerson: "people",
  waitForHost: "people",
  waitForStaff: "look",
  welcome: "granted",
  tryAgain: "again",
  askStaff: "person",
  closeDoor: "door",
  occupied: "people",
  closed: "locked",
  doorOpen: "released",
  keepClear: "denied",
};

/** What the person at the reader is told: what to do, never which secret was wrong. */
export function DoorDisplay({ display }: { readonly display: DisplayView | undefined }) {
  const { t } = useTranslation();
  const text = display?.text ?? "ready";
  const hint = display?.hint ?? null;
  return (
    <p className="display" data-text={text} aria-live="polite">
      <Icon name={icons[text]} />
      <span>
        {t(`display.${text}`)}
        {hint === null ? null : <small>{t(`hint.${hint}`)}</small>}
        {display?.progress === undefined ? null : <Steps {...display.progress} />}
      </span>
    </p>
  );
}

/** Which of how many: dots need no language. */
function Steps({ step, of }: { readonly step: number; readonly of: number }) {
  const { t } = useTranslation();
  return (
    <small>
      <span className="visually-hidden">{t("displaySteps", { step, of })}</span>
      <span className="display-steps" aria-hidden="true">
        {Array.from({ length: of }, (_, index) => (
          <i key={index} data-asked={index < step} />
        ))}
      </span>
    </small>
  );
}

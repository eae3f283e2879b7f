import { useTranslation } from "react-i18next";
import type { DisplayView } from "../../ports/controller-services.ts";
import { Icon, type IconName } from "../theme/icons.tsx";

const icons: Readonly<Record<DisplayView["text"], IconName>> = {
  ready: "card",
  wait: "wait",
  look: "look",
  welcome: "granted",
  tryAgain: "again",
  askStaff: "person",
  closeDoor: "door",
  closed: "locked",
  doorOpen: "released",
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
      </span>
    </p>
  );
}

import "./operations.css";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import type { VestibuleView } from "../../ports/controller-services.ts";
import { Icon, type IconName } from "../theme/icons.tsx";

const icons: Readonly<Record<VestibuleView["mode"], IconName>> = {
  normal: "granted",
  degraded: "note",
  override: "released",
  lockdown: "locked",
  emergency: "alarm",
};

/** What holds for the whole door pair, before anything about a single door. */
export function ModeBanner({ vestibule }: { readonly vestibule: VestibuleView }) {
  const { t } = useTranslation();
  const { mode, condition } = vestibule;
  return (
    <div className="mode" data-mode={mode} aria-live="polite">
      <p className="mode-line">
        <Icon name={icons[mode]} />
        <strong>{t(`mode.${mode}`)}</strong>
        <span>{explanation(t, vestibule)}</span>
      </p>
      {condition === null ? null : (
        <ul className="mode-notes">
          {notes(condition).map((note) => (
            <li key={note}>{t(`mode.note.${note}`)}</li>
          ))}
        </ul>
      )}
    </div>
  );
}

function explanation(t: TFunction, { mode, condition }: VestibuleView): string {
  switch (mode) {
    case "normal":
      return "";
    case "degraded":
      return t(condition === null ? "mode.silent" : "mode.missing");
    case "override":
      return t("mode.overridden");
    case "lockdown":
      return t(`mode.lockedBy.${lockedBy(condition)}`);
    case "emergency":
      return t(condition?.fire === "active" ? "mode.fireActive" : "mode.fireQuiet");
  }
}

function lockedBy(condition: VestibuleView["condition"]): "order" | "input" | "both" {
  const { order, input } = condition?.lockdown ?? { order: true, input: false };
  return order && input ? "both" : input ? "input" : "order";
}

type Note = "detained" | "tampered" | "mains" | "battery" | "fireFault";

function notes(condition: NonNullable<VestibuleView["condition"]>): readonly Note[] {
  const all: readonly (readonly [Note, boolean])[] = [
    ["detained", condition.detained],
    ["tampered", condition.tampered],
    ["mains", !condition.mains],
    ["battery", !condition.battery],
    ["fireFault", condition.fire === "fault"],
  ];
  return all.flatMap(([note, holds]) => (holds ? [note] : []));
}

import { useTranslation } from "react-i18next";
import type { OverriddenDoors } from "../../domain/interlock/interlock.ts";

const choices: readonly OverriddenDoors[] = ["both", "outer", "inner"];

/** Which doors an override is about; both operators have to mean the same. */
export function DoorChoice(props: {
  readonly doors: OverriddenDoors;
  readonly onChoose: (doors: OverriddenDoors) => void;
}) {
  const { t } = useTranslation();
  return (
    <div className="segments three" role="radiogroup" aria-label={t("operations.which")}>
      {choices.map((doors) => (
        <label key={doors} className="segment">
          <input
            type="radio"
            name="overridden-doors"
            checked={props.doors === doors}
            onChange={() => props.onChoose(doors)}
          />
          <span>{t(`doors.${doors}`)}</span>
        </label>
      ))}
    </div>
  );
}

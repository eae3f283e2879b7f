import { useTranslation } from "react-i18next";
import { type DoorName, doorNames } from "../../domain/names.ts";
import type { DoorAction } from "../api/simulator.ts";

const actions: readonly DoorAction[] = ["open", "close", "prop", "force"];

/** 3. What a hand does to the door. */
export function DoorStep(props: {
  readonly door: DoorName;
  readonly onDoor: (door: DoorName) => void;
  readonly onMove: (action: DoorAction) => void;
}) {
  const { t } = useTranslation();
  return (
    <fieldset className="step">
      <legend>
        <span className="step-number">3</span>
        {t("story.door")}
      </legend>
      <div className="segments" role="radiogroup" aria-label={t("story.which")}>
        {doorNames.map((door) => (
          <label key={door} className="segment">
            <input
              type="radio"
              name="door"
              checked={props.door === door}
              onChange={() => props.onDoor(door)}
            />
            <span>{t(`door.${door}`)}</span>
          </label>
        ))}
      </div>
      <div className="door-actions">
        {actions.map((action) => (
          <button key={action} type="button" data-action={action} onClick={() => props.onMove(action)}>
            {t(`story.action.${action}`)}
          </button>
        ))}
      </div>
    </fieldset>
  );
}

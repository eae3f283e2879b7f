import { useTranslation } from "react-i18next";
import type { VestibuleView } from "../../ports/controller-services.ts";
import type { BoxInput } from "../api/simulator.ts";
import { Icon, type IconName } from "../theme/icons.tsx";
import { useBuzzer } from "./use-buzzer.ts";

type Condition = NonNullable<VestibuleView["condition"]>;
const inputs: readonly {
  readonly input: BoxInput;
  readonly icon: IconName;
  readonly isOn: (condition: Condition) => boolean;
}[] = [
  { input: "fire", icon: "alarm", isOn: ({ fire }) => fire === "active" },
  { input: "lockdown", icon: "locked", isOn: ({ lockdown }) => lockdown.input },
  { input: "tamper", icon: "note", isOn: ({ tampered }) => tampered },
  { input: "mains", icon: "wait", isOn: ({ mains }) => !mains },
  { input: "battery", icon: "wait", isOn: ({ battery }) => !battery },
];

/** 4. What is wired to the box besides the doors, and what it sounds. */
export function BoxStep(props: {
  readonly vestibule: VestibuleView;
  /** `on`: fire, locked down, housing open, mains gone, battery low. */
  readonly onSet: (input: BoxInput, on: boolean) => void;
}) {
  const { t } = useTranslation();
  const { vestibule, onSet } = props;
  const { condition } = vestibule;
  const sounding = useBuzzer(vestibule);
  return (
    <fieldset className="step">
      <legend>
        <span className="step-number">4</span>
        {t("story.box.heading")}
      </legend>
      <div className="chips">
        {inputs.map(({ input, icon, isOn }) => {
          const on = condition !== null && isOn(condition);
          return (
            <button
              key={input}
              type="button"
              className="chip"
              data-input={input}
              aria-pressed={on}
              onClick={() => onSet(input, !on)}
            >
              <Icon name={icon} />
              {t(`story.box.${input}`)}
            </button>
          );
        })}
      </div>
      <p className="buzzer" data-sounding={sounding} aria-live="polite">
        {t(sounding ? "story.box.buzzerSounds" : "story.box.buzzerSilent")}
      </p>
    </fieldset>
  );
}

import { useTranslation } from "react-i18next";

/** As on the wall: telephone order, clear and enter below. */
const keys = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "0", "#"] as const;

/** The keypad beside the reader; each key is pressed as it is there. What is typed is shown nowhere. */
export function Keypad(props: { readonly asked: boolean; readonly onPress: (key: string) => void }) {
  const { t } = useTranslation();
  return (
    <fieldset className="step keypad" data-asked={props.asked}>
      <legend>{t(props.asked ? "story.keypadAsked" : "story.keypad")}</legend>
      <div className="keypad-keys">
        {keys.map((key) => (
          <button
            key={key}
            type="button"
            aria-label={key === "#" ? t("story.keypadEnter") : key === "*" ? t("story.keypadClear") : key}
            onClick={() => props.onPress(key)}
          >
            {key}
          </button>
        ))}
      </div>
    </fieldset>
  );
}

import { useTranslation } from "react-i18next";
import type { CardholderView } from "../api/site.ts";
import { personName } from "../texts/person-name.ts";
import { useLanguage } from "../texts/use-language.ts";
import { Icon } from "../theme/icons.tsx";

/** A number that no cardholder of the demo has. */
const unknownCard = "9999";

/** 2. Present a card. */
export function CardStep(props: {
  readonly people: readonly CardholderView[];
  readonly onPresent: (card: string) => void;
}) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <fieldset className="step">
      <legend>
        <span className="step-number">2</span>
        {t("story.card")}
      </legend>
      <div className="cards">
        {props.people.map((person, place) => {
          const number = person.cards[0]?.number;
          if (number === undefined) return null;
          return (
            <button
              key={person.id}
              type="button"
              className="bank-card"
              data-place={place % 3}
              onClick={() => props.onPresent(number)}
            >
              <Icon name="card" />
              <span>{t("story.cardOf", { name: personName(person.name, language) })}</span>
              <small>{number}</small>
            </button>
          );
        })}
        <button
          type="button"
          className="bank-card"
          data-place="unknown"
          onClick={() => props.onPresent(unknownCard)}
        >
          <Icon name="card" />
          <span>{t("story.cardUnknown")}</span>
          <small>{unknownCard}</small>
        </button>
      </div>
    </fieldset>
  );
}

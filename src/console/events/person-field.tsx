import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { usePeopleSearch } from "../cardholders/use-people-search.ts";
import { personName } from "../texts/person-name.ts";
import { useLanguage } from "../texts/use-language.ts";
import { useNameOf } from "../texts/use-name-of.ts";

const mostOffered = 6;

/** One of many people, found by name, number or card. */
export function PersonField(props: {
  readonly chosen: string | null;
  readonly onChoose: (cardholder: string | null) => void;
}) {
  const { t } = useTranslation();
  const language = useLanguage();
  const nameOf = useNameOf();
  const id = useId();
  const [typed, setTyped] = useState("");
  const { search, found } = usePeopleSearch(
    typed,
    { limit: mostOffered },
    (asked) => asked !== "" && props.chosen === null,
  );
  if (props.chosen !== null) {
    return (
      <p className="event-field">
        <span>{t("events.person")}</span>
        <button
          type="button"
          aria-label={t("events.dropPerson", { name: nameOf(props.chosen) })}
          onClick={() => props.onChoose(null)}
        >
          {nameOf(props.chosen)} ×
        </button>
      </p>
    );
  }
  const offered = search === "" ? [] : (found ?? []);
  return (
    <div className="event-field">
      <label htmlFor={id}>{t("events.person")}</label>
      <input
        id={id}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        placeholder={t("events.personHint")}
        autoComplete="off"
      />
      <ul className="event-people" aria-live="polite">
        {offered.map((person) => (
          <li key={person.id}>
            <button
              type="button"
              className="small"
              onClick={() => {
                setTyped("");
                props.onChoose(person.id);
              }}
            >
              {personName(person.name, language)}{" "}
              {person.number === null ? null : <small>{person.number}</small>}
            </button>
          </li>
        ))}
        {search !== "" && found !== undefined && offered.length === 0 ? <li>{t("events.nobody")}</li> : null}
      </ul>
    </div>
  );
}

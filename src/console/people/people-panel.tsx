import "./people.css";
import { useTranslation } from "react-i18next";
import type { CardholderView } from "../api/site.ts";
import { PersonRow } from "./person-row.tsx";

/** Who is registered, whether their photos will do, and the place to add one. */
export function PeoplePanel(props: {
  readonly cardholders: readonly CardholderView[];
  readonly nameOf: (cardholder: string) => string;
}) {
  const { t } = useTranslation();
  const lacking = props.cardholders.filter(({ enrolment }) => !enrolment.enough).length;
  return (
    <section className="panel people" aria-labelledby="people-heading">
      <details>
        <summary>
          <h2 id="people-heading">{t("people.heading")}</h2>
          <small>{t("people.summary", { number: props.cardholders.length, lacking })}</small>
        </summary>
        {props.cardholders.length === 0 ? (
          <p className="empty">{t("app.nothingHere")}</p>
        ) : (
          <ul className="people-rows">
            {props.cardholders.map((person) => (
              <PersonRow key={person.id} person={person} nameOf={props.nameOf} />
            ))}
          </ul>
        )}
      </details>
    </section>
  );
}

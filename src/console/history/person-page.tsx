import "./history.css";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import type { GetCardholderData } from "../api/client.ts";
import { filtersIn } from "../events/event-filters.ts";
import { EventsFound } from "../events/events-found.tsx";
import { useMay } from "../live/use-site.ts";
import { personName } from "../texts/person-name.ts";
import { useLanguage } from "../texts/use-language.ts";
import { useSiteTime } from "../texts/use-site-time.ts";
import { DayLine } from "./day-line.tsx";
import { denialsByReason, whereNow } from "./person-figures.ts";
import { ReasonBars } from "./reason-bars.tsx";
import { usePerson } from "./use-person.ts";

/** What one person has done, and where they are. */
export function PersonHistoryPage() {
  const { id = "" } = useParams();
  return useMay("seePeople") ? <History key={id} id={id} /> : null;
}

function History({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const { timeZone, clock, date } = useSiteTime();
  const { person, last, day, denials } = usePerson(id, timeZone);
  const filters = useMemo(() => filtersIn(new URLSearchParams({ what: "all", person: id })), [id]);
  const where = whereNow(last.data ?? undefined);
  const asked = denials.data;
  return (
    <div className="history">
      {person.data === undefined ? (
        <section className="panel">
          <h2>{t("peopleNow.person.all")}</h2>
          <p className="empty">{t(person.isError ? "peopleNow.person.gone" : "peopleNow.loading")}</p>
        </section>
      ) : (
        <Who person={person.data} />
      )}
      <section className="panel" aria-label={t("peopleNow.person.where")}>
        <h3>{t("peopleNow.person.where")}</h3>
        <p className="history-where">
          <strong>{t(`peopleNow.area.${where?.area ?? "unknown"}`)}</strong>{" "}
          {where === null
            ? null
            : t("peopleNow.person.whereSince", { time: `${date(where.since)}, ${clock(where.since)}` })}
        </p>
        {person.data === undefined ? null : <Cards person={person.data} />}
      </section>
      <section className="panel" aria-label={t("peopleNow.person.today")}>
        <h3>{t("peopleNow.person.today")}</h3>
        <DayLine records={day.data ?? []} />
      </section>
      <section className="panel" aria-label={t("peopleNow.person.denials")}>
        <h3>{t("peopleNow.person.denials")}</h3>
        <ReasonBars person={id} reasons={asked === undefined ? [] : denialsByReason(asked)} />
      </section>
      <div className="history-all">
        <h3>{t("peopleNow.person.all")}</h3>
        <EventsFound filters={filters} />
      </div>
    </div>
  );
}

function Who({ person }: { readonly person: GetCardholderData }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [isPhotoShown, setPhotoShown] = useState(false);
  const seesPhotos = useMay("seePhotos");
  const name = personName(person.name, language);
  const [photo] = person.photos;
  return (
    <section className="panel history-who">
      <div>
        <h2>{name}</h2>
        <p>
          {person.number === null ? null : t("peopleNow.person.number", { number: person.number })}{" "}
          {person.kind === "visitor" ? t("peopleNow.person.visitor") : null}
        </p>
        <Link to={`/cardholders/${encodeURIComponent(person.id)}`}>{t("peopleNow.person.manage")}</Link>
      </div>
      {!seesPhotos || photo === undefined ? null : isPhotoShown ? (
        <img
          src={`/api/v1/cardholders/${encodeURIComponent(person.id)}/photos/${encodeURIComponent(photo.id)}`}
          alt={t("peopleNow.person.photoAlt", { name })}
        />
      ) : (
        <p>
          <button type="button" onClick={() => setPhotoShown(true)}>
            {t("peopleNow.person.photo")}
          </button>{" "}
          <small>{t("peopleNow.person.photoNote")}</small>
        </p>
      )}
    </section>
  );
}

/** Which of them is for duress is told nowhere. */
function Cards({ person: { cards } }: { readonly person: GetCardholderData }) {
  const { t } = useTranslation();
  return (
    <>
      <h3>{t("peopleNow.person.cards")}</h3>
      {cards.length === 0 ? <p className="empty">{t("peopleNow.person.cardsNone")}</p> : null}
      <ul className="history-cards">
        {cards.map(({ number, status }) => (
          <li key={number} data-status={status}>
            <Link to={`/events?what=all&card=${encodeURIComponent(number)}`}>{number}</Link>{" "}
            <span>{t(`cardStatus.${status}`)}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

import "../events/events.css";
import "./inside.css";
import type { TFunction } from "i18next";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { VestibuleView } from "../../ports/controller-services.ts";
import type { ListPresenceData } from "../api/client.ts";
import { useMay, useSite } from "../live/use-site.ts";
import { useLanguage } from "../texts/use-language.ts";
import { useNameOf } from "../texts/use-name-of.ts";
import { useSiteTime } from "../texts/use-site-time.ts";
import { Icon } from "../theme/icons.tsx";
import { limitBroken, type Presence, peopleIn, type Stay, stay } from "./present-people.ts";
import { type Reset, ResetForm } from "./reset-form.tsx";
import { usePresence } from "./use-presence.ts";

/** Who is inside now, behind each door pair. */
export function InsidePage() {
  const { t } = useTranslation();
  const vestibules = useSite().state?.vestibules ?? [];
  const mayReset = useMay("resetPerson");
  const [reset, setReset] = useState<Reset | null>(null);
  const { data, isError, refetch, hasNextPage, fetchNextPage } = usePresence();
  const pages = data?.pages ?? [];
  const people = pages.flatMap((page) => page.people);
  const counted = pages[0]?.vestibules ?? [];
  return (
    <div className="inside">
      <div className="panel-head">
        <h2>{t("peopleNow.heading")}</h2>
        <span className="panel-lead">{t("peopleNow.lead")}</span>
        {mayReset && people.length > 0 ? (
          <button type="button" onClick={() => setReset({ cardholder: null, name: "", vestibule: null })}>
            {t("peopleNow.resetAll")}
          </button>
        ) : null}
      </div>
      {isError ? (
        <p className="failure" role="alert">
          {t("peopleNow.failed")}{" "}
          <button type="button" className="small" onClick={() => void refetch()}>
            {t("peopleNow.again")}
          </button>
        </p>
      ) : null}
      {data === undefined && !isError ? <p className="empty">{t("peopleNow.loading")}</p> : null}
      {data === undefined
        ? null
        : vestibules.map((vestibule) => (
            <InsideOf
              key={vestibule.id}
              vestibule={vestibule}
              counted={counted.find((one) => one.vestibule === vestibule.id)}
              people={people}
              onReset={mayReset ? setReset : null}
            />
          ))}
      {hasNextPage ? (
        <button type="button" className="wide" onClick={() => void fetchNextPage()}>
          {t("peopleNow.more")}
        </button>
      ) : null}
      {reset === null ? null : <ResetForm reset={reset} onClose={() => setReset(null)} />}
    </div>
  );
}

type Counted = ListPresenceData["vestibules"][number];

function InsideOf(props: {
  readonly vestibule: VestibuleView;
  readonly counted: Counted | undefined;
  readonly people: readonly Presence[];
  readonly onReset: ((reset: Reset) => void) | null;
}) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { clock, date } = useSiteTime();
  const { vestibule, counted, people, onReset } = props;
  const { limits, id } = vestibule;
  const since = counted?.uncertainSince ?? null;
  return (
    <section className="panel" data-vestibule={id} aria-label={vestibule.name[language]}>
      <h3>{vestibule.name[language]}</h3>
      {since === null ? null : (
        <p className="inside-uncertain">
          <Icon name="alarm" />
          {t("peopleNow.uncertain", { time: `${date(since)}, ${clock(since)}` })}
        </p>
      )}
      <div className="inside-areas">
        <AreaList
          area="secure"
          count={countIn(counted, "secure")}
          unknown={counted?.unknown.secure ?? 0}
          limits={{ least: limits.secureMin, most: limits.secureMax }}
          people={peopleIn(people, id, "secure")}
          onReset={onReset}
        />
        <AreaList
          area="vestibule"
          count={countIn(counted, "vestibule")}
          unknown={counted?.unknown.vestibule ?? 0}
          // A group always fits, so that more than this may be right.
          limits={{ least: 0, most: 0 }}
          people={peopleIn(people, id, "vestibule")}
          onReset={onReset}
        />
      </div>
    </section>
  );
}

function AreaList(props: {
  readonly area: Presence["area"];
  readonly count: number;
  readonly unknown: number;
  readonly limits: { readonly least: number; readonly most: number };
  readonly people: readonly Presence[];
  readonly onReset: ((reset: Reset) => void) | null;
}) {
  const { t } = useTranslation();
  const { area, count, unknown, limits, people } = props;
  const broken = limitBroken(count, limits);
  const allowed = [
    limits.least === 0 ? null : t("mimic.least", { number: limits.least }),
    limits.most === 0 ? null : t("mimic.most", { number: limits.most }),
  ].filter((part) => part !== null);
  return (
    <div className="inside-area" data-area={area} data-broken={broken !== null}>
      <h4>
        {t(`peopleNow.area.${area}`)} <strong>{count}</strong>
      </h4>
      {allowed.length === 0 ? null : (
        <p className="panel-lead">{t("peopleNow.limits", { limits: allowed.join(t("mimic.and")) })}</p>
      )}
      {broken === null ? null : (
        <p className="failure">
          <Icon name="alarm" /> {t(`peopleNow.${broken}`)}
        </p>
      )}
      {people.length === 0 ? (
        <p className="empty">{t("peopleNow.empty")}</p>
      ) : (
        <People people={people} label={t(`peopleNow.area.${area}`)} onReset={props.onReset} />
      )}
      {unknown === 0 ? null : <p className="panel-lead">{unknownText(t, unknown)}</p>}
    </div>
  );
}

/** As the list below it counts: what the interlock counts between the doors knows nothing of what was put right. */
const countIn = (counted: Counted | undefined, area: Presence["area"]): number =>
  Math.max(0, (counted?.known[area] ?? 0) + (counted?.unknown[area] ?? 0));

const unknownText = (t: TFunction, unknown: number): string =>
  unknown > 0
    ? t("peopleNow.unknownMore", { number: unknown })
    : t("peopleNow.unknownFewer", { number: -unknown });

function People(props: {
  readonly people: readonly Presence[];
  readonly label: string;
  readonly onReset: ((reset: Reset) => void) | null;
}) {
  const { t } = useTranslation();
  const { clock, date } = useSiteTime();
  const nameOf = useNameOf();
  const now = useMinute();
  const { onReset } = props;
  return (
    <table className="inside-people" aria-label={props.label}>
      <thead>
        <tr>
          <th scope="col">{t("peopleNow.name")}</th>
          <th scope="col">{t("peopleNow.since")}</th>
          <th scope="col">{t("peopleNow.forTime")}</th>
          {onReset === null ? null : (
            <th scope="col">
              <span className="visually-hidden">{t("peopleNow.reset")}</span>
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {props.people.map(({ cardholder, since, vestibule }) => (
          <tr key={cardholder}>
            <th scope="row">
              <Link to={`/people/${encodeURIComponent(cardholder)}`}>{nameOf(cardholder)}</Link>
            </th>
            <td>
              <time dateTime={since}>
                {stay(since, now).days > 0 ? date(since) : null} {clock(since)}
              </time>
            </td>
            <td>{stayText(t, stay(since, now))}</td>
            {onReset === null ? null : (
              <td>
                <button
                  type="button"
                  className="small"
                  onClick={() => onReset({ cardholder, name: nameOf(cardholder), vestibule })}
                >
                  {t("peopleNow.reset")}
                </button>
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function stayText(t: TFunction, { days, hours, minutes }: Stay): string {
  if (days > 0) return t("peopleNow.days", { days, hours });
  return hours === 0 ? t("peopleNow.minutes", { minutes }) : t("peopleNow.hours", { hours, minutes });
}

/** The time, to the minute, for what counts in minutes. */
function useMinute(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 20_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}

import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";
import { useMay } from "../live/use-site.ts";
import { useSiteTime } from "../texts/use-site-time.ts";
import { EventExport } from "./event-export.tsx";
import { addressOf, type EventFilters, filtersIn } from "./event-filters.ts";
import { EventsFound } from "./events-found.tsx";
import { FilterForm } from "./filter-form.tsx";

/** What has happened, searched while it goes on. */
export function EventsPage() {
  const { t } = useTranslation();
  const { timeZone } = useSiteTime();
  const [search, setSearch] = useSearchParams();
  const address = search.toString();
  const filters = useMemo(() => filtersIn(new URLSearchParams(address)), [address]);
  const seesReports = useMay("seeReports");
  const change = (part: Partial<EventFilters>): void => {
    // Whoever is quick changes the next field before the last one is drawn: the address has it already.
    const now = filtersIn(new URLSearchParams(window.location.search));
    // One step back leads to the page before, not through every letter typed.
    setSearch(addressOf({ ...now, ...part }), { replace: true });
  };
  const isNarrowed = address !== "";
  return (
    <div className="events">
      <div className="panel events-head">
        <div className="panel-head">
          <h2>{t("events.heading")}</h2>
          {isNarrowed ? (
            <button type="button" className="small" onClick={() => setSearch("")}>
              {t("events.reset")}
            </button>
          ) : null}
          <EventExport key={address} filters={filters} />
          {seesReports ? <Link to="/reports">{t("events.export")}</Link> : null}
        </div>
        <FilterForm filters={filters} onChange={change} />
        <p className="panel-lead">{t("events.zone", { zone: timeZone })}</p>
      </div>
      <EventsFound filters={filters} />
    </div>
  );
}

import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { SiteState } from "../../ports/controller-services.ts";
import { momentText } from "../alarms/alarm-time.ts";
import { listEvents } from "../api/client.ts";
import { isAllWell } from "../health/faults.ts";
import { useMay, useSite } from "../live/use-site.ts";
import { sentence } from "../record/sentence.ts";
import { useLanguage } from "../texts/use-language.ts";
import { useNameOf } from "../texts/use-name-of.ts";
import { Icon } from "../theme/icons.tsx";
import { DoorScene } from "./door-scene.tsx";

/** Nothing to do, said so that nobody wonders whether the page works: since when, and what the doors do. */
export function Calm({ state, shelved }: { readonly state: SiteState; readonly shelved: number }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const nameOf = useNameOf();
  const { connection, records } = useSite();
  const [last] = records;
  const isLost = connection === "lost";
  const isGood = !isLost && isAllWell(state);
  const heading = isLost ? "centre.calm.lost" : isGood ? "centre.calm.heading" : "centre.calm.notQuite";
  return (
    <section className="panel calm" aria-labelledby="calm-heading" data-good={isGood}>
      <header className="calm-head">
        <Icon name={isGood ? "granted" : "note"} />
        <div>
          <h2 id="calm-heading">{t(heading)}</h2>
          {isLost ? null : <Since />}
          {shelved === 0 ? null : <p>{t("centre.calm.shelved", { number: shelved })}</p>}
        </div>
      </header>
      <div className="calm-doors">
        {state.vestibules.map((vestibule) => (
          <figure key={vestibule.id}>
            <DoorScene vestibule={vestibule} />
            <figcaption>
              {vestibule.name[language]} · {t(`mode.${vestibule.mode}`)}
            </figcaption>
          </figure>
        ))}
      </div>
      {last === undefined ? null : (
        <p className="calm-last">
          {t("centre.calm.last", {
            what: sentence(t, last, nameOf),
            time: momentText(last.time, language),
          })}
        </p>
      )}
    </section>
  );
}

/** Each of these may be what ended the last one. */
const ends = "AlarmReturned,AlarmAcknowledged,AlarmShelved";

/** Asked for each time that it becomes calm: this is drawn anew then. */
function Since() {
  const { t } = useTranslation();
  const language = useLanguage();
  const may = useMay("seeEvents");
  const { data } = useQuery({
    queryKey: ["last alarm"],
    // More than one: those of a duress are left out for whoever may not know of it.
    queryFn: ({ signal }) =>
      listEvents({ type: ends, order: "newest", limit: 20 }, { signal, watching: true }),
    enabled: may,
    staleTime: 0,
    gcTime: 0,
  });
  if (data === undefined) return <p>{t("centre.calm.unknown")}</p>;
  const [last] = data.events;
  return (
    <p>
      {last === undefined
        ? t("centre.calm.always")
        : t("centre.calm.since", { time: momentText(last.time, language) })}
    </p>
  );
}

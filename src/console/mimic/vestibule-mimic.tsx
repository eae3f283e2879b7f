import type { TFunction } from "i18next";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { accessPointNames, doorNames } from "../../domain/names.ts";
import type { VestibuleView } from "../../ports/controller-services.ts";
import type { RecordView } from "../../ports/record-view.ts";
import { alarmTypeText } from "../alarms/alarm-texts.ts";
import type { AlarmView } from "../api/site.ts";
import { DoorFacts } from "../building/door-facts.tsx";
import { ModeBanner } from "../operations/mode-banner.tsx";
import { sentence } from "../record/sentence.ts";
import { useLanguage } from "../texts/use-language.ts";
import { useSiteTime } from "../texts/use-site-time.ts";
import { Icon } from "../theme/icons.tsx";
import { MimicDrawing } from "./mimic-drawing.tsx";
import { PassageStrip } from "./passage-strip.tsx";

/** One door pair: everything that is so now, to be read from across the room. */
export function VestibuleMimic(props: {
  readonly vestibule: VestibuleView;
  readonly alarms: readonly AlarmView[];
  /** The newest that says how a passage here ended. */
  readonly last: RecordView | undefined;
  readonly now: number;
  readonly nameOf: (cardholder: string) => string;
}) {
  const { t } = useTranslation();
  const language = useLanguage();
  const headingId = useId();
  const { vestibule, alarms, nameOf } = props;
  const { passage, limits } = vestibule;
  return (
    <section
      className="panel mimic"
      data-vestibule={vestibule.id}
      data-mode={vestibule.mode}
      data-alarm={alarms.length > 0}
      aria-labelledby={headingId}
    >
      <div className="panel-head">
        <h2 id={headingId}>{vestibule.name[language]}</h2>
        <ModeBanner vestibule={vestibule} />
      </div>
      <MimicAlarms alarms={alarms} />
      <MimicDrawing vestibule={vestibule} nameOf={nameOf} />
      <div className="mimic-said">
        <dl className="mimic-figures">
          <Figure
            label={t("mimic.between")}
            value={vestibule.occupancy}
            limit={limits.vestibuleMax === 0 ? null : t("mimic.most", { number: limits.vestibuleMax })}
          />
          <Figure
            label={t("mimic.inside")}
            value={vestibule.occupancySecure}
            limit={insideLimit(t, limits)}
          />
        </dl>
        <div className="mimic-passage">
          {passage === null ? (
            <p className="empty">{t("mimic.nobody")}</p>
          ) : (
            <PassageStrip passage={passage} now={props.now} nameOf={nameOf} />
          )}
          {props.last === undefined ? null : <LastPassage record={props.last} nameOf={nameOf} />}
        </div>
        <div className="door-row">
          {doorNames.map((name) => (
            <DoorFacts key={name} name={name} door={vestibule.doors[name]} />
          ))}
        </div>
        <ul className="mimic-displays" aria-label={t("mimic.displays")}>
          {accessPointNames.map((accessPoint) => {
            const display = vestibule.displays[accessPoint];
            return display === undefined ? null : (
              <li key={accessPoint} data-text={display.text}>
                <span>{t(`accessPoint.${accessPoint}`)}</span> <strong>{t(`display.${display.text}`)}</strong>
              </li>
            );
          })}
        </ul>
      </div>
    </section>
  );
}

function insideLimit(t: TFunction, { secureMin, secureMax }: VestibuleView["limits"]): string | null {
  const said = [
    secureMin === 0 ? null : t("mimic.least", { number: secureMin }),
    secureMax === 0 ? null : t("mimic.most", { number: secureMax }),
  ].filter((part) => part !== null);
  return said.length === 0 ? null : said.join(t("mimic.and"));
}

function Figure(props: { readonly label: string; readonly value: number; readonly limit: string | null }) {
  return (
    <div>
      <dt>{props.label}</dt>
      <dd>
        <strong>{props.value}</strong> {props.limit === null ? null : <span>{props.limit}</span>}
      </dd>
    </div>
  );
}

/** What is to be done about them is on the security centre's page. */
function MimicAlarms({ alarms }: { readonly alarms: readonly AlarmView[] }) {
  const { t } = useTranslation();
  if (alarms.length === 0) return null;
  return (
    <ul className="mimic-alarms">
      {alarms.slice(0, 4).map(({ id, type, priority, phase }) => (
        <li key={id} data-priority={priority} data-phase={phase}>
          <Link to="/">
            <Icon name="alarm" />
            {alarmTypeText(t, type)}
          </Link>
        </li>
      ))}
      {alarms.length > 4 ? (
        <li>
          <Link to="/">{t("mimic.moreAlarms", { number: alarms.length - 4 })}</Link>
        </li>
      ) : null}
    </ul>
  );
}

function LastPassage(props: {
  readonly record: RecordView;
  readonly nameOf: (cardholder: string) => string;
}) {
  const { t } = useTranslation();
  const { clock } = useSiteTime();
  const { record } = props;
  return (
    <p className="mimic-last">
      <Link to={`/events?seq=${record.seq}`}>
        <time dateTime={record.time}>{clock(record.time)}</time>
      </Link>{" "}
      {sentence(t, record, props.nameOf)}
    </p>
  );
}

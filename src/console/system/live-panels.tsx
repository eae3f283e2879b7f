import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { ProcessView, SiteState } from "../../ports/controller-services.ts";
import { alarmTypeText } from "../alarms/alarm-texts.ts";
import { Fact } from "../health/fact.tsx";
import { useMay, useSite } from "../live/use-site.ts";
import { useLanguage } from "../texts/use-language.ts";
import { useSiteTime } from "../texts/use-site-time.ts";
import { lengthText } from "./lengths.ts";
import { Panel } from "./panel.tsx";
import { useSiteNow } from "./use-site-now.ts";

interface Live {
  readonly state: SiteState;
}

export function ProcessesPanel({ state }: Live) {
  const { t } = useTranslation();
  const { clock, date } = useSiteTime();
  const { processes } = state;
  const { detail } = processes.controller;
  const names = ["interlock", "controller", "vision"] as const;
  return (
    <Panel title={t("system.processes")} wide>
      <div className="system-table">
        <table>
          <thead>
            <tr>
              {(["process", "state", "since", "restarts", "detail"] as const).map((column) => (
                <th key={column} scope="col">
                  {t(`system.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {names.map((name) => {
              const process = processes[name];
              return (
                <tr key={name}>
                  <th scope="row">{t(`health.${name}`)}</th>
                  <td>
                    <Fact good={process.state === "running"}>{t(`health.process.${process.state}`)}</Fact>
                  </td>
                  <td data-label={t("system.since")}>
                    {date(process.since)} {clock(process.since)}
                  </td>
                  <td data-label={t("system.restarts")}>{process.restarts}</td>
                  <td>{visionDetail(process, (reason) => t("health.passedOver", { reason }))}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      <p className="panel-lead">
        {typeof detail?.["version"] === "string" && typeof detail["node"] === "string"
          ? t("system.version", { version: detail["version"], node: detail["node"] })
          : null}
        {" · "}
        {t("system.uptime", { length: lengthText(t, state.clock.monotonic) })}
      </p>
    </Panel>
  );
}

function visionDetail({ detail }: ProcessView, passedOver: (reason: string) => string): string {
  const told = [detail?.["backend"], detail?.["model"]].filter((one) => typeof one === "string");
  const reasons = detail?.["passedOver"];
  const others = Array.isArray(reasons) ? reasons.filter((one) => typeof one === "string") : [];
  return [...told, ...others.map(passedOver)].join(" · ");
}

export function ReadersPanel({ state: { readers, vestibules } }: Live) {
  const { t } = useTranslation();
  const language = useLanguage();
  const nameOf = (id: string): string =>
    vestibules.length < 2 ? "" : `${vestibules.find((one) => one.id === id)?.name[language] ?? id} · `;
  return (
    <Panel title={t("system.readers")}>
      {readers.length === 0 ? <p className="empty">{t("system.noReaders")}</p> : null}
      <ul>
        {readers.map(({ vestibule, accessPoint, state, tampered, powerFault, detail }) => {
          const faults = [
            ...(tampered ? [t("system.reader.tampered")] : []),
            ...(powerFault ? [t("system.reader.powerFault")] : []),
            ...(detail === null ? [] : [detail]),
          ];
          return (
            <li key={`${vestibule} ${accessPoint}`}>
              <Fact good={state === "online" && !tampered && !powerFault}>
                {t("system.pair", {
                  name: nameOf(vestibule) + t(`accessPoint.${accessPoint}`),
                  value: [t(`system.reader.${state}`), ...faults].join(" · "),
                })}
              </Fact>
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}

export function CamerasPanel({ state: { cameras } }: Live) {
  const { t } = useTranslation();
  const live = cameras.filter(({ state, health }) => state === "live" && health.length === 0).length;
  return (
    <Panel title={t("health.cameras")} actions={<Link to="/cameras">{t("system.allCameras")}</Link>}>
      <Fact good={live === cameras.length}>{t("health.camerasLive", { live, all: cameras.length })}</Fact>
    </Panel>
  );
}

export function BrokerPanel({ state: { mqtt, journal } }: Live) {
  const { t } = useTranslation();
  const { clock, date } = useSiteTime();
  const behind = Math.max(0, journal.last - mqtt.delivered);
  // The newest are always under way.
  const isBehind = behind > 20;
  const detail = mqtt.phase === "offline" ? mqtt.detail : "";
  return (
    <Panel title={t("system.broker")}>
      <Fact good={mqtt.phase === "online"}>{t(`system.brokerPhase.${mqtt.phase}`, { detail })}</Fact>
      {mqtt.phase === "connecting" ? null : (
        <p className="panel-lead">
          {t("system.pair", {
            name: t("system.since"),
            value: `${date(mqtt.since)} ${clock(mqtt.since)}`,
          })}
        </p>
      )}
      <Fact good={!isBehind}>
        {isBehind ? t("system.backlog", { number: behind }) : t("system.noBacklog")}
      </Fact>
    </Panel>
  );
}

const clockAlarms = ["ClockStepped", "ClockUnsynchronised"];
const storageAlarms = ["StorageFault", "DiskNearlyFull", "AuditBroken"];

/** What the alarms say of one part, or that they say nothing. */
function AlarmsOf({ types, none }: { readonly types: readonly string[]; readonly none: string }) {
  const { t } = useTranslation();
  const maySee = useMay("seeAlarms");
  const open = useSite().alarms.filter(({ type }) => types.includes(type));
  // Who may not see alarms is not told that there are none.
  if (!maySee) return null;
  if (open.length === 0) return <Fact good>{none}</Fact>;
  return (
    <>
      {open.map((alarm) => (
        <Fact key={alarm.id} good={false}>
          {t("system.alarmOpen", { alarm: alarmTypeText(t, alarm.type) })} {alarm.detail}
        </Fact>
      ))}
    </>
  );
}

export function ClockPanel({ state }: Live) {
  const { t } = useTranslation();
  const { clock, date, timeZone } = useSiteTime();
  const now = new Date(useSiteNow(state)).toISOString();
  return (
    <Panel title={t("system.time")}>
      <p>
        {t("system.pair", { name: t("system.siteTime"), value: "" })}
        <strong>
          {date(now)} {clock(now)}
        </strong>{" "}
        {timeZone}
      </p>
      <AlarmsOf types={clockAlarms} none={t("system.clockGood")} />
    </Panel>
  );
}

export function StoragePanel({ state: { journal } }: Live) {
  const { t } = useTranslation();
  return (
    <Panel title={t("system.storage")}>
      <Fact good={journal.storage === "ok"}>
        {t(`health.storage.${journal.storage}`, { seq: journal.last })}
      </Fact>
      <AlarmsOf types={storageAlarms} none={t("system.storageGood")} />
    </Panel>
  );
}

export function TemplatesPanel({ state: { templates } }: Live) {
  const { t } = useTranslation();
  if (templates === null) {
    return (
      <Panel title={t("system.templates")}>
        <p className="empty">{t("system.templatesUnknown")}</p>
      </Panel>
    );
  }
  const { enrolled, without, due, refused, recomputing, models } = templates;
  return (
    <Panel title={t("system.templates")}>
      <Fact good={without === 0}>
        {without === 0
          ? t("health.templatesAll", { enrolled })
          : t("health.templatesMissing", { without, enrolled })}
      </Fact>
      {due > 0 ? <Fact good={false}>{t("system.templatesDue", { number: due })}</Fact> : null}
      {refused > 0 ? <Fact good={false}>{t("system.templatesRefused", { number: refused })}</Fact> : null}
      {recomputing === null ? null : (
        <label className="system-progress">
          {t("health.templatesUnderWay", { done: recomputing.done, of: recomputing.of })}
          <progress value={recomputing.done} max={Math.max(1, recomputing.of)} />
        </label>
      )}
      <p className="panel-lead">{t("system.templatesModels", { models: models.join(", ") })}</p>
    </Panel>
  );
}

import "./health.css";
import { useTranslation } from "react-i18next";
import type { ProcessView, SiteState } from "../../ports/controller-services.ts";
import { localeOf } from "../texts/locale.ts";
import { useLanguage } from "../texts/use-language.ts";
import { isGood, liveCameras, weakestLiveness } from "./faults.ts";

/** Whether everything behind the doors is there: one line, good at a glance. */
export function HealthStrip({ state }: { readonly state: SiteState }) {
  const { t } = useTranslation();
  const { processes, cameras, journal } = state;
  return (
    <section className="health" aria-labelledby="health-heading">
      <h2 id="health-heading">{t("health.heading")}</h2>
      <ul>
        <Process label={t("health.interlock")} process={processes.interlock} />
        <Process label={t("health.controller")} process={processes.controller} />
        <Process label={t("health.vision")} process={processes.vision} />
        <Item
          label={t("health.cameras")}
          value={t("health.camerasLive", { live: liveCameras(state), all: cameras.length })}
          good={isGood.cameras(state)}
        />
        {state.templates !== null && <Templates templates={state.templates} />}
        <Item
          label={t("health.liveness")}
          value={t(`health.livenessLevel.${weakestLiveness(state)}`)}
          good={isGood.liveness(state)}
        />
        <Broker mqtt={state.mqtt} />
        <Item
          label={t("health.journal")}
          value={[
            t(`health.storage.${journal.storage}`, { seq: journal.last }),
            ...(journal.proofs === undefined ? [] : [t("health.signed", { seq: journal.proofs.signed })]),
          ].join(" · ")}
          good={isGood.journal(state)}
        />
        {journal.proofs?.witness && <Witness witness={journal.proofs.witness} good={isGood.witness(state)} />}
        {state.backup !== null && <Backup backup={state.backup} good={isGood.backup(state)} />}
      </ul>
    </section>
  );
}

function Process({ label, process }: { readonly label: string; readonly process: ProcessView }) {
  const { t } = useTranslation();
  const parts: readonly string[] = [
    t(`health.process.${process.state}`),
    ...detailOf(process),
    ...passedOverOf(process).map((reason) => t("health.passedOver", { reason })),
    ...(process.restarts > 0 ? [t("health.restarts", { number: process.restarts })] : []),
  ];
  return <Item label={label} value={parts.join(" · ")} good={process.state === "running"} />;
}

/** The model and what computes it, where vision says. */
function detailOf({ detail }: ProcessView): readonly string[] {
  return [detail?.["backend"], detail?.["model"]].filter((part): part is string => typeof part === "string");
}

/** What would compare faces better, and why it does not. */
function passedOverOf({ detail }: ProcessView): readonly string[] {
  const passedOver = detail?.["passedOver"];
  return Array.isArray(passedOver) ? passedOver.filter((reason) => typeof reason === "string") : [];
}

/** Whoever was enrolled and has no template of the models in use is not let in: somebody should know. */
function Templates({ templates }: { readonly templates: NonNullable<SiteState["templates"]> }) {
  const { t } = useTranslation();
  const { enrolled, without, recomputing } = templates;
  const parts: readonly string[] = [
    without === 0
      ? t("health.templatesAll", { enrolled })
      : t("health.templatesMissing", { without, enrolled }),
    ...(recomputing === null
      ? []
      : [t("health.templatesUnderWay", { done: recomputing.done, of: recomputing.of })]),
    ...(typeof recomputing?.secondsLeft === "number"
      ? [t("health.secondsLeft", { seconds: recomputing.secondsLeft })]
      : []),
  ];
  return <Item label={t("health.templates")} value={parts.join(" · ")} good={without === 0} />;
}

/** How old the newest is; whoever has configured none is not reminded of it here. */
function Backup({
  backup,
  good,
}: {
  readonly backup: NonNullable<SiteState["backup"]>;
  readonly good: boolean;
}) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { last, running, overdue } = backup;
  const parts: readonly string[] = [
    last === null
      ? t("health.backupNone")
      : t("health.backupLast", { time: dateAndTime(last.madeAt, language) }),
    ...(running ? [t("health.backupRunning")] : []),
    ...(overdue ? [t("health.backupOverdue")] : []),
  ];
  return <Item label={t("health.backup")} value={parts.join(" · ")} good={good} />;
}

/** How far somebody outside has seen the journal: what came before cannot be taken back unseen. */
function Witness({
  witness,
  good,
}: {
  readonly witness: NonNullable<NonNullable<SiteState["journal"]["proofs"]>["witness"]>;
  readonly good: boolean;
}) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { size, at, state, detail } = witness;
  const parts: readonly string[] = [
    size === null ? t("health.witnessNever") : t("health.witnessed", { seq: size }),
    ...(at === null ? [] : [t("health.witnessedAt", { time: dateAndTime(at, language) })]),
    ...(state === "old" ? [t("health.witnessOld")] : []),
    ...(state === "forked" ? [t("health.witnessForked")] : []),
    ...(detail !== null && state !== "good" ? [detail] : []),
  ];
  return <Item label={t("health.witness")} value={parts.join(" · ")} good={good} />;
}

function dateAndTime(iso: string, language: "en" | "zh"): string {
  const [dateStyle, timeStyle] = ["medium", "short"] as const;
  return new Date(iso).toLocaleString(localeOf(language), { dateStyle, timeStyle });
}

function Broker({ mqtt }: { readonly mqtt: SiteState["mqtt"] }) {
  const { t } = useTranslation();
  const online = mqtt.phase === "online";
  const delivered = t("health.delivered", { number: mqtt.delivered });
  return (
    <Item
      label={t("health.mqtt")}
      value={`${t(online ? "health.connected" : "health.disconnected")} · ${delivered}`}
      good={online}
    />
  );
}

function Item(props: { readonly label: string; readonly value: string; readonly good: boolean }) {
  const { t } = useTranslation();
  return (
    <li className="health-item" data-good={props.good}>
      <span className="health-light" aria-hidden="true">
        {props.good ? "✓" : "!"}
      </span>
      <strong>{props.label}</strong>
      <span>
        <span className="visually-hidden">{t(props.good ? "health.good" : "health.bad")}: </span>
        {props.value}
      </span>
    </li>
  );
}

import { useTranslation } from "react-i18next";
import { type AccessPointName, doorNames } from "../../domain/names.ts";
import type { SiteState, VestibuleView } from "../../ports/controller-services.ts";
import { LiveView } from "../cameras/live-view.tsx";
import { HealthStrip } from "../health/health-strip.tsx";
import { useMay } from "../live/use-site.ts";
import { ModeBanner } from "../operations/mode-banner.tsx";
import { Operations } from "../operations/operations-panel.tsx";
import { WaitingPeople, waitingAt } from "../operations/waiting-people.tsx";
import { useSession } from "../shell/session-context.ts";
import { useLanguage } from "../texts/use-language.ts";
import { useNameOf } from "../texts/use-name-of.ts";
import { Icon } from "../theme/icons.tsx";

/** Beside the alarms: who waits, how the door pairs are and what can be done to them, and whether the box is well. */
export function Side({ state }: { readonly state: SiteState }) {
  const mayOperate = useMay("operateDoors");
  return (
    <div className="centre-side">
      {mayOperate ? <Waiting vestibules={state.vestibules} /> : null}
      <Pairs vestibules={state.vestibules} mayOperate={mayOperate} />
      <div className="panel centre-health">
        <HealthStrip state={state} />
      </div>
    </div>
  );
}

function Waiting({ vestibules }: { readonly vestibules: SiteState["vestibules"] }) {
  const { t } = useTranslation();
  const nameOf = useNameOf();
  const maySee = useMay("seeCameras");
  const [first] = vestibules.flatMap((one) => waitingAt(one).map((at) => `${one.id} ${at}`));
  const pictureOf = (vestibule: VestibuleView) => (accessPoint: AccessPointName) => {
    const camera = vestibule.cameras[accessPoint];
    // One live view here at a time: the alarm has the other, and a browser has six connections.
    const isFirst = first === `${vestibule.id} ${accessPoint}`;
    return camera === undefined || !maySee || !isFirst ? null : (
      <LiveView camera={camera} label={t(`accessPoint.${accessPoint}`)} />
    );
  };
  return (
    <section
      className="panel centre-waiting"
      aria-labelledby="waiting-heading"
      data-any={first !== undefined}
    >
      <h2 id="waiting-heading">{t("centre.side.waiting")}</h2>
      {first === undefined ? <p className="empty">{t("centre.side.nobodyWaits")}</p> : null}
      {vestibules.map((vestibule) => (
        <WaitingPeople
          key={vestibule.id}
          vestibule={vestibule}
          nameOf={nameOf}
          pictureOf={pictureOf(vestibule)}
        />
      ))}
    </section>
  );
}

function Pairs(props: { readonly vestibules: SiteState["vestibules"]; readonly mayOperate: boolean }) {
  const { t } = useTranslation();
  return (
    <section className="panel centre-pairs" aria-labelledby="pairs-heading">
      <h2 id="pairs-heading">{t("centre.side.pairs")}</h2>
      {props.vestibules.map((vestibule) => (
        <Pair key={vestibule.id} vestibule={vestibule} mayOperate={props.mayOperate} />
      ))}
    </section>
  );
}

function Pair({
  vestibule,
  mayOperate,
}: {
  readonly vestibule: VestibuleView;
  readonly mayOperate: boolean;
}) {
  const { t } = useTranslation();
  const language = useLanguage();
  const name = vestibule.name[language];
  return (
    <article className="pair" data-vestibule={vestibule.id}>
      <h3>{name}</h3>
      <ModeBanner vestibule={vestibule} />
      <ul className="pair-doors">
        {doorNames.map((door) => (
          <PairDoor key={door} name={t(`door.${door}`)} door={vestibule.doors[door]} />
        ))}
      </ul>
      <p className="empty">
        {t("centre.side.people", { number: vestibule.occupancy })} ·{" "}
        {t("centre.side.inside", { number: vestibule.occupancySecure })}
      </p>
      {mayOperate ? (
        <details className="pair-operate">
          <summary>{t("centre.side.operate", { name })}</summary>
          <div className="operations">
            <OwnOperations vestibule={vestibule} />
          </div>
        </details>
      ) : null}
    </article>
  );
}

function OwnOperations({ vestibule }: { readonly vestibule: VestibuleView }) {
  const { username } = useSession();
  return <Operations vestibule={vestibule} username={username} />;
}

function PairDoor({ name, door }: { readonly name: string; readonly door: VestibuleView["doors"]["outer"] }) {
  const { t } = useTranslation();
  return (
    <li data-secure={door.secure} data-alarm={door.alarm !== null}>
      <Icon name={door.alarm !== null ? "alarm" : door.lock === "secured" ? "locked" : "released"} />
      <strong>{name}</strong>
      <span>
        {t(`lock.${door.lock}`)} · {t(`contact.${door.contact}`)}
      </span>
    </li>
  );
}

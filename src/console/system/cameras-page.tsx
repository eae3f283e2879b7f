import "./system.css";
import "../cameras/cameras.css";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { SiteState } from "../../ports/controller-services.ts";
import { useSnapshot } from "../access-point/use-snapshot.ts";
import { alarmTypeText } from "../alarms/alarm-texts.ts";
import { isAccessPoint } from "../building/whereabouts.ts";
import { LiveView } from "../cameras/live-view.tsx";
import { Fact } from "../health/fact.tsx";
import { useMay, useSite } from "../live/use-site.ts";
import { useSiteTime } from "../texts/use-site-time.ts";

type Camera = SiteState["cameras"][number];

/** Seconds; as the alarm has it. */
const clockLimit = 5;

/** Every camera: whether it can be believed, and for whom it is, what it sees. */
export function CamerasPage() {
  const { t } = useTranslation();
  const { state } = useSite();
  const mayLook = useMay("seeCameras");
  const [watched, setWatched] = useState<string | null>(null);
  const cameras = state?.cameras ?? [];
  return (
    <div className="system-page">
      <h2>{t("shell.page.cameras")}</h2>
      <p className="panel-lead">
        {t("system.camera.lead")} {mayLook ? t("system.camera.recorded") : t("system.camera.noPictures")}
      </p>
      {cameras.length === 0 ? <p className="empty">{t("system.camera.none")}</p> : null}
      <ul className="camera-grid">
        {cameras.map((camera) => (
          <li key={camera.id}>
            <CameraCard
              camera={camera}
              mayLook={mayLook}
              isWatched={watched === camera.id}
              onWatch={(on) => setWatched(on ? camera.id : null)}
            />
          </li>
        ))}
      </ul>
    </div>
  );
}

function CameraCard(props: {
  readonly camera: Camera;
  readonly mayLook: boolean;
  readonly isWatched: boolean;
  readonly onWatch: (on: boolean) => void;
}) {
  const { t } = useTranslation();
  const { camera, mayLook, isWatched } = props;
  const name = isAccessPoint(camera.id) ? t(`accessPoint.${camera.id}`) : camera.id;
  const isGood = camera.state === "live" && camera.health.length === 0;
  return (
    <article className="panel camera-card" data-good={isGood} aria-label={name}>
      <div className="panel-head">
        <h3>{name}</h3>
        {mayLook ? (
          <button
            type="button"
            className="small"
            aria-label={t("system.pair", {
              name: t(isWatched ? "system.camera.stop" : "system.camera.watch"),
              value: name,
            })}
            onClick={() => props.onWatch(!isWatched)}
          >
            {t(isWatched ? "system.camera.stop" : "system.camera.watch")}
          </button>
        ) : null}
      </div>
      {mayLook && isWatched ? <LiveView camera={camera.id} label={name} /> : null}
      {mayLook && !isWatched ? <Picture camera={camera.id} name={name} /> : null}
      <Fact good={camera.state === "live"}>{t(`system.camera.state.${camera.state}`)}</Fact>
      {camera.health.map((fault) => (
        <Fact key={fault} good={false}>
          {alarmTypeText(t, fault)}
        </Fact>
      ))}
      {isGood ? <Fact good>{t("system.camera.healthy")}</Fact> : null}
      {camera.detail === null ? null : (
        <p className="panel-lead">
          {t("system.pair", { name: t("system.camera.detail"), value: camera.detail })}
        </p>
      )}
      <CameraClock camera={camera} />
    </article>
  );
}

function Picture({ camera, name }: { readonly camera: string; readonly name: string }) {
  const { t } = useTranslation();
  const frame = useRef<HTMLDivElement>(null);
  const picture = useSnapshot(camera, frame);
  return (
    <div className="camera-card-picture" ref={frame}>
      {picture === null ? (
        <span className="camera-none">{t("camera.none")}</span>
      ) : (
        <img src={picture} alt={t("camera.alt", { accessPoint: name })} />
      )}
    </div>
  );
}

function CameraClock({ camera: { clock } }: { readonly camera: Camera }) {
  const { t } = useTranslation();
  const { clock: time } = useSiteTime();
  if (clock === null) {
    return (
      <p className="panel-lead">
        {t("system.pair", { name: t("system.camera.clock"), value: t("system.camera.clockUnknown") })}
      </p>
    );
  }
  const right = Math.abs(clock.offset) <= clockLimit;
  return (
    <Fact good={right}>
      {t("system.pair", {
        name: t("system.camera.clock"),
        value: [
          t(right ? "system.camera.clockRight" : "system.camera.clockWrong", {
            offset: Math.abs(clock.offset),
          }),
          t("system.camera.measured", { time: time(clock.measured) }),
        ].join(" · "),
      })}
    </Fact>
  );
}

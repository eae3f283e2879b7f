import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { type AlarmView, fetchAlarmCameras } from "../api/site.ts";
import { isAccessPoint } from "../building/whereabouts.ts";
import { useMay } from "../live/use-site.ts";
import { LiveView } from "./live-view.tsx";
import "./cameras.css";

/** The cameras that may show what an alarm is about; each live once somebody asks for it. */
export function AlarmCameras({ alarm }: { readonly alarm: Pick<AlarmView, "id"> }) {
  return useMay("seeCameras") ? <Cameras id={alarm.id} /> : null;
}

function Cameras({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const [cameras, setCameras] = useState<readonly string[]>([]);
  const [shown, setShown] = useState<ReadonlySet<string>>(new Set());
  useEffect(() => {
    let wanted = true;
    fetchAlarmCameras(id).then(
      (found) => wanted && setCameras(found),
      () => wanted && setCameras([]),
    );
    return () => {
      wanted = false;
    };
  }, [id]);
  if (cameras.length === 0) return null;
  const labelOf = (camera: string): string => (isAccessPoint(camera) ? t(`accessPoint.${camera}`) : camera);
  const toggle = (camera: string): void => {
    const next = new Set(shown);
    if (!next.delete(camera)) next.add(camera);
    setShown(next);
  };
  return (
    <section className="alarm-cameras" aria-label={t("cameras.heading")}>
      <h3>{t("cameras.heading")}</h3>
      <div className="alarm-camera-buttons">
        {cameras.map((camera) => (
          <button
            key={camera}
            type="button"
            className="small"
            aria-pressed={shown.has(camera)}
            onClick={() => toggle(camera)}
          >
            {labelOf(camera)}
          </button>
        ))}
      </div>
      <div className="live-views">
        {cameras
          .filter((camera) => shown.has(camera))
          .map((camera) => (
            <LiveView key={camera} camera={camera} label={labelOf(camera)} asked />
          ))}
      </div>
    </section>
  );
}

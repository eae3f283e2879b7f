import { useState } from "react";
import { useTranslation } from "react-i18next";
import { isAccessPoint } from "../building/whereabouts.ts";
import { LiveView } from "../cameras/live-view.tsx";
import { useMay } from "../live/use-site.ts";
import "../cameras/cameras.css";

/**
 * The cameras that may show an alarm: one of them live, another at a press. A browser has six connections to the box, and
 * the state, the pictures and whatever an officer does need some of them.
 */
export function AlarmLive({ cameras }: { readonly cameras: readonly string[] }) {
  const { t } = useTranslation();
  const may = useMay("seeCameras");
  const [chosen, setChosen] = useState<string | null>(null);
  const shown = cameras.find((camera) => camera === chosen) ?? cameras[0];
  if (!may || shown === undefined) return null;
  const labelOf = (camera: string): string => (isAccessPoint(camera) ? t(`accessPoint.${camera}`) : camera);
  return (
    <section className="alarm-live" aria-labelledby="live-heading">
      <h3 id="live-heading">{t("cameras.heading")}</h3>
      <LiveView key={shown} camera={shown} label={labelOf(shown)} />
      {cameras.length < 2 ? null : (
        <div className="alarm-camera-buttons">
          {cameras.map((camera) => (
            <button
              key={camera}
              type="button"
              className="small"
              aria-pressed={camera === shown}
              onClick={() => setChosen(camera)}
            >
              {labelOf(camera)}
            </button>
          ))}
        </div>
      )}
    </section>
  );
}

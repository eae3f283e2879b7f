import "./access-point.css";
import { useTranslation } from "react-i18next";
import type { AccessPointName } from "../../domain/names.ts";
import type { SiteState, VestibuleView } from "../../ports/controller-services.ts";
import { CameraView } from "./camera-view.tsx";
import { DoorDisplay } from "./door-display.tsx";

/** In the order one meets them, from the street to the vault. */
const order: readonly AccessPointName[] = ["outer-entry", "outer-exit", "inner-entry", "inner-exit"];

/** The four places where somebody can present a card: camera, display, and a way to stand there. */
export function AccessPoints(props: {
  readonly vestibule: VestibuleView;
  readonly cameras: SiteState["cameras"];
  readonly chosen: AccessPointName;
  readonly onChoose: (accessPoint: AccessPointName) => void;
}) {
  const { t } = useTranslation();
  return (
    <section className="access-points" aria-label={t("point.heading")}>
      {order.map((accessPoint) => (
        <article key={accessPoint} className="access-point" data-chosen={props.chosen === accessPoint}>
          <button
            type="button"
            className="access-point-choose"
            aria-pressed={props.chosen === accessPoint}
            onClick={() => props.onChoose(accessPoint)}
          >
            <strong>{t(`accessPoint.${accessPoint}`)}</strong>
            <small>{t(props.chosen === accessPoint ? "point.chosen" : `point.side.${accessPoint}`)}</small>
          </button>
          <CameraView
            camera={accessPoint}
            label={t("camera.alt", { accessPoint: t(`accessPoint.${accessPoint}`) })}
            status={props.cameras.find(({ id }) => id === accessPoint)}
          />
          <DoorDisplay display={props.vestibule.displays[accessPoint]} />
        </article>
      ))}
    </section>
  );
}

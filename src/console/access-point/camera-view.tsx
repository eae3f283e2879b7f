import { useRef } from "react";
import { useTranslation } from "react-i18next";
import type { SiteState } from "../../ports/controller-services.ts";
import { useMay } from "../live/use-site.ts";
import { Icon } from "../theme/icons.tsx";
import { useSnapshot } from "./use-snapshot.ts";

type CameraStatus = SiteState["cameras"][number];

interface Shown {
  readonly camera: string;
  readonly label: string;
  readonly status: CameraStatus | undefined;
}

export function CameraView(props: Shown) {
  return useMay("seeCameras") ? <Picture {...props} /> : null;
}

function Picture(props: Shown) {
  const { t } = useTranslation();
  const frame = useRef<HTMLDivElement>(null);
  const picture = useSnapshot(props.camera, frame);
  const fault = cameraFault(props.status);
  return (
    <div className="camera" ref={frame}>
      {picture === null ? (
        <span className="camera-none">{t("camera.none")}</span>
      ) : (
        <img src={picture} alt={props.label} />
      )}
      {fault === null ? null : (
        <span className="camera-fault">
          <Icon name="alarm" />
          {t(`camera.${fault}`)}
        </span>
      )}
      <ClockNote status={props.status} />
    </div>
  );
}

/** A line, where what the camera writes into its pictures is not the time. */
function ClockNote({ status }: { readonly status: CameraStatus | undefined }) {
  const { t } = useTranslation();
  const offset = status?.clock?.offset ?? 0;
  if (Math.abs(offset) <= clockLimit) return null;
  const seconds = Math.abs(offset);
  return (
    <span className="camera-clock">{t(offset > 0 ? "camera.ahead" : "camera.behind", { seconds })}</span>
  );
}

/** As the alarm has it. Seconds. */
const clockLimit = 5;

/** Health is told by the names of the alarms it raises. */
function cameraFault(status: CameraStatus | undefined): "lost" | "frozen" | "covered" | null {
  if (status === undefined) return null;
  if (status.state === "lost" || status.health.includes("CameraLost")) return "lost";
  if (status.health.includes("CameraFrozen")) return "frozen";
  return status.health.includes("CameraCovered") ? "covered" : null;
}

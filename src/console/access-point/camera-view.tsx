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
    </div>
  );
}

/** Health is told by the names of the alarms it raises. */
function cameraFault(status: CameraStatus | undefined): "lost" | "frozen" | "covered" | null {
  if (status === undefined) return null;
  if (status.state === "lost" || status.health.includes("CameraLost")) return "lost";
  if (status.health.includes("CameraFrozen")) return "frozen";
  return status.health.includes("CameraCovered") ? "covered" : null;
}

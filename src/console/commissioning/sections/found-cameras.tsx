import { Button } from "antd";
import { useTranslation } from "react-i18next";
import type { DiscoverCamerasData, ProbeCameraData } from "../../api/client.ts";
import { textOf } from "./read.ts";

type Device = DiscoverCamerasData["devices"][number];

/** Who answered; null: nobody was asked yet. */
export function FoundCameras(props: {
  readonly devices: readonly Device[] | null;
  readonly onTake: (device: Device) => void;
}) {
  const { t } = useTranslation();
  const { devices } = props;
  if (devices === null) return null;
  return (
    <output className="commission-block">
      <p>
        {devices.length === 0
          ? t("commissioning.setup.foundNone")
          : t("commissioning.setup.found", { count: devices.length })}
      </p>
      <ul className="commission-cameras">
        {devices.map((device) => (
          <li key={device.address}>
            <span>
              <strong>{device.name ?? device.address}</strong>
              <small>{[device.address, device.hardware].filter(Boolean).join(" · ")}</small>
            </span>
            <Button size="large" onClick={() => props.onTake(device)}>
              {t("commissioning.setup.take")}
            </Button>
          </li>
        ))}
      </ul>
    </output>
  );
}

/** What it said of itself, and which of its streams would be taken. */
export function ProbedCamera({ probed }: { readonly probed: ProbeCameraData | null }) {
  const { t } = useTranslation();
  if (probed === null) return null;
  const name = ["manufacturer", "model", "firmware"].map((key) => textOf(probed.device[key])).join(" ");
  return (
    <output className="commission-probed">
      <p>{t("commissioning.setup.probed", { name: name.trim() })}</p>
      <p>{t("commissioning.setup.streams")}</p>
      <ul>
        {probed.streams.map(({ token, codec, width, height, framesPerSecond, suggested }) => (
          <li key={token}>
            {[
              token,
              codec,
              width === null ? null : `${width}×${height}`,
              framesPerSecond === null ? null : `${framesPerSecond} /s`,
            ]
              .filter((part) => part !== null)
              .join(" · ")}{" "}
            {suggested ? <strong>{t("commissioning.setup.suggested")}</strong> : null}
          </li>
        ))}
      </ul>
    </output>
  );
}

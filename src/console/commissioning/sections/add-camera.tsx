import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import {
  type DiscoverCamerasData,
  discoverCameras,
  keepSecret,
  type ProbeCameraData,
  probeCamera,
} from "../../api/client.ts";
import { useRefusalText } from "../use-refusal-text.ts";
import { type CameraDraft, cameraOf, emptyCamera } from "./camera-draft.ts";
import { ChoiceField, TextField } from "./fields.tsx";
import { FoundCameras, ProbedCamera } from "./found-cameras.tsx";
import type { Fields } from "./read.ts";

/** The network is asked for some seconds; a camera that is asked takes as long. */
const askingMs = 40_000;

/** One more camera: out of the list of those that answered, or by its address. */
export function AddCamera(props: {
  readonly taken: readonly string[];
  readonly simulated: boolean;
  readonly onAdd: (camera: Fields) => void;
}) {
  const { t } = useTranslation();
  const refusalText = useRefusalText();
  const [camera, setCamera] = useState<CameraDraft>(emptyCamera(props.simulated));
  const [found, setFound] = useState<DiscoverCamerasData["devices"] | null>(null);
  const [probed, setProbed] = useState<ProbeCameraData | null>(null);
  const [working, setWorking] = useState<"discover" | "probe" | "add" | null>(null);
  const [failure, setFailure] = useState("");

  const doIt = async (what: typeof working, act: () => Promise<void>): Promise<void> => {
    setWorking(what);
    setFailure("");
    try {
      await act();
    } catch (error) {
      setFailure(refusalText(error));
    } finally {
      setWorking(null);
    }
  };
  const probe = async (): Promise<void> => {
    const { address, username, password } = camera;
    setProbed(
      await probeCamera(
        { address, ...(username !== "" && { username }), ...(password !== "" && { password }) },
        { timeoutMs: askingMs },
      ),
    );
  };
  const add = async (): Promise<void> => {
    const secret =
      camera.password === ""
        ? undefined
        : await keepSecret({ name: `camera-${camera.id}` }, { secret: camera.password });
    props.onAdd(cameraOf(camera, secret?.file, probed));
    setCamera(emptyCamera(props.simulated));
    setProbed(null);
  };
  const change = (fields: Partial<CameraDraft>): void => setCamera({ ...camera, ...fields });
  const isNew = /^[a-z][a-z0-9-]{0,31}$/.test(camera.id) && !props.taken.includes(camera.id);
  return (
    <section className="commission-add" aria-label={t("commissioning.setup.addByAddress")}>
      <Button
        size="large"
        block
        loading={working === "discover"}
        onClick={() =>
          void doIt("discover", async () =>
            setFound((await discoverCameras({ timeoutMs: askingMs })).devices),
          )
        }
      >
        {t(`commissioning.setup.${working === "discover" ? "discovering" : "discover"}`)}
      </Button>
      <FoundCameras
        devices={found}
        onTake={({ address }) => {
          change({ kind: "onvif", address });
          setProbed(null);
        }}
      />
      <h3>{t("commissioning.setup.addByAddress")}</h3>
      <TextField
        label={t("commissioning.setup.cameraId")}
        hint={t("commissioning.setup.siteIdHint")}
        value={camera.id}
        onChange={(id) => change({ id })}
      />
      <ChoiceField
        label={t("commissioning.setup.cameraKind")}
        value={camera.kind}
        choices={[
          { value: "onvif", label: t("commissioning.setup.kindOnvif") },
          { value: "rtsp", label: t("commissioning.setup.kindRtsp") },
          ...(props.simulated
            ? [{ value: "simulated" as const, label: t("commissioning.setup.kindSimulated") }]
            : []),
        ]}
        onChange={(kind) => change({ kind })}
      />
      {camera.kind === "simulated" ? null : (
        <>
          <TextField
            label={t(`commissioning.setup.${camera.kind === "onvif" ? "address" : "url"}`)}
            placeholder={camera.kind === "onvif" ? "192.168.1.64" : "rtsp://192.168.1.64:554/stream2"}
            value={camera.address}
            onChange={(address) => change({ address })}
          />
          <TextField
            label={t("commissioning.setup.username")}
            value={camera.username}
            onChange={(username) => change({ username })}
          />
          <TextField
            secret
            label={t("commissioning.setup.password")}
            hint={t("commissioning.setup.passwordKept")}
            value={camera.password}
            onChange={(password) => change({ password })}
          />
        </>
      )}
      <ProbedCamera probed={probed} />
      <p className="failure" role="alert">
        {failure}
      </p>
      <div className="commission-actions">
        {camera.kind === "onvif" ? (
          <Button
            size="large"
            disabled={camera.address === ""}
            loading={working === "probe"}
            onClick={() => void doIt("probe", probe)}
          >
            {t(`commissioning.setup.${working === "probe" ? "probing" : "probe"}`)}
          </Button>
        ) : null}
        <Button
          size="large"
          disabled={!isNew || (camera.kind !== "simulated" && camera.address === "")}
          loading={working === "add"}
          onClick={() => void doIt("add", add)}
        >
          {t("commissioning.setup.addCamera")}
        </Button>
      </div>
    </section>
  );
}

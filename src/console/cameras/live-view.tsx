import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { useSite } from "../live/use-site.ts";
import { useLivePicture } from "./use-live-picture.ts";
import { useShown } from "./use-shown.ts";

/** What a camera sees now, as long as somebody can see this: the box stops sending when nobody does. */
export function LiveView(props: {
  readonly camera: string;
  readonly label: string;
  /** Somebody pressed for it, and ends it by another press. */
  readonly asked?: boolean;
}) {
  const { t } = useTranslation();
  const frame = useRef<HTMLElement>(null);
  const isShown = useShown(frame, props.asked === true);
  const isConnected = useSite().connection !== "lost";
  const picture = useLivePicture(props.camera, isShown && isConnected);
  return (
    <figure className="live-view" ref={frame}>
      {picture === null ? (
        <output className="live-broken">{t(isShown ? "cameras.waiting" : "cameras.paused")}</output>
      ) : (
        <img src={picture} alt={t("cameras.liveOf", { camera: props.label })} />
      )}
      <figcaption>
        {picture === null ? null : <span className="live-mark">{t("cameras.live")}</span>} {props.label}
      </figcaption>
    </figure>
  );
}

import { useState } from "react";
import { useTranslation } from "react-i18next";
import { liveAddress } from "../api/site.ts";

/** What a camera sees now, as long as this is shown: the box stops sending when it is gone. */
export function LiveView(props: { readonly camera: string; readonly label: string }) {
  const { t } = useTranslation();
  const [turn, setTurn] = useState(0);
  const [isBroken, setBroken] = useState(false);
  const again = (): void => {
    setTurn(turn + 1);
    setBroken(false);
  };
  return (
    <figure className="live-view">
      {isBroken ? (
        <output className="live-broken">
          <span>{t("cameras.noPicture")}</span>
          <button type="button" className="small" onClick={again}>
            {t("cameras.again")}
          </button>
        </output>
      ) : (
        <img
          src={liveAddress(props.camera, turn)}
          alt={t("cameras.liveOf", { camera: props.label })}
          onError={() => setBroken(true)}
        />
      )}
      <figcaption>
        <span className="live-mark">{t("cameras.live")}</span> {props.label}
      </figcaption>
    </figure>
  );
}

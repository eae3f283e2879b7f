import type { RefObject } from "react";
import { useTranslation } from "react-i18next";
import type { LookAtPictureData } from "../../api/client.ts";

/** The webcam's picture as in a mirror, with an oval for the face and a frame around the one that is seen. */
export function Mirror({
  video,
  look,
  good,
}: {
  readonly video: RefObject<HTMLVideoElement | null>;
  readonly look: LookAtPictureData | null;
  readonly good: boolean;
}) {
  const { t } = useTranslation();
  const width = look?.width ?? 640;
  const height = look?.height ?? 360;
  const ry = height * 0.36;
  return (
    <div className="mirror" data-good={good}>
      {/* biome-ignore lint/a11y/useMediaCaption: nothing is heard */}
      <video ref={video} muted playsInline aria-label={t("cardholders.booth.view")} />
      <svg viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
        <ellipse className="oval" cx={width / 2} cy={height / 2} rx={ry * 0.76} ry={ry} />
        {look?.box ? (
          <rect
            className="seen"
            x={look.box.x}
            y={look.box.y}
            width={look.box.width}
            height={look.box.height}
            rx={8}
          />
        ) : null}
      </svg>
    </div>
  );
}

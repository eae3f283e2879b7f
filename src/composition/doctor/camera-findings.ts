import type { Bilingual } from "../../config/config-error.ts";
import type { CameraConfiguration, SiteConfiguration } from "../../config/site-schema.ts";
import type { Milliseconds } from "../../domain/time.ts";
import type { Clock } from "../../ports/clock.ts";
import type { FrameSource } from "../../ports/frame-source.ts";
import { cameraRemedies, keyPicturesRemedy, lookAtCamera, round, type Seen } from "../camera-look.ts";
import type { RealSource } from "../cameras.ts";
import { type Finding, said, same, unreadableSecret } from "./finding.ts";
import { cameraText, together } from "./words.ts";

/** Long enough for a slow camera's first frame, and for what is black or blurred to be known. */
const lookingTime: Milliseconds = 8_000;

/** Looks at all cameras at once. */
export function cameraFindings(
  { cameras }: SiteConfiguration,
  openCamera: (camera: CameraConfiguration, source: RealSource) => FrameSource,
  clock: Clock,
): Promise<readonly Finding[]> {
  return Promise.all(
    cameras.map(async (camera): Promise<Finding> => {
      const { source } = camera;
      if (source.kind === "simulated")
        return {
          area: "cameras",
          subject: camera.id,
          verdict: "good",
          tried: said("read the configuration", "读取配置"),
          seen: said("a camera of the simulated building", "模拟楼宇中的摄像机"),
        };
      try {
        return findingOf(camera, await lookAtCamera(() => openCamera(camera, source), lookingTime, clock));
      } catch (error) {
        return unreadableSecret("cameras", camera.id, error);
      }
    }),
  );
}

function findingOf({ id }: CameraConfiguration, seen: Seen): Finding {
  const tried = said(`looked for ${lookingTime / 1000} s`, `观看 ${lookingTime / 1000} 秒`);
  const common = { area: "cameras", subject: id, tried } as const;
  if (seen.frames > 0 && seen.detail === undefined) {
    if (!seen.keyPicturesRare) return { ...common, verdict: "good", seen: pictureOf(seen) };
    const apart = said("key pictures more than 2.5 s apart", "关键帧间隔超过 2.5 秒");
    const rare = together([pictureOf(seen), apart]);
    return { ...common, verdict: "doubtful", seen: rare, todo: keyPicturesRemedy };
  }
  const remedy =
    seen.fault === undefined
      ? said(
          "look at the picture: light, lens, what stands before it",
          "请查看画面：光线、镜头以及前方遮挡物。",
        )
      : cameraRemedies[seen.fault];
  return {
    ...common,
    verdict: "bad",
    seen:
      seen.detail === undefined
        ? said("no picture came in this time", "未收到画面")
        : cameraText(seen.detail, seen.fault),
    todo: remedy,
  };
}

const pictureOf = ({ width, height, framesPerSecond, measure }: Seen): Bilingual =>
  together([
    same(`${width ?? "?"}×${height ?? "?"}`),
    said(`${framesPerSecond ?? "?"}/s`, `每秒 ${framesPerSecond ?? "?"} 帧`),
    ...(measure === undefined
      ? []
      : [
          said(`brightness ${round(measure.mean)}`, `亮度 ${round(measure.mean)}`),
          said(`sharpness ${round(measure.sharpness)}`, `清晰度 ${round(measure.sharpness)}`),
        ]),
  ]);

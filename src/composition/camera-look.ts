import type { Bilingual } from "../config/config-error.ts";
import { after, type Instant, type Milliseconds, since } from "../domain/time.ts";
import type { Clock } from "../ports/clock.ts";
import type { CameraFault, Frame, FrameSource } from "../ports/frame-source.ts";
import {
  type CameraHealth,
  observeFrame,
  unknownHealth,
  verificationObstacle,
} from "../vision/camera-health.ts";
import { cameraHealthDefaults } from "../vision/camera-health-policy.ts";
import { type FrameMeasure, measureFrame } from "../vision/frame-measure.ts";

/** What the installer can do about it. */
export const cameraRemedies: Readonly<Record<CameraFault, Bilingual>> = {
  unreachable: {
    en: "check the address and port, the cable and the camera's power, and that RTSP is switched on in it",
    zh: "请检查地址与端口、网线、摄像机供电，以及是否已启用 RTSP。",
  },
  unauthorised: {
    en: "check the user name and password; after several wrong ones many cameras lock the account for half an hour",
    zh: "请检查用户名和密码；多次输错后，许多摄像机会锁定账户半小时。",
  },
  notFound: {
    en: "check the path of the stream in the camera's manual, for example /Streaming/Channels/102",
    zh: "请按摄像机手册检查码流路径，例如 /Streaming/Channels/102。",
  },
  stalled: {
    en: "check that the port is the RTSP one, the network in between, and whether the camera is overloaded",
    zh: "请检查端口是否为 RTSP 端口、中间网络以及摄像机是否过载。",
  },
  undecodable: {
    en: "set the camera's stream to H.264 at no more than 1920×1080, and check that the port is the RTSP one",
    zh: "请将码流设为 H.264 且不超过 1920×1080，并检查端口是否为 RTSP 端口。",
  },
  decoderFailed: {
    en: "install or repair FFmpeg 5 or newer, for example with apt install ffmpeg",
    zh: "请安装或修复 FFmpeg 5 以上版本，例如 apt install ffmpeg。",
  },
  notOnvif: {
    en: "switch ONVIF on in the camera's own page, give its ONVIF user a password there, and see vestibule onvif probe",
    zh: "请在摄像机自身的网页中启用 ONVIF，并为 ONVIF 用户设置密码，再运行 vestibule onvif probe 查看。",
  },
  otherCamera: {
    en: "see who put another camera there; if it was exchanged on purpose, write its serial number or fingerprint, as vestibule onvif probe prints it, into the configuration",
    zh: "请查明是谁换上了另一台摄像机；如系有意更换，请运行 vestibule onvif probe，将其序列号或证书指纹写入配置。",
  },
};

/** What an installer can do about a camera that works, at a price. */
export const keyPicturesRemedy: Bilingual = {
  en: "set the camera's key frame interval (GOP, I-frame interval) to 1 or 2 seconds, and switch off codecs that stretch it (H.264+, Smart Codec): it is decoded in full all the time now, though nobody is there",
  zh: "请将摄像机的 I 帧间隔（GOP）设为 1 至 2 秒，并关闭会拉长间隔的智能编码（H.264+、Smart Codec）：目前即使无人，也需一直完整解码。",
};

/** Faults that trying on cannot cure. The others may pass with the next attempt. */
const lasting: ReadonlySet<CameraFault> = new Set([
  "unreachable",
  "unauthorised",
  "notFound",
  "decoderFailed",
  "notOnvif",
  "otherCamera",
]);

export interface Seen {
  readonly frames: number;
  readonly intactFrames: number;
  readonly width: number | undefined;
  readonly height: number | undefined;
  readonly codec: string | undefined;
  readonly firstFrameMs: Milliseconds | undefined;
  readonly framesPerSecond: number | undefined;
  /** Its key pictures are too far apart to watch it idly. */
  readonly keyPicturesRare: boolean;
  readonly measure: FrameMeasure | undefined;
  /** The last one that came. */
  readonly picture: Frame | undefined;
  readonly fault: CameraFault | undefined;
  /** Why it cannot be used, for people. */
  readonly detail: string | undefined;
}

/** Opens a camera as the controller would and looks at it for a while. */
export async function lookAtCamera(
  openCamera: () => FrameSource,
  length: Milliseconds,
  clock: Clock,
): Promise<Seen> {
  const startedAt = clock.now();
  await using source = openCamera();
  const frames: { at: Instant; intact: boolean }[] = [];
  let health: CameraHealth = unknownHealth;
  let measure: FrameMeasure | undefined;
  let picture: Frame | undefined;
  const take = (frame: Frame): void => {
    frames.push({ at: frame.at, intact: frame.intact });
    measure = measureFrame(frame);
    picture = frame;
    health = observeFrame(health, measure, frame.intact, cameraHealthDefaults).health;
  };
  await watched(source, clock, after(startedAt, length), take);

  const state = source.state();
  const [first, last] = [frames[0], frames.at(-1)];
  const span = first && last ? since(first.at, last.at) : 0;
  return {
    frames: frames.length,
    intactFrames: frames.filter(({ intact }) => intact).length,
    width: state.phase === "live" ? state.width : undefined,
    height: state.phase === "live" ? state.height : undefined,
    codec: state.phase === "live" ? state.codec : undefined,
    firstFrameMs: first && Math.round(since(startedAt, first.at)),
    keyPicturesRare: state.phase === "live" && state.keyPicturesRare === true,
    framesPerSecond: span > 0 ? round(((frames.length - 1) * 1000) / span) : undefined,
    measure,
    picture,
    fault: state.phase === "lost" ? state.fault : undefined,
    detail:
      state.phase === "lost"
        ? state.detail
        : last && verificationObstacle(health, last.at, cameraHealthDefaults),
  };
}

/** Until the time is over, or a fault that trying on cannot cure. */
function watched(
  source: FrameSource,
  clock: Clock,
  end: Instant,
  take: (frame: Frame) => void,
): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const isHopeless = (): boolean => {
    const state = source.state();
    return state.phase === "lost" && lasting.has(state.fault);
  };
  const listening = source.listen({
    onFrame: take,
    onState: () => {
      if (isHopeless()) resolve();
    },
  });
  const timer = clock.wakeAt(end, resolve);
  if (isHopeless()) resolve();
  return promise.finally(() => {
    listening[Symbol.dispose]();
    timer[Symbol.dispose]();
  });
}

export const round = (value: number): number => Math.round(value * 10) / 10;

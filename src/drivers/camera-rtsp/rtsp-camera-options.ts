import type { Milliseconds } from "../../domain/time.ts";

import type { CameraTrust } from "./tls-tunnel.ts";

/** What to open, and how patiently. Everything but the first two has a default. */
export interface RtspCameraOptions {
  readonly cameraId: string;
  /** `rtsp://host[:port]/path`, or `rtsps://…`; user name and password may stand in it, but are better given apart. */
  readonly url: string;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  /** Of rtsps://: how the camera proves who it is; by default a certificate that the system trusts. */
  readonly trust?: CameraTrust | undefined;
  /** `http`: RTSP in an HTTP tunnel, for networks that let nothing else through. */
  readonly transport?: "tcp" | "http";
  /** Pictures are scaled down to fit; smaller ones stay as they are. Pixels. */
  readonly maxWidth?: number;
  readonly maxHeight?: number;
  /** At most this many pictures a second leave the decoder. */
  readonly framesPerSecond?: number;
  readonly firstFrameTimeout?: Milliseconds;
  /** A live stream without a fresh frame for this long is lost. */
  readonly stallTimeout?: Milliseconds;
  /** Between asking the decoder to end and ending it. */
  readonly killDelay?: Milliseconds;
  readonly firstRetryDelay?: Milliseconds;
  readonly longestRetryDelay?: Milliseconds;
  /** A connection that lived this long makes the next back-off start from the beginning. */
  readonly steadyLife?: Milliseconds;
  /** Frames later than this behind the stream's own time are stale and not shown. */
  readonly maxLag?: Milliseconds;
  /** Damage without one intact group of pictures for this long: the stream is undecodable. */
  readonly damageLimit?: Milliseconds;
  /** Program to run, an absolute path; by default `ffmpeg` is looked up on PATH. */
  readonly ffmpegPath?: string;
}

export type RtspCameraSettings = Required<
  Omit<RtspCameraOptions, "username" | "password" | "url" | "trust" | "ffmpegPath">
> &
  Pick<RtspCameraOptions, "ffmpegPath">;

export function withDefaults(options: RtspCameraOptions): RtspCameraSettings {
  return {
    cameraId: options.cameraId,
    transport: options.transport ?? "tcp",
    maxWidth: options.maxWidth ?? 640,
    maxHeight: options.maxHeight ?? 360,
    framesPerSecond: options.framesPerSecond ?? 5,
    firstFrameTimeout: options.firstFrameTimeout ?? 6_000,
    stallTimeout: options.stallTimeout ?? 2_000,
    killDelay: options.killDelay ?? 500,
    firstRetryDelay: options.firstRetryDelay ?? 250,
    longestRetryDelay: options.longestRetryDelay ?? 30_000,
    steadyLife: options.steadyLife ?? 30_000,
    maxLag: options.maxLag ?? 1_000,
    damageLimit: options.damageLimit ?? 30_000,
    ...(options.ffmpegPath === undefined ? {} : { ffmpegPath: options.ffmpegPath }),
  };
}

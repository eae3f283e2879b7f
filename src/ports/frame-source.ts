import type { Instant } from "../domain/time.ts";

/** One picture from a camera, decoded. */
export interface Frame {
  /** Counts up from 0 for each start of the source; a gap means frames were dropped. */
  readonly sequence: number;
  /** When it arrived here (never the camera's own time, which is untrusted input). */
  readonly at: Instant;
  readonly width: number;
  readonly height: number;
  /** RGB, 8 bits a channel, `width * height * 3` bytes, rows top to bottom without padding. */
  readonly rgb: Uint8Array;
  /** False while the decoder has reported damage and no intact group of pictures has passed since. */
  readonly intact: boolean;
}

/** Why a camera gives no usable frames; each has its own text for the installer. */
export type CameraFault =
  | "unreachable" // no connection: wrong address, no network, refused
  | "unauthorised" // 401/403: wrong user name or password
  | "notFound" // the address answers, the stream does not exist
  | "stalled" // connected, then no frame for longer than the limit
  | "undecodable" // bytes arrive that are no video, or damage without end
  | "decoderFailed" // the decoder could not be started or died
  | "notOnvif" // the address answers, but not as an ONVIF camera with such a stream
  | "otherCamera"; // another camera answers than the one commissioned (T20)

export type FrameSourceState =
  | { readonly phase: "starting" }
  | {
      readonly phase: "live";
      readonly width: number;
      readonly height: number;
      readonly since: Instant;
      /** As FFmpeg calls it: `h264`, `hevc`. */
      readonly codec?: string;
      /** It cannot be watched idly: its key pictures are too far apart. For the installer to set. */
      readonly keyPicturesRare?: boolean;
    }
  | {
      readonly phase: "lost";
      readonly fault: CameraFault;
      /** For people: what was tried and seen. Never contains a password. */
      readonly detail: string;
      readonly since: Instant;
      readonly attempts: number;
      readonly nextAttemptAt: Instant;
    };

/**
 * How closely a camera is watched. `live`: every picture up to the rate asked for. `idle`: what costs next to nothing,
 * for an RTSP camera its key pictures, about one a second, and every picture for a moment when something seems to stir.
 */
export type FramePace = "idle" | "live";

/**
 * Frames of one camera, newest only: a slow reader loses frames, it never queues them.
 * A source reconnects by itself, with jittered back-off, until it is disposed.
 */
export interface FrameSource extends AsyncDisposable {
  readonly cameraId: string;
  /** A simulated camera: with each scene it looks somewhere else, and none of them is where it belongs. */
  readonly changesView?: boolean;
  state(): FrameSourceState;
  /** The newest frame, or undefined before the first one and while the camera is lost. */
  newest(): Frame | undefined;
  /**
   * How closely to watch from now on; `live` until told otherwise, and it outlasts reconnections. Cheap to repeat. Going
   * `live` costs no wait: the next frame shows now, though no key picture has come since. A source that cannot watch
   * idly (see the driver) goes on at full rate.
   */
  pace(pace: FramePace): void;
  /** Called for every frame and every change of state; listeners must return quickly. Returns how to stop. */
  listen(listener: FrameSourceListener): Disposable;
}

export interface FrameSourceListener {
  onFrame?(frame: Frame): void;
  onState?(state: FrameSourceState): void;
}

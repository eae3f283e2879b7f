import type { RtspCameraOptions } from "../../src/drivers/camera-rtsp/rtsp-camera-options.ts";
import { openRtspCamera } from "../../src/drivers/camera-rtsp/rtsp-frame-source.ts";
import { SystemClock } from "../../src/drivers/clock/system-clock.ts";
import type { CameraFault, Frame, FrameSource, FrameSourceState } from "../../src/ports/frame-source.ts";
import { until } from "./until.ts";

export const clock = new SystemClock();

export interface Opened extends AsyncDisposable {
  readonly source: FrameSource;
  readonly frames: Frame[];
  readonly states: FrameSourceState[];
  fault(): CameraFault | undefined;
  /** Waits until it is lost, whatever for. */
  loss(): Promise<FrameSourceState & { phase: "lost" }>;
}

export function open(url: string, options: Partial<RtspCameraOptions> = {}): Opened {
  const source = openRtspCamera({ cameraId: "c1", url, ...options }, { clock, random: Math.random });
  const frames: Frame[] = [];
  const states: FrameSourceState[] = [];
  source.listen({ onFrame: (frame) => void frames.push(frame), onState: (state) => void states.push(state) });
  const lost = () => {
    const state = source.state();
    return state.phase === "lost" ? state : undefined;
  };
  return {
    source,
    frames,
    states,
    fault: () => lost()?.fault,
    loss: async () => {
      await until(() => lost() !== undefined, "the camera to be lost");
      const state = lost();
      if (state === undefined) throw new Error("no longer lost");
      return state;
    },
    [Symbol.asyncDispose]: () => source[Symbol.asyncDispose](),
  };
}

export const live = (camera: Opened, what = "a live camera") =>
  until(() => camera.source.state().phase === "live", what);

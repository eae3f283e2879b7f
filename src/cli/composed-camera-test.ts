import { openRtspCamera } from "../drivers/camera-rtsp/rtsp-frame-source.ts";
import { SystemClock } from "../drivers/clock/system-clock.ts";
import { sharpPictureCodec } from "../drivers/picture-sharp/sharp-picture-codec.ts";
import { cameraTest } from "./camera-test.ts";

const clock = new SystemClock();

/** `camera test` with the real camera driver. */
export const composedCameraTest = cameraTest({
  clock,
  encodeJpeg: (frame) => sharpPictureCodec.encodeJpeg(frame, Math.max(frame.width, frame.height)),
  openCamera: (address) => openRtspCamera(address, { clock, random: Math.random }),
});

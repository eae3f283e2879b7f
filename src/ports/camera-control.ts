import type { Instant } from "../domain/time.ts";
import type { CameraDeviceEvent, PresetOutcome } from "./vision-link.ts";

/** What a camera does besides sending pictures. Never in the path of a decision; nothing of it throws. */
export interface CameraControl extends AsyncDisposable {
  readonly cameraId: string;
  /** `preset`: its name or its token, as the camera has it. */
  recallPreset(preset: string): Promise<PresetOutcome>;
  listen(onEvent: (event: CameraDeviceEvent) => void): Disposable;
  /** Tells again what is so, to whoever may not have heard it, or remembers something else. */
  report(): void;
}

/** What a camera has sent lately, as it sent it: nothing is decoded for it. */
export interface ClipSource {
  readonly cameraId: string;
  /** Settles once `until` has passed, or no more is to come. Never rejects. */
  clip(from: Instant, until: Instant): Promise<TakenClip>;
}

export type TakenClip =
  | {
      readonly kept: true;
      readonly mp4: Uint8Array;
      /** What it really covers, beginning with a picture that stands alone. */
      readonly from: Instant;
      readonly until: Instant;
      /** Why it is not all that was asked for. */
      readonly cut: string | null;
    }
  | { readonly kept: false; readonly detail: string };

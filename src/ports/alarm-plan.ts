import type { AlarmActions } from "../domain/alarm/actions.ts";
import type { AlarmPlace, AlarmType } from "../domain/alarm/alarm.ts";
import type { VestibuleCameras } from "../domain/alarm/cameras-concerned.ts";
import type { Milliseconds } from "../domain/time.ts";

/** What follows from alarms on this site, as configured. */
export interface AlarmPlan {
  readonly actions: AlarmActions;
  /** Whether the centre sees it as an alarm; its records it gets anyway. */
  readonly isPublished: (alarm: AlarmType) => boolean;
  readonly vestibules: readonly VestibuleCameras[];
  /** Null where none is configured: the CCTV system then only shows the camera. */
  readonly presetOf: (camera: string, place: AlarmPlace) => string | null;
  readonly presetsBy: (camera: string) => "camera" | "cctv";
  readonly outputs: readonly string[];
  readonly webhooks: readonly { readonly name: string; readonly giveUpAfter: Milliseconds }[];
  readonly mail:
    | {
        readonly languages: readonly ("en" | "zh")[];
        readonly lists: readonly { readonly name: string; readonly to: readonly string[] }[];
        readonly spacing: Milliseconds;
        readonly giveUpAfter: Milliseconds;
      }
    | undefined;
}

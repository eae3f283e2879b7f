import type { AlarmPlace } from "../../domain/alarm/alarm.ts";

/** Cameras beside what they are compared for. */
export interface CameraServices {
  /** Those that may show what is there, the nearest first. */
  concerned(place: AlarmPlace): readonly string[];
  /**
   * Pictures from now on, a few a second, until it is disposed of; that the operator looked is recorded. Throws
   * StorageFault where it cannot be.
   */
  watch(camera: string, operator: string, onPicture: (jpeg: Uint8Array) => void): Disposable;
}

import type { AlarmPlace } from "../domain/alarm/alarm.ts";
import { camerasConcerned, type VestibuleCameras } from "../domain/alarm/cameras-concerned.ts";
import { after, type Milliseconds } from "../domain/time.ts";
import type { Clock } from "../ports/clock.ts";
import type { CameraServices } from "../ports/services/camera-services.ts";
import type { Chronicle } from "./chronicle.ts";
import type { SiteCameras } from "./site-cameras.ts";
import type { VisionClient } from "./vision-client.ts";

/** Five pictures a second: enough to see who does what, and little beside what comparing a face takes. */
const interval: Milliseconds = 200;
const lease: Milliseconds = 3_000;
const renewal: Milliseconds = 1_000;
/** Whoever looks again within this, because a page was drawn anew, has not begun to look. */
const sameView: Milliseconds = 60_000;
/** Of views that have ended; of more the oldest are forgotten, and recorded again. */
const mostRemembered = 256;

type Watcher = Parameters<CameraServices["watch"]>[2];

export interface LiveViewsOptions {
  readonly clock: Clock;
  readonly chronicle: Pick<Chronicle, "entry" | "require">;
  readonly vision: Pick<VisionClient, "showLive">;
  readonly vestibules: readonly VestibuleCameras[];
  /** Of a camera, as long as somebody asks vision for them. */
  readonly pictures: Pick<SiteCameras, "watch">;
}

/** Who looks at which camera now. Vision sends pictures only while somebody does. */
export class LiveViews implements CameraServices {
  readonly #options: LiveViewsOptions;
  /** How many look, by camera. */
  readonly #watched = new Map<string, number>();
  readonly #looked = new Map<string, number>();
  #timer: Disposable | undefined;

  constructor(options: LiveViewsOptions) {
    this.#options = options;
  }

  concerned(place: AlarmPlace): readonly string[] {
    return camerasConcerned(place, this.#options.vestibules);
  }

  watch(camera: string, operator: string, watcher: Watcher): Disposable {
    this.#record(camera, operator);
    const watching = new DisposableStack();
    watching.use(this.mirror(camera, watcher));
    watching.defer(() => this.#remember(keyOf(camera, operator)));
    return watching;
  }

  /** For whoever stands before the camera: that they see themselves is no look of anybody's. */
  mirror(camera: string, watcher: Watcher): Disposable {
    const watching = new DisposableStack();
    watching.use(this.#options.pictures.watch(camera, watcher));
    this.#watched.set(camera, (this.#watched.get(camera) ?? 0) + 1);
    watching.defer(() => {
      const left = (this.#watched.get(camera) ?? 1) - 1;
      if (left > 0) this.#watched.set(camera, left);
      else this.#watched.delete(camera);
    });
    this.#ask();
    return watching;
  }

  /** Until nobody looks any more; then what was asked for ends by itself. */
  #ask(): void {
    const { clock, vision } = this.#options;
    this.#timer?.[Symbol.dispose]();
    this.#timer = undefined;
    if (this.#watched.size === 0) return;
    for (const camera of this.#watched.keys()) vision.showLive(camera, interval, after(clock.now(), lease));
    this.#timer = clock.wakeAt(after(clock.now(), renewal), () => this.#ask());
  }

  /** Who looked is part of the record; nobody looks without. */
  #record(camera: string, operator: string): void {
    const { chronicle, clock } = this.#options;
    const ended = this.#looked.get(keyOf(camera, operator));
    if (ended !== undefined && clock.now() - ended < sameView) return;
    chronicle.require([chronicle.entry("CameraWatched", { operator, camera })]);
    this.#remember(keyOf(camera, operator));
  }

  #remember(key: string): void {
    this.#looked.delete(key);
    this.#looked.set(key, this.#options.clock.now());
    const [oldest] = this.#looked.keys();
    if (this.#looked.size > mostRemembered && oldest !== undefined) this.#looked.delete(oldest);
  }
}

const keyOf = (camera: string, operator: string): string => `${camera} ${operator}`;

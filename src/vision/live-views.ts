import { after, type Instant, type Milliseconds, since } from "../domain/time.ts";
import type { Clock } from "../ports/clock.ts";
import type { Frame } from "../ports/frame-source.ts";
import type { PictureCodec } from "../ports/picture-codec.ts";
import { evidenceSide } from "./frame-picture.ts";
import type { WatchedCamera } from "./watched-camera.ts";

export interface LiveViewsOptions {
  readonly cameras: ReadonlyMap<string, Pick<WatchedCamera, "onNext">>;
  /** An idle camera gives few frames: whoever looks wants to see what moves. */
  readonly wake: (camera: string) => void;
  readonly codec: Pick<PictureCodec, "encodeJpeg">;
  readonly clock: Clock;
  readonly onPicture: (camera: string, at: Instant, jpeg: Uint8Array) => void;
}

interface View {
  interval: Milliseconds;
  until: Instant;
  last: Instant | undefined;
  isEncoding: boolean;
  waiting: Disposable;
}

/** However often somebody would like to see one; encoding takes time that faces need. */
const shortestInterval: Milliseconds = 100;
/** Whoever asks for longer says so again. */
const longestView: Milliseconds = 10_000;
/** A camera that is lost is looked at again after this. */
const lostInterval: Milliseconds = 500;

/** Cameras that somebody is looking at: a picture now and then of the newest frames, and none when nobody looks. */
export class LiveViews implements Disposable {
  readonly #options: LiveViewsOptions;
  readonly #views = new Map<string, View>();

  constructor(options: LiveViewsOptions) {
    this.#options = options;
  }

  /** Said again it goes on. */
  show(camera: string, interval: Milliseconds, until: Instant): void {
    const { cameras, clock } = this.#options;
    if (!cameras.has(camera)) return;
    const limit = after(clock.now(), longestView);
    const wanted = {
      interval: Math.max(shortestInterval, interval),
      until: until < limit ? until : limit,
    };
    const known = this.#views.get(camera);
    if (known !== undefined) {
      Object.assign(known, wanted);
      return;
    }
    const view: View = { ...wanted, last: undefined, isEncoding: false, waiting: nothing };
    this.#views.set(camera, view);
    this.#wait(camera, view);
  }

  [Symbol.dispose](): void {
    for (const { waiting } of this.#views.values()) waiting[Symbol.dispose]();
    this.#views.clear();
  }

  #wait(camera: string, view: View): void {
    const { cameras, clock, wake } = this.#options;
    const now = clock.now();
    if (now >= view.until) return void this.#views.delete(camera);
    wake(camera);
    const stack = new DisposableStack();
    view.waiting = stack;
    const go = (next: () => void): void => {
      stack.dispose();
      if (this.#views.get(camera) === view) next();
    };
    const watched = cameras.get(camera);
    const onFrame = (frame: Frame | undefined): void => {
      if (frame === undefined) go(() => this.#pause(camera, view));
      else go(() => this.#onFrame(camera, view, frame));
    };
    if (watched !== undefined) stack.use(watched.onNext(onFrame));
    stack.use(clock.wakeAt(view.until, () => go(() => this.#wait(camera, view))));
  }

  #pause(camera: string, view: View): void {
    const { clock } = this.#options;
    view.waiting = clock.wakeAt(after(clock.now(), lostInterval), () => this.#wait(camera, view));
  }

  #onFrame(camera: string, view: View, frame: Frame): void {
    const now = this.#options.clock.now();
    if (!view.isEncoding && (view.last === undefined || since(view.last, now) >= view.interval)) {
      view.last = now;
      void this.#send(camera, view, frame);
    }
    this.#wait(camera, view);
  }

  async #send(camera: string, view: View, frame: Frame): Promise<void> {
    const { codec, onPicture } = this.#options;
    view.isEncoding = true;
    const jpeg = await codec.encodeJpeg(frame, evidenceSide).catch(() => undefined);
    view.isEncoding = false;
    if (jpeg !== undefined && this.#views.get(camera) === view) onPicture(camera, frame.at, jpeg);
  }
}

const nothing: Disposable = { [Symbol.dispose]: () => undefined };

import { after, type Instant, type Milliseconds } from "../domain/time.ts";
import type { Clock } from "../ports/clock.ts";
import type { DetectedFace } from "../ports/face-engine.ts";
import type { Frame } from "../ports/frame-source.ts";
import type { PictureCodec } from "../ports/picture-codec.ts";
import type { FaceCount } from "../ports/vision-link.ts";
import type { EngineQueue } from "./engine-queue.ts";
import type { FaceWatch } from "./face-watch.ts";
import { measureFrame } from "./frame-measure.ts";
import { FramePicture } from "./frame-picture.ts";
import type { WatchedCamera } from "./watched-camera.ts";

/** Frames are looked at for so long … */
const lookingTime: Milliseconds = 800;
/** … and, with a slow engine or camera, until there are enough of them, but no longer than this. */
const longest: Milliseconds = 1_700;
/** Fewer say nothing; more are not needed. */
const fewestFrames = 3;
const mostFrames = 6;
/** Frames that have to show so many faces: what one of them shows alone may be a pattern. */
const agreeing = 2;
/** Pixels. A face that nobody could be recognised by is somebody all the same; smaller ones are patterns. */
const smallestFace = 16;
/** Mean luma, 0 to 255: in less light a face may be there and not be found. */
const darkest = 20;
/** One for each door pair a site may have. */
const mostCounts = 8;

export interface FaceCountsOptions {
  readonly watchOf: (camera: string) => Pick<FaceWatch, "camera" | "wake"> | undefined;
  readonly engine: EngineQueue;
  readonly codec: PictureCodec;
  readonly clock: Clock;
}

/** How many faces are between the doors (A4, T45). */
export class FaceCounts {
  readonly #options: FaceCountsOptions;
  #running = 0;

  constructor(options: FaceCountsOptions) {
    this.#options = options;
  }

  /** Undefined where they cannot be counted: then nobody may believe that there are few. */
  async count(id: string): Promise<FaceCount | undefined> {
    const watch = this.#options.watchOf(id);
    if (watch === undefined || this.#running >= mostCounts) return undefined;
    this.#running += 1;
    try {
      watch.wake();
      return await this.#limited(watch.camera);
    } catch {
      // An engine that fails has counted nobody.
      return undefined;
    } finally {
      this.#running -= 1;
    }
  }

  async #limited(camera: WatchedCamera): Promise<FaceCount | undefined> {
    const { clock } = this.#options;
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const asked = clock.now();
    const state = { isOver: false };
    using _limit = clock.wakeAt(after(asked, longest), () => {
      state.isOver = true;
      resolve(undefined);
    });
    return await Promise.race([this.#look(camera, asked, state), promise]);
  }

  async #look(
    camera: WatchedCamera,
    asked: Instant,
    state: { readonly isOver: boolean },
  ): Promise<FaceCount | undefined> {
    const { clock, engine, codec } = this.#options;
    const counts: number[] = [];
    let most: { readonly faces: number; readonly picture: FramePicture } | undefined;
    let lookedAt = asked;
    while (counts.length < mostFrames && !(counts.length >= fewestFrames && isOver(asked, clock.now()))) {
      const frame = await nextFrame(camera, lookedAt, clock, after(asked, longest));
      if (frame === undefined || state.isOver || !shows(frame, camera)) return undefined;
      lookedAt = frame.at;
      const faces = countable(await engine.use("door", (free) => free.detect(frame, "thorough")));
      if (state.isOver) return undefined;
      counts.push(faces);
      if (most === undefined || faces > most.faces) most = { faces, picture: new FramePicture(frame, codec) };
    }
    // It may have gone bad during the last look.
    if (camera.obstacle() !== undefined) return undefined;
    return { faces: agreed(counts), frames: counts.length, jpeg: await most?.picture.jpeg() };
  }
}

/** The most that at least so many of the frames show: what comes into view and goes again counts, once seen twice. */
const agreed = (counts: readonly number[]): number =>
  counts.toSorted((one, other) => other - one)[agreeing - 1] ?? 0;

const countable = (faces: readonly DetectedFace[]): number =>
  faces.filter(({ box }) => box.height >= smallestFace).length;

const isOver = (asked: Instant, now: Instant): boolean => now >= after(asked, lookingTime);

/** Whether a face in it would be seen. */
const shows = (frame: Frame, camera: WatchedCamera): boolean =>
  frame.intact && camera.obstacle() === undefined && measureFrame(frame).mean >= darkest;

/** One that has arrived after `lookedAt`; undefined where the camera is lost, or none has come in time. */
async function nextFrame(
  camera: WatchedCamera,
  lookedAt: Instant,
  clock: Clock,
  end: Instant,
): Promise<Frame | undefined> {
  const newest = camera.newest();
  if (newest !== undefined && newest.at > lookedAt) return newest;
  const { promise, resolve } = Promise.withResolvers<Frame | undefined>();
  using _limit = clock.wakeAt(end, () => resolve(undefined));
  using _waiting = camera.onNext(resolve);
  return await promise;
}

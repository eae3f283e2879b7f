import { after, type Instant, type Milliseconds, since } from "../domain/time.ts";
import type { ClipSource, TakenClip } from "../ports/camera-control.ts";
import type { Clock } from "../ports/clock.ts";
import type { Frame, FrameSource } from "../ports/frame-source.ts";
import type { PictureCodec } from "../ports/picture-codec.ts";

export interface ClipPicture {
  readonly at: Instant;
  readonly jpeg: Uint8Array;
  readonly width: number;
  readonly height: number;
}

export type EncodeClip = (
  pictures: readonly ClipPicture[],
) => Promise<{ readonly mp4: Uint8Array } | { readonly problem: string }>;

export interface PictureClipsOptions {
  readonly source: FrameSource;
  readonly codec: Pick<PictureCodec, "encodeJpeg">;
  readonly clock: Clock;
  /** How far back a clip may begin. */
  readonly span: Milliseconds;
  readonly encode: EncodeClip;
}

/** Two pictures a second show what happened, and cost a hundredth of a core. */
const interval: Milliseconds = 450;
const side = 640;
const mostPictures = 600;

/**
 * Clips of a camera that has no stream to copy, the simulated one: its pictures are kept as JPEG and encoded when a clip
 * is asked for.
 */
export class PictureClips implements ClipSource {
  readonly cameraId: string;
  readonly #options: PictureClipsOptions;
  #pictures: ClipPicture[] = [];
  readonly #wanted = new Set<Instant>();
  #keptAt: Instant | undefined;

  constructor(options: PictureClipsOptions) {
    this.cameraId = options.source.cameraId;
    this.#options = options;
    // For as long as the camera is there: both end with the process.
    options.source.listen({ onFrame: (frame) => void this.#keep(frame) });
  }

  async clip(from: Instant, until: Instant): Promise<TakenClip> {
    const { clock, encode } = this.#options;
    this.#wanted.add(from);
    if (clock.now() < until) await new Promise<void>((resolve) => void clock.wakeAt(until, resolve));
    this.#wanted.delete(from);
    const pictures = this.#pictures.filter(({ at }) => at >= from && at <= until);
    const [first, last] = [pictures[0], pictures.at(-1)];
    if (first === undefined || last === undefined)
      return { kept: false, detail: "the camera showed nothing in that time" };
    const file = await encode(pictures);
    if ("problem" in file) return { kept: false, detail: file.problem };
    return { kept: true, mp4: file.mp4, from: first.at, until: last.at, cut: null };
  }

  async #keep(frame: Frame): Promise<void> {
    const { at, width, height } = frame;
    if (this.#keptAt !== undefined && since(this.#keptAt, at) < interval) return;
    this.#keptAt = at;
    const jpeg = await this.#options.codec.encodeJpeg(frame, side).catch(() => undefined);
    if (jpeg === undefined) return;
    this.#pictures.push({ at, jpeg, width, height });
    const oldest = Math.min(after(at, -this.#options.span), ...this.#wanted);
    this.#pictures = this.#pictures.filter((one) => one.at >= oldest).slice(-mostPictures);
  }
}

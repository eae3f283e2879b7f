import type { Frame } from "../ports/frame-source.ts";
import type { PictureCodec } from "../ports/picture-codec.ts";

/** Longest side of pictures kept as evidence and shown live. */
export const evidenceSide = 640;

/** A frame as evidence: made into a JPEG once, ahead of time where somebody may want it, and forgotten for good. */
export class FramePicture {
  readonly #codec: PictureCodec;
  #frame: Frame | undefined;
  #jpeg: Promise<Uint8Array | undefined> | undefined;

  constructor(frame: Frame, codec: PictureCodec) {
    this.#frame = frame;
    this.#codec = codec;
  }

  /** In memory of its own; undefined once forgotten, or where it cannot be encoded: a verdict does without. */
  async jpeg(): Promise<Uint8Array | undefined> {
    const jpeg = await this.prepare();
    return jpeg?.slice();
  }

  prepare(): Promise<Uint8Array | undefined> {
    const frame = this.#frame;
    if (this.#jpeg === undefined && frame !== undefined) {
      this.#jpeg = this.#codec.encodeJpeg(frame, evidenceSide).catch(() => undefined);
      // The JPEG is a tenth of its size: the pixels go.
      this.#frame = undefined;
    }
    return this.#jpeg ?? Promise.resolve(undefined);
  }

  /** A newer one is there: of this one only a JPEG is kept, if there is one. */
  dropPixels(): void {
    this.#frame = undefined;
  }

  forget(): void {
    void this.#jpeg?.then((jpeg) => jpeg?.fill(0));
    this.#jpeg = undefined;
    this.#frame = undefined;
  }
}

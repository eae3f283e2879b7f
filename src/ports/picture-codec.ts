import type { Picture } from "./face-engine.ts";

export type PictureFault = "empty" | "tooLarge" | "wrongType" | "animated" | "damaged";

/** A file that is no usable picture; the message is for the person who chose it. */
export class PictureError extends Error {
  override readonly name = "PictureError";
  readonly fault: PictureFault;

  constructor(fault: PictureFault, message: string, options?: ErrorOptions) {
    super(message, options);
    this.fault = fault;
  }
}

/** Between files and pictures in memory. */
export interface PictureCodec {
  /** Upright, RGB; rejects with `PictureError`, before anything is decoded where it has more pixels than `mostPixels`. */
  decode(bytes: Uint8Array, mostPixels?: number): Promise<Picture>;
  /** No side longer than `longestSide` pixels; without metadata. */
  encodeJpeg(picture: Picture, longestSide: number): Promise<Uint8Array>;
}

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

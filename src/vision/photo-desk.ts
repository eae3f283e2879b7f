import type { PictureCodec } from "../ports/picture-codec.ts";
import type { VisionCommand, VisionMessage } from "../ports/vision-link.ts";
import type { EngineQueue } from "./engine-queue.ts";
import { describePhoto } from "./photo-description.ts";
import { lookAtPicture } from "./picture-look.ts";
import { describeStored } from "./stored-photo.ts";

export type PhotoCommand = Extract<
  VisionCommand,
  { readonly type: "describePhoto" | "describeStored" | "lookAtPicture" }
>;

export interface PhotoDeskOptions {
  readonly engine: EngineQueue;
  readonly codec: PictureCodec;
  /** Somebody is being verified. */
  readonly isDoorWaiting: () => boolean;
  readonly send: (message: VisionMessage) => void;
}

/** What is asked about pictures that come from the desk and not from a door. */
export class PhotoDesk {
  readonly #options: PhotoDeskOptions;
  #photos: Promise<unknown> = Promise.resolve();

  constructor(options: PhotoDeskOptions) {
    this.#options = options;
  }

  onCommand(command: PhotoCommand): void {
    switch (command.type) {
      case "describePhoto":
        this.#inTurn(() => this.#describePhoto(command.request, command.image));
        return;
      case "describeStored":
        this.#inTurn(() => this.#describeStored(command.request, command.image));
        return;
      case "lookAtPicture":
        void this.#look(command.request, command.image);
        return;
    }
  }

  /**
   * One photo at a time: decoding is done by the few threads that encode a door's evidence too, and a picture made to be
   * slow may hold one of them, not all.
   */
  #inTurn(work: () => Promise<void>): void {
    this.#photos = this.#photos.then(work, work);
  }

  async #describePhoto(request: string, image: Uint8Array): Promise<void> {
    const { engine, codec, send } = this.#options;
    const outcome = await describePhoto(image, engine.inTurns("desk"), codec).catch(engineFault);
    send({ type: "photoDescribed", request, outcome });
  }

  async #describeStored(request: string, image: Uint8Array): Promise<void> {
    const { engine, codec, send } = this.#options;
    const outcome = await describeStored(image, engine.inTurns("desk"), codec).catch(engineFault);
    send({ type: "storedDescribed", request, outcome });
  }

  async #look(request: string, image: Uint8Array): Promise<void> {
    const { engine, codec, isDoorWaiting, send } = this.#options;
    const outcome = await lookAtPicture(image, engine.inTurns("guide"), codec, isDoorWaiting).catch(
      (error: unknown) => ({ is: "failed", detail: detailOf(error) }) as const,
    );
    send({ type: "pictureLookedAt", request, outcome });
  }
}

const engineFault = (error: unknown) =>
  ({ usable: false, reason: "engineFault", detail: detailOf(error) }) as const;

const detailOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

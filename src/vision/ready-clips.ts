import { createHash, randomUUID } from "node:crypto";
import { after, type Milliseconds } from "../domain/time.ts";
import type { TakenClip } from "../ports/camera-control.ts";
import type { Clock } from "../ports/clock.ts";
import { type ClipOutcome, clipPieceSize } from "../ports/vision-link.ts";

/** Whoever asked for it takes it at once; a controller that has ended meanwhile never does. */
const keptReady: Milliseconds = 30_000;
/** In bytes, of all clips together. */
const mostReady = 128_000_000;

/** Clips that wait to be taken away by the controller, a piece at a time. */
export class ReadyClips implements Disposable {
  readonly #clock: Pick<Clock, "now" | "wakeAt">;
  readonly #clips = new Map<string, { readonly mp4: Uint8Array; limit: Disposable }>();

  constructor(clock: Pick<Clock, "now" | "wakeAt">) {
    this.#clock = clock;
  }

  keep(taken: TakenClip): ClipOutcome {
    if (!taken.kept) return taken;
    const { mp4, ...facts } = taken;
    const bytes = [...this.#clips.values()].reduce((sum, one) => sum + one.mp4.length, mp4.length);
    if (bytes > mostReady) return { kept: false, detail: "too many clips wait to be taken away" };
    const clip = randomUUID();
    this.#clips.set(clip, { mp4, limit: this.#limit(clip) });
    return { ...facts, clip, size: mp4.length, hash: createHash("sha256").update(mp4).digest("hex") };
  }

  /** With the last piece it is let go. */
  take(clip: string, offset: number): Uint8Array | undefined {
    const found = this.#clips.get(clip);
    if (found === undefined) return undefined;
    const piece = found.mp4.slice(offset, offset + clipPieceSize);
    found.limit[Symbol.dispose]();
    if (offset + piece.length >= found.mp4.length) this.#clips.delete(clip);
    else found.limit = this.#limit(clip);
    return piece;
  }

  [Symbol.dispose](): void {
    for (const { limit } of this.#clips.values()) limit[Symbol.dispose]();
    this.#clips.clear();
  }

  #limit(clip: string): Disposable {
    return this.#clock.wakeAt(after(this.#clock.now(), keptReady), () => void this.#clips.delete(clip));
  }
}

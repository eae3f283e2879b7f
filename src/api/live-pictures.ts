import type { Milliseconds } from "../domain/time.ts";

/** What a live view needs of an HTTP answer. */
export interface LiveResponse {
  write(part: Uint8Array | string): boolean;
  end(): void;
  destroy(): void;
  on(event: "drain" | "close" | "error", listener: () => void): unknown;
}

export interface LiveStart {
  readonly response: LiveResponse;
  /** What sends the pictures; ended with the view. */
  readonly watching: Disposable;
  /** Asked again and again: a session that has ended ends its views. */
  readonly mayContinue: () => boolean;
}

export interface LiveLimits {
  readonly heartbeatInterval: Milliseconds;
  /** Whoever takes nothing for this long is gone. */
  readonly stalledReader: Milliseconds;
}

/** At once, over all cameras: each takes a good part of a network. */
export const mostViewers = 8;
/** A camera that gives no picture for so long is not live; whoever looks asks again. */
const longestSilence: Milliseconds = 15_000;

const boundary = "vestibule-picture";
export const liveHeaders = {
  "content-type": `multipart/x-mixed-replace; boundary=${boundary}`,
  "cache-control": "no-store",
  "x-accel-buffering": "no",
  "x-content-type-options": "nosniff",
  "cross-origin-resource-policy": "same-origin",
};

/** The live views under way. */
export class LivePictures {
  readonly #limits: LiveLimits;
  readonly #most: number;
  readonly #open = new Set<() => void>();

  constructor(limits: LiveLimits, most = mostViewers) {
    this.#limits = limits;
    this.#most = most;
  }

  get isFull(): boolean {
    return this.#open.size >= this.#most;
  }

  get count(): number {
    return this.#open.size;
  }

  close(): void {
    for (const end of this.#open) end();
  }

  /**
   * What takes the view's pictures. Nothing is queued for a slow reader: it gets the next one after that which it has
   * taken.
   */
  open({ response, watching, mayContinue }: LiveStart): (jpeg: Uint8Array) => void {
    let isBlocked = false;
    let [taken, pictured] = [performance.now(), performance.now()];
    const under = new DisposableStack();
    const end = (): void => {
      if (!this.#open.delete(end)) return;
      under.dispose();
      response.end();
      if (isBlocked) response.destroy();
    };
    this.#open.add(end);
    response.write(`--${boundary}\r\n`);
    response.on("drain", () => {
      isBlocked = false;
      taken = performance.now();
    });
    response.on("close", end);
    response.on("error", end);
    const beat = setInterval(() => {
      const now = performance.now();
      const isStalled = isBlocked && now - taken >= this.#limits.stalledReader;
      if (isStalled || now - pictured >= longestSilence || !mayContinue()) end();
    }, this.#limits.heartbeatInterval);
    under.defer(() => clearInterval(beat));
    under.use(watching);
    return (jpeg) => {
      pictured = performance.now();
      if (isBlocked || !this.#open.has(end)) return;
      const head = `content-type: image/jpeg\r\ncontent-length: ${jpeg.length}\r\n\r\n`;
      // The boundary goes with the picture, or a browser shows it one picture late.
      const parts = [Buffer.from(head, "latin1"), jpeg, Buffer.from(`\r\n--${boundary}\r\n`, "latin1")];
      taken = performance.now();
      isBlocked = !response.write(Buffer.concat(parts));
    };
  }
}

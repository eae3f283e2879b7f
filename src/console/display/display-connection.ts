import type { DoorScreen } from "../../api/display-screen.ts";
import { beginPairing, getDisplay } from "../api/client.ts";
import { ApiError } from "../api/http.ts";
import { lastScreen, type Situation, silenceLimit } from "./situation.ts";

const checkEvery = 200;
const retryAfter = 1_000;
/** A request that is not answered by then is not waited for. */
const patience = 2_000;
/** While the code is shown: soon enough for whoever has just typed it. */
const pairedYetAfter = 1_500;

/** Keeps the screen told, says so when it is not, and goes on as soon as it is again. */
export class DisplayConnection {
  #situation: Situation = { is: "starting" };
  #stream: EventSource | undefined;
  #retry: ReturnType<typeof setTimeout> | undefined;
  readonly #listeners = new Set<() => void>();

  readonly situation = (): Situation => this.#situation;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  open(): void {
    setInterval(() => this.#check(), checkEvery);
    void this.#begin();
  }

  async #begin(): Promise<void> {
    try {
      // Asked first: a stream alone does not say why it is refused.
      this.#hear(await getDisplay({ signal: AbortSignal.timeout(patience) }));
      this.#listen();
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) await this.#showCode();
      else this.#lose();
    }
  }

  #listen(): void {
    const stream = new EventSource("/api/v1/display/stream");
    this.#stream = stream;
    stream.addEventListener("screen", ({ data }: MessageEvent<string>) => {
      if (this.#stream === stream) this.#hear(JSON.parse(data) as DoorScreen); // written by our own server
    });
    stream.addEventListener("error", () => {
      if (this.#stream === stream) this.#lose();
    });
  }

  async #showCode(): Promise<void> {
    try {
      const { code } = await beginPairing({ signal: AbortSignal.timeout(patience) });
      this.#change({ is: "pairing", code });
      this.#again(pairedYetAfter);
    } catch {
      this.#lose();
    }
  }

  #hear(screen: DoorScreen): void {
    this.#change({ is: "live", screen, heardAt: performance.now() });
  }

  #check(): void {
    const situation = this.#situation;
    if (situation.is === "live" && performance.now() - situation.heardAt > silenceLimit) this.#lose();
  }

  #lose(): void {
    this.#stream?.close();
    this.#stream = undefined;
    this.#change({ is: "lost", last: lastScreen(this.#situation) });
    this.#again(retryAfter);
  }

  #again(length: number): void {
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => void this.#begin(), length);
  }

  #change(situation: Situation): void {
    this.#situation = situation;
    for (const listener of this.#listeners) listener();
  }
}

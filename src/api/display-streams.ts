import type { FastifyBaseLogger } from "fastify";
import { after, type Milliseconds } from "../domain/time.ts";
import type { Clock } from "../ports/clock.ts";
import type { ControllerServices, SiteState } from "../ports/controller-services.ts";
import type { PairedDisplay } from "../ports/paired-displays.ts";
import { type DoorScreen, screenAt } from "./display-screen.ts";
import type { StreamResponse } from "./event-streams.ts";

/** A screen that hears nothing for 2.5 s says so; three beats and a half, for a busy machine. */
const displayBeat: Milliseconds = 700;
/** One that was switched off without a word is still counted until its connection is given up. */
const mostPerDisplay = 4;
const mostStreams = 128;

export interface DisplayStreamsOptions {
  readonly services: Pick<ControllerServices, "state" | "displays" | "onState">;
  readonly clock: Clock;
  readonly log: Pick<FastifyBaseLogger, "error">;
  /** Whoever takes nothing for this long is gone. */
  readonly stalledReader: Milliseconds;
}

export interface DisplayStreamStart {
  readonly response: StreamResponse;
  readonly display: PairedDisplay;
  /** Asked at every beat: the display as it is now, undefined once it is unpaired. */
  readonly stillPaired: () => PairedDisplay | undefined;
}

/** What each screen is told, from when it asks until it is gone. */
export class DisplayStreams {
  readonly #options: DisplayStreamsOptions;
  readonly #open = new Set<DisplayStream>();

  constructor(options: DisplayStreamsOptions) {
    this.#options = options;
  }

  get isFull(): boolean {
    return this.#open.size >= mostStreams;
  }

  get count(): number {
    return this.#open.size;
  }

  open(start: DisplayStreamStart): void {
    const own = [...this.#open].filter(({ display }) => display.id === start.display.id);
    if (own.length >= mostPerDisplay) own[0]?.end();
    const stream = new DisplayStream(this.#options, start, () => this.#open.delete(stream));
    this.#open.add(stream);
    stream.begin();
  }

  isOnline(id: string): boolean {
    return [...this.#open].some(({ display }) => display.id === id);
  }

  /** At once: what it shows from now on is a code. */
  unpaired(id: string): void {
    for (const stream of this.#open) if (stream.display.id === id) stream.end();
  }

  close(): void {
    for (const stream of this.#open) stream.end();
  }
}

/**
 * Every message is the whole screen: sent when it changes, and at every beat, in a rhythm that nothing at the door moves.
 * So whatever else happens in the controller meanwhile (A5) is neither seen in what is sent, nor in when.
 */
class DisplayStream {
  readonly display: PairedDisplay;
  readonly #options: DisplayStreamsOptions;
  readonly #start: DisplayStreamStart;
  readonly #onEnd: () => void;
  readonly #under = new DisposableStack();
  #beat: Disposable | undefined;
  #shown = "";
  #isBlocked = false;
  #blockedAt = 0;
  #ended = false;

  constructor(options: DisplayStreamsOptions, start: DisplayStreamStart, onEnd: () => void) {
    this.#options = options;
    this.#start = start;
    this.#onEnd = onEnd;
    this.display = start.display;
  }

  begin(): void {
    const { response } = this.#start;
    response.on("drain", () => {
      this.#isBlocked = false;
    });
    response.on("close", () => this.end());
    response.on("error", () => this.end());
    this.#under.use(this.#options.services.onState((state) => this.#guarded(() => this.#onState(state))));
    this.#write("retry: 1000\n\n");
    this.#onBeat();
  }

  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#beat?.[Symbol.dispose]();
    this.#under.dispose();
    this.#onEnd();
    this.#start.response.end();
    // Whoever reads nothing would hold the connection, and with it the shutdown.
    if (this.#isBlocked) this.#start.response.destroy();
  }

  /** Called by the controller: it must never throw there. */
  #guarded(work: () => void): void {
    try {
      work();
    } catch (err) {
      this.#options.log.error({ err }, "a display's stream failed");
      this.end();
    }
  }

  #onBeat(): void {
    if (this.#ended) return;
    const { clock, stalledReader, services } = this.#options;
    // From beat to beat, whatever the work between them took.
    this.#beat = clock.wakeAt(after(clock.now(), displayBeat), () => this.#onBeat());
    this.#guarded(() => {
      const isStalled = this.#isBlocked && clock.now() - this.#blockedAt >= stalledReader;
      if (isStalled || this.#start.stillPaired() === undefined) this.end();
      else this.#send(this.#screen(services.state()));
    });
  }

  #onState(state: SiteState): void {
    const screen = this.#screen(state);
    if (whatIsShown(screen) !== this.#shown) this.#send(screen);
  }

  #screen(state: SiteState): DoorScreen {
    return screenAt(this.#options.services, this.display, state);
  }

  /** Nothing is queued: whoever is slow gets the screen as it is then. */
  #send(screen: DoorScreen): void {
    if (this.#isBlocked) return;
    this.#shown = whatIsShown(screen);
    this.#write(`event: screen\ndata: ${JSON.stringify(screen)}\n\n`);
  }

  #write(text: string): void {
    if (this.#ended || this.#start.response.write(text) || this.#isBlocked) return;
    this.#isBlocked = true;
    this.#blockedAt = this.#options.clock.now();
  }
}

/** Without what only runs on. */
const whatIsShown = ({ clock: _runs, remaining, ...screen }: DoorScreen): string =>
  JSON.stringify([screen, remaining === null]);

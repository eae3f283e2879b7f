import type { Milliseconds } from "../domain/time.ts";
import type { Clock } from "../ports/clock.ts";
import type {
  FigureOrder,
  FigureRequest,
  FigureResult,
  FigureServices,
  MakeFigures,
} from "../ports/services/figure-services.ts";
import type { Chronicle } from "./chronicle.ts";
import type { ControllerOptions } from "./controller-options.ts";

export interface FigureDeskOptions {
  readonly timeZone: string;
  readonly cameras: () => readonly string[];
  readonly clock: Pick<Clock, "now" | "wall">;
  readonly chronicle: Pick<Chronicle, "keep">;
  readonly makeFigures: MakeFigures;
}

/** A page that is looked at by several asks once; a minute later it may ask again. */
const fresh: Milliseconds = 60_000;
const mostKept = 8;

interface Making {
  readonly since: number;
  readonly result: Promise<FigureResult>;
  readonly abort: AbortController;
  /** Nobody waits any more: it is given up. */
  waiting: number;
  done: boolean;
}

/** Figures that are asked for more than once are made once; of different ones, one after the other. */
export class FigureDesk implements FigureServices {
  readonly #options: FigureDeskOptions;
  readonly #made = new Map<string, Making>();

  constructor(options: FigureDeskOptions) {
    this.#options = options;
  }

  static of(
    { site, clock, makeFigures }: ControllerOptions,
    chronicle: Chronicle,
    cameras: () => readonly string[],
  ): FigureDesk | undefined {
    if (makeFigures === undefined) return undefined;
    return new FigureDesk({ timeZone: site.timeZone, cameras, clock, chronicle, makeFigures });
  }

  async make(request: FigureRequest, signal: AbortSignal): Promise<FigureResult> {
    signal.throwIfAborted();
    const key = JSON.stringify([request.from, request.to, request.vestibule, request.door]);
    const making = this.#known(key) ?? this.#begin(key, request);
    if (making === undefined) return { is: "busy" };
    return await this.#waitFor(key, making, signal);
  }

  #known(key: string): Making | undefined {
    const known = this.#made.get(key);
    if (known?.done !== true || this.#options.clock.now() - known.since < fresh) return known;
    this.#made.delete(key);
    return undefined;
  }

  #begin(key: string, request: FigureRequest): Making | undefined {
    if ([...this.#made.values()].some(({ done }) => !done)) return undefined;
    const { clock, makeFigures, timeZone, cameras } = this.#options;
    const order: FigureOrder = { ...request, madeAt: clock.wall(), timeZone, cameras: cameras() };
    const abort = new AbortController();
    const result = makeFigures(order, abort.signal);
    const making: Making = { since: clock.now(), result, abort, waiting: 0, done: false };
    this.#made.set(key, making);
    const [oldest] = this.#made.keys();
    if (this.#made.size > mostKept && oldest !== undefined) this.#made.delete(oldest);
    const over = (kept: boolean): void => {
      making.done = true;
      if (!kept) this.#forget(key, making);
    };
    result.then(
      (made) => {
        over(made.is === "made");
        if (made.is === "unverified") this.#broken(made);
      },
      () => over(false),
    );
    return making;
  }

  async #waitFor(key: string, making: Making, signal: AbortSignal): Promise<FigureResult> {
    making.waiting++;
    const { promise, reject } = Promise.withResolvers<never>();
    const leave = (): void => reject(signal.reason);
    signal.addEventListener("abort", leave, { once: true });
    try {
      return await Promise.race([making.result, promise]);
    } finally {
      signal.removeEventListener("abort", leave);
      making.waiting--;
      if (making.waiting === 0 && !making.done) {
        this.#forget(key, making);
        making.abort.abort();
      }
    }
  }

  #forget(key: string, making: Making): void {
    if (this.#made.get(key) === making) this.#made.delete(key);
  }

  #broken({ seq, detail }: Extract<FigureResult, { readonly is: "unverified" }>): void {
    this.#options.chronicle.keep(
      [],
      [{ is: "seen", alarm: "AuditBroken", place: {}, detail: `record ${seq}: ${detail}` }],
    );
  }
}

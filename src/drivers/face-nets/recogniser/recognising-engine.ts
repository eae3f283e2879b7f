import type {
  DescribedFace,
  DetectedFace,
  FaceEngine,
  FaceModel,
  FaceTimings,
  PassedOver,
  Picture,
} from "../../../ports/face-engine.ts";
import type { Recogniser } from "./recogniser.ts";

export interface Recognisers {
  /** Describes in place of the engine's own net. */
  readonly main?: Recogniser | undefined;
  /** Describes too, for a vote; `own`: the engine's own net. */
  readonly second?: Recogniser | "own" | undefined;
  /** A recogniser that was asked for and cannot be used. */
  readonly passedOver?: PassedOver | undefined;
}

/** Detection, landmarks and quality of one engine; descriptors of nets that somebody put in. */
export class RecognisingEngine implements FaceEngine {
  readonly model: FaceModel;
  readonly second: FaceModel | undefined;
  readonly backend: string;
  readonly passedOver: readonly PassedOver[];
  readonly #engine: FaceEngine;
  readonly #recognisers: Recognisers;
  #embed = 0;

  constructor(engine: FaceEngine, recognisers: Recognisers) {
    const { main, second } = recognisers;
    this.#engine = engine;
    this.#recognisers = recognisers;
    this.backend = engine.backend;
    this.passedOver = [
      ...(engine.passedOver ?? []),
      ...(recognisers.passedOver === undefined ? [] : [recognisers.passedOver]),
    ];
    this.model = main?.model ?? engine.model;
    this.second = second === "own" ? engine.model : second?.model;
  }

  async detect(...search: Parameters<FaceEngine["detect"]>): Promise<readonly DetectedFace[]> {
    this.#embed = 0;
    return await this.#engine.detect(...search);
  }

  async describe(picture: Picture, face: DetectedFace): Promise<DescribedFace | undefined> {
    const described = await this.#engine.describe(picture, face);
    if (described === undefined) return undefined;
    const start = performance.now();
    const { main, second } = this.#recognisers;
    const { landmarks, descriptor: own } = described;
    const descriptor = main === undefined ? own : await main.describe(picture, landmarks);
    const other = second === "own" ? own : await second?.describe(picture, landmarks);
    this.#embed = performance.now() - start;
    // A face that only one of two can describe has not been seen by both.
    if (descriptor === undefined || (second !== undefined && other === undefined)) return undefined;
    return {
      ...described,
      descriptor,
      ...(other === undefined || this.second === undefined
        ? {}
        : { second: { model: this.second.id, values: other } }),
    };
  }

  timings(): FaceTimings {
    const timings = this.#engine.timings();
    return { ...timings, embed: timings.embed + this.#embed };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const { main, second } = this.#recognisers;
    await main?.[Symbol.asyncDispose]();
    if (second !== "own") await second?.[Symbol.asyncDispose]();
    await this.#engine[Symbol.asyncDispose]();
  }
}

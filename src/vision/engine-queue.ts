import type { FaceEngine } from "../ports/face-engine.ts";

/** The engine computes one picture at a time; whoever waits longest is next. */
export class EngineQueue {
  readonly #engine: FaceEngine;
  #last: Promise<unknown> = Promise.resolve();

  constructor(engine: FaceEngine) {
    this.#engine = engine;
  }

  use<Result>(work: (engine: FaceEngine) => Promise<Result>): Promise<Result> {
    const result = this.#last.then(() => work(this.#engine));
    this.#last = result.catch(() => undefined); // whoever asked gets the error; the next one's turn comes all the same
    return result;
  }
}

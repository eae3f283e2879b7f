import type { FaceEngine } from "../ports/face-engine.ts";

/** Somebody stands at a door, or sits at a desk and enrols. */
export type Urgency = "door" | "desk";

/** The engine computes one picture at a time. Doors come before desks; among equals, whoever waits longest. */
export class EngineQueue {
  readonly #engine: FaceEngine;
  readonly #waiting: Readonly<Record<Urgency, (() => void)[]>> = { door: [], desk: [] };
  #busy = false;

  constructor(engine: FaceEngine) {
    this.#engine = engine;
  }

  async use<Result>(urgency: Urgency, work: (engine: FaceEngine) => Promise<Result>): Promise<Result> {
    if (this.#busy) await new Promise<void>((resolve) => this.#waiting[urgency].push(resolve));
    this.#busy = true;
    try {
      return await work(this.#engine);
    } finally {
      const next = this.#waiting.door.shift() ?? this.#waiting.desk.shift();
      // Handed on without becoming free, so that nobody slips in between.
      if (next === undefined) this.#busy = false;
      else next();
    }
  }
}

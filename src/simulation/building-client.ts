import { after, type Milliseconds } from "../domain/time.ts";
import type { ActionOutcome, BuildingAction, BuildingMessage } from "../ports/building-link.ts";
import type { Clock } from "../ports/clock.ts";
import type { SimulatorServices } from "../ports/controller-services.ts";
import type { ProcessLink } from "../ports/process-link.ts";
import { demoPeople, probeScene } from "./demo-people.ts";
import type { SteppableClock } from "./steppable-clock.ts";

const patience: Milliseconds = 2_000;

/** A person's hands in the simulated building, for the simulator's API. */
export class BuildingClient implements SimulatorServices {
  readonly #link: ProcessLink;
  readonly #clock: Clock & Pick<SteppableClock, "step">;
  readonly #waiting = new Map<string, (outcome: ActionOutcome) => void>();
  #asked = 0;

  constructor(link: ProcessLink, clock: Clock & Pick<SteppableClock, "step">) {
    this.#link = link;
    this.#clock = clock;
    link.onMessage((from, raw) => {
      const message = raw as BuildingMessage; // carried by our own supervisor
      if (from === "building" && message.type === "acted") this.#answer(message.request, message.outcome);
    });
  }

  act(action: BuildingAction): Promise<ActionOutcome> {
    this.#asked += 1;
    const request = `a${this.#asked}`;
    const { promise, resolve } = Promise.withResolvers<ActionOutcome>();
    const late: ActionOutcome = {
      done: false,
      reason: "unknownName",
      detail: "the simulated building does not answer",
    };
    const limit = this.#clock.wakeAt(after(this.#clock.now(), patience), () => this.#answer(request, late));
    this.#waiting.set(request, (outcome) => {
      limit[Symbol.dispose]();
      resolve(outcome);
    });
    this.#link.send("building", { type: "act", request, action });
    return promise;
  }

  async probe(cardNumber: string): Promise<Uint8Array | undefined> {
    return await this.probes([cardNumber]);
  }

  async probes(cardNumbers: readonly string[]): Promise<Uint8Array | undefined> {
    const people = cardNumbers.map((number) => demoPeople.find(({ card }) => card === number));
    const known = people.filter((person) => person !== undefined);
    return known.length === 0 || known.length !== people.length ? undefined : await probeScene(known);
  }

  stepClock(seconds: number): void {
    this.#clock.step(seconds * 1000);
  }

  #answer(request: string, outcome: ActionOutcome): void {
    const resolve = this.#waiting.get(request);
    this.#waiting.delete(request);
    resolve?.(outcome);
  }
}

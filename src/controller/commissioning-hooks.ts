import { after, type Instant, type Milliseconds } from "../domain/time.ts";
import type { CommissioningHooks, Presented } from "../ports/commissioning.ts";
import type { ControllerServices } from "../ports/controller-services.ts";
import type { LineReport } from "../ports/interlock-link.ts";
import type { SupervisorCommand } from "../ports/supervision.ts";
import type { Chronicle } from "./chronicle.ts";
import type { ControllerOptions } from "./controller-options.ts";
import type { InterlockClient } from "./interlock-client.ts";
import type { StateFeed } from "./state-feed.ts";

/** Longer, and whoever stood at the door has gone. */
const releaseValidity: Milliseconds = 1_000;
const linesPatience: Milliseconds = 1_000;
/** Whoever asks for lines asks again soon. */
const mostWaiting = 32;

type Lines = { readonly at: Instant; readonly lines: readonly LineReport[] };

/** What commissioning is given of the running controller. */
export class ControllerHooks implements CommissioningHooks {
  readonly services: ControllerServices;
  readonly broker: CommissioningHooks["broker"];
  readonly #options: ControllerOptions;
  readonly #interlock: InterlockClient;
  readonly #chronicle: Chronicle;
  readonly #feed: Pick<StateFeed, "changed">;
  readonly #presented = new Set<(presented: Presented) => void>();
  readonly #waiting = new Set<(lines: Lines | undefined) => void>();

  constructor(
    options: ControllerOptions,
    services: ControllerServices,
    interlock: InterlockClient,
    chronicle: Chronicle,
    feed: Pick<StateFeed, "changed">,
  ) {
    this.services = services;
    this.broker = options.broker?.link;
    this.#options = options;
    this.#interlock = interlock;
    this.#chronicle = chronicle;
    this.#feed = feed;
  }

  release(...[vestibule, door, operator]: Parameters<CommissioningHooks["release"]>) {
    const { clock, newPassage } = this.#options;
    const passage = newPassage();
    this.record("CommissioningRelease", { vestibule, door, operator, passage });
    const grant = { id: passage, kind: "access", enters: false } as const;
    this.#interlock.release(vestibule, door, grant, after(clock.now(), releaseValidity));
    return { passage };
  }

  readLines(): Promise<Lines | undefined> {
    if (this.#waiting.size >= mostWaiting) return Promise.resolve(undefined);
    const { clock } = this.#options;
    const { promise, resolve } = Promise.withResolvers<Lines | undefined>();
    const answer = (lines: Lines | undefined): void => {
      limit[Symbol.dispose]();
      this.#waiting.delete(answer);
      resolve(lines);
    };
    const limit = clock.wakeAt(after(clock.now(), linesPatience), () => answer(undefined));
    this.#waiting.add(answer);
    this.#interlock.readLines();
    return promise;
  }

  onPresented(listener: (presented: Presented) => void): Disposable {
    this.#presented.add(listener);
    return { [Symbol.dispose]: () => this.#presented.delete(listener) };
  }

  record(...[type, payload]: Parameters<CommissioningHooks["record"]>) {
    this.#chronicle.require([this.#chronicle.entry(type, payload)]);
    const [record] = this.#options.journal.query({ type, limit: 1, newestFirst: true });
    if (record === undefined) throw new Error(`${type} was written and is not there`);
    return record;
  }

  changed(): void {
    this.#feed.changed();
  }

  runAgain(): void {
    this.#options.link.send("supervisor", { type: "runAgain" } satisfies SupervisorCommand);
  }

  onLines(lines: readonly LineReport[], at: Instant): void {
    for (const answer of [...this.#waiting]) answer({ lines, at });
  }

  tellPresented(presented: Presented): void {
    for (const listener of this.#presented) listener(presented);
  }
}

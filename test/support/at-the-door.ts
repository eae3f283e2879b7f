import pino from "pino";
import { DisplayStreams } from "../../src/api/display-streams.ts";
import { accessPointNames } from "../../src/domain/names.ts";
import { type Milliseconds, wallTime } from "../../src/domain/time.ts";
import type { SiteInOneProcess } from "./site-in-one-process.ts";

/** What somebody who stands there can see, hear and take the time of, from when it was so. */
export interface Perceived {
  readonly after: Milliseconds;
  /** Locks, lamps, buzzers, the readers' lights. */
  readonly outputs: Readonly<Record<string, string>>;
  /** What each display shows, and for how much longer. */
  readonly displays: unknown;
}

/** What is sent to the screens at the doors, byte by byte, and when. */
export interface Sent {
  readonly after: Milliseconds;
  readonly to: string;
  readonly bytes: string;
}

const sampling: Milliseconds = 5;

/** Somebody with good eyes, good ears and a stopwatch, who stands at the doors of a site. */
export class AtTheDoor {
  readonly site: SiteInOneProcess;
  readonly seen: Perceived[] = [];
  readonly sent: Sent[] = [];
  readonly #start: Milliseconds;
  #last = "";

  constructor(site: SiteInOneProcess) {
    this.site = site;
    this.#start = site.clock.now();
    const { clock, services } = site;
    const log = pino({ level: "silent" });
    const streams = new DisplayStreams({ services, clock, log, stalledReader: 10_000 });
    for (const accessPoint of accessPointNames) {
      const display = { id: accessPoint, name: accessPoint, vestibule: "v1", accessPoint, pairedBy: "x" };
      const paired = { ...display, pairedAt: wallTime(0), lastSeenAt: null };
      const response = {
        write: (bytes: string) => {
          this.sent.push({ after: site.clock.now() - this.#start, to: accessPoint, bytes });
          return true;
        },
        end: () => undefined,
        destroy: () => undefined,
        on: () => undefined,
      };
      streams.open({ response, display: paired, stillPaired: () => paired });
    }
  }

  /** Time passes, and each change that can be perceived is noted once. */
  async passes(length: Milliseconds): Promise<void> {
    this.#look();
    for (const end = this.site.clock.now() + length; this.site.clock.now() < end; ) {
      await this.site.passes(sampling);
      this.#look();
    }
  }

  #look(): void {
    const displays = Object.fromEntries(
      Object.entries(this.site.vestibule().displays).map(([place, { until, ...shown }]) => [
        place,
        { ...shown, until: until === null ? null : until - this.#start },
      ]),
    );
    const perceived = { outputs: this.site.outputs(), displays };
    const text = JSON.stringify(perceived);
    if (text !== this.#last) this.seen.push({ after: this.site.clock.now() - this.#start, ...perceived });
    this.#last = text;
  }
}

import type { AccessPointRef } from "../../domain/names.ts";
import type { CardReader, ReaderListener, ReaderSignal } from "../../ports/card-reader.ts";
import { placeOf, ReaderReports } from "../../ports/reader-reports.ts";
import { type BusSurroundings, OsdpBus } from "./bus.ts";
import type { CheckKind } from "./frame.ts";
import type { Disturbance } from "./line-watch.ts";
import { type DecodeCard, ReaderDesk } from "./reader-desk.ts";

/** One reader at one access point. */
export interface OsdpWiring {
  readonly where: AccessPointRef;
  /** The serial device of its bus; readers of one bus have the same. */
  readonly device: string;
  readonly baudRate: number;
  readonly address: number;
  readonly check: CheckKind;
  readonly keyFile: string;
  /** The bits of a card to its number; undefined where no format fits. */
  readonly decodeCard: DecodeCard;
  /** Why somebody chose to do without a secure channel here; undefined: it is required. */
  readonly withoutSecureChannel?: string | undefined;
}

export interface OsdpSurroundings extends BusSurroundings {
  /** Everything that came from a reader and was not used; never what was in it. */
  readonly onDisturbance?: ((where: AccessPointRef, what: Disturbance) => void) | undefined;
}

/** OSDP readers over RS-485, the control panel's side; any number of buses with any number of readers. */
export class OsdpCardReader implements CardReader {
  readonly #wirings: readonly OsdpWiring[];
  readonly #around: OsdpSurroundings;
  readonly #desks = new Map<string, { readonly desk: ReaderDesk; readonly bus: OsdpBus }>();
  readonly #buses: OsdpBus[] = [];
  readonly #signals = new Map<string, ReaderSignal>();
  #reports: ReaderReports | undefined;
  #disposed = false;

  constructor(wirings: readonly OsdpWiring[], around: OsdpSurroundings) {
    this.#wirings = wirings;
    this.#around = around;
  }

  async open(listener: ReaderListener): Promise<void> {
    if (this.#disposed) return;
    const reports = new ReaderReports(listener);
    this.#reports = reports;
    for (const device of new Set(this.#wirings.map((wiring) => wiring.device))) {
      const wired = this.#wirings.filter((wiring) => wiring.device === device);
      const desks = wired.map((wiring) => new ReaderDesk(wiring, reports, this.#around));
      const baudRate = wired[0]?.baudRate ?? 9600;
      const bus = new OsdpBus({ device, baudRate }, desks, this.#around);
      this.#buses.push(bus);
      for (const desk of desks) {
        const place = placeOf(desk.where);
        this.#desks.set(place, { desk, bus });
        const signal = this.#signals.get(place);
        if (signal !== undefined) desk.signal(signal);
      }
      bus.open();
    }
  }

  signal(where: AccessPointRef, signal: ReaderSignal): void {
    const place = placeOf(where);
    if (!this.#wirings.some((wiring) => placeOf(wiring.where) === place)) return;
    this.#signals.set(place, signal);
    const at = this.#desks.get(place);
    if (at?.desk.signal(signal) === true) at.bus.stir();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#disposed = true;
    this.#reports?.end();
    await Promise.all(this.#buses.map((bus) => bus[Symbol.asyncDispose]()));
  }
}

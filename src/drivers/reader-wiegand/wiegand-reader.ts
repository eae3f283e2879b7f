import type { AccessPointRef } from "../../domain/names.ts";
import { type Instant, type Milliseconds, since } from "../../domain/time.ts";
import type { CardReader, ReaderListener } from "../../ports/card-reader.ts";
import type { Clock } from "../../ports/clock.ts";
import { ReaderReports } from "../../ports/reader-reports.ts";
import { AttributeSource } from "./attribute-source.ts";
import { decode, type Refusal, type WiegandFormat } from "./formats.ts";
import type { Frame } from "./pulse-frames.ts";
import { PulseSource } from "./pulse-source.ts";
import { RefusedFrames } from "./refused-frames.ts";
import type { OpenSerialLine } from "./serial-line.ts";
import { SerialSource } from "./serial-source.ts";
import type { WiegandInput, WiegandSource } from "./wiegand-source.ts";

/** One reader at one access point. */
export interface WiegandWiring {
  readonly where: AccessPointRef;
  readonly input: WiegandInput;
  /** The first that fits is taken. */
  readonly formats: readonly WiegandFormat[];
  readonly keypad: boolean;
}

export interface WiegandSurroundings {
  readonly clock: Clock;
  readonly openSerialLine: OpenSerialLine;
  /** Every frame that is nobody's card; bits are a card's number and are not told. */
  readonly onRefused?: ((where: AccessPointRef, reason: Refusal) => void) | undefined;
  /** Every whole frame as it came, for the installer who looks for its layout; never for a log. */
  readonly onBits?: ((where: AccessPointRef, bits: string) => void) | undefined;
}

/** A frame alone takes 50 ms and its reader pauses after it: the same again sooner was not presented by anybody. */
const leastRepeat: Milliseconds = 150;

/** Wiegand readers, each on a converter or a kernel module of its own; they have no way to be told anything. */
export class WiegandCardReader implements CardReader {
  readonly #wirings: readonly WiegandWiring[];
  readonly #around: WiegandSurroundings;
  readonly #sources: WiegandSource[] = [];
  readonly #refused: RefusedFrames[] = [];
  #reports: ReaderReports | undefined;

  constructor(wirings: readonly WiegandWiring[], around: WiegandSurroundings) {
    this.#wirings = wirings;
    this.#around = around;
  }

  async open(listener: ReaderListener): Promise<void> {
    const reports = new ReaderReports(listener);
    this.#reports = reports;
    await Promise.all(this.#wirings.map((wiring) => this.#openOne(wiring, reports)));
  }

  /** A Wiegand reader's lights hang on wires of their own, which no converter has: the display beside it says it. */
  signal(): void {}

  async [Symbol.asyncDispose](): Promise<void> {
    this.#reports?.end();
    for (const refused of this.#refused) refused[Symbol.dispose]();
    await Promise.all(this.#sources.map((source) => source[Symbol.asyncDispose]()));
  }

  async #openOne({ where, input, formats, keypad }: WiegandWiring, reports: ReaderReports): Promise<void> {
    const { clock, onRefused, onBits } = this.#around;
    const source = this.#sourceOf(input);
    this.#sources.push(source);
    let lost: string | undefined = "not open yet";
    const tell = (): void => {
      const detail = lost ?? refused.text();
      reports.status({ ...where, state: lost === undefined ? "online" : "lost", detail, at: clock.now() });
    };
    const refused = new RefusedFrames(clock, tell);
    this.#refused.push(refused);
    let last: { readonly bits: string; readonly at: Instant } | undefined;

    const refuse = (reason: Refusal): void => {
      refused.count(reason);
      onRefused?.(where, reason);
    };
    const onFrame = (frame: Frame): void => {
      if ("refused" in frame) return refuse(frame.refused);
      onBits?.(where, frame.bits);
      const at = clock.now();
      const decoded = decode(frame.bits, formats, keypad);
      switch (decoded.kind) {
        case "key":
          reports.keys({ ...where, keys: decoded.key, at });
          return;
        case "refused":
          return refuse(decoded.reason);
        case "card": {
          const again = last?.bits === frame.bits && since(last.at, at) < leastRepeat;
          last = { bits: frame.bits, at };
          if (again) return refuse("repeated");
          reports.card({ ...where, number: decoded.number, format: decoded.format, at });
        }
      }
    };
    await source.open({
      onFrame,
      onOnline: () => {
        lost = undefined;
        tell();
      },
      onLost: (detail) => {
        lost = detail;
        tell();
      },
    });
  }

  #sourceOf(input: WiegandInput): WiegandSource {
    const { clock, openSerialLine } = this.#around;
    switch (input.via) {
      case "serial":
        return new SerialSource(input.device, input.converter, openSerialLine, clock);
      case "attribute":
        return new AttributeSource(input.path, clock);
      case "pulses":
        return new PulseSource(input.listen, clock);
    }
  }
}

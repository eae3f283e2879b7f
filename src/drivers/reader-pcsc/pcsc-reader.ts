import type { AccessPointRef } from "../../domain/names.ts";
import { after, type Milliseconds } from "../../domain/time.ts";
import type { CardReader, ReaderListener } from "../../ports/card-reader.ts";
import type { Clock } from "../../ports/clock.ts";
import { ReaderReports } from "../../ports/reader-reports.ts";
import { type NumberForm, numberOf } from "./card-number.ts";
import type { PcscNews } from "./pcsc-watch.ts";
import type { StartPcscWatch } from "./start-pcsc-watch.ts";

export interface PcscWiring extends NumberForm {
  readonly where: AccessPointRef;
  /** How the reader's name begins; the only one that begins so is it. */
  readonly reader: string;
  readonly format: string;
}

export interface PcscSurroundings {
  readonly clock: Clock;
  readonly startWatch: StartPcscWatch;
  /** A card that could not be read, and why. */
  readonly onRefused?: ((where: AccessPointRef, reason: string) => void) | undefined;
}

const restartTime: Milliseconds = 2_000;
const worthTelling = 3;

const noService = "is pcscd installed and running? apt install pcscd; systemctl start pcscd";

/** Contactless readers on USB by way of pcscd. Their lights are their own. */
export class PcscCardReader implements CardReader {
  readonly #wirings: readonly PcscWiring[];
  readonly #around: PcscSurroundings;
  /** In a row; a card that is read says that all is well again. */
  readonly #refused = new Map<PcscWiring, number>();
  /** Which reader a wiring means, while there is exactly one. */
  readonly #found = new Map<PcscWiring, string | undefined>();
  #reports: ReaderReports | undefined;
  #watch: AsyncDisposable | undefined;
  #restart: Disposable | undefined;
  #ended = false;

  constructor(wirings: readonly PcscWiring[], around: PcscSurroundings) {
    this.#wirings = wirings;
    this.#around = around;
  }

  async open(listener: ReaderListener): Promise<void> {
    this.#reports = new ReaderReports(listener);
    this.#start();
  }

  signal(): void {}

  async [Symbol.asyncDispose](): Promise<void> {
    this.#ended = true;
    this.#reports?.end();
    this.#restart?.[Symbol.dispose]();
    const watch = this.#watch;
    this.#watch = undefined;
    await watch?.[Symbol.asyncDispose]();
  }

  #start(): void {
    this.#watch = this.#around.startWatch(
      (news) => this.#onNews(news),
      (reason) => {
        if (this.#ended) return;
        this.#watch = undefined;
        for (const wiring of this.#wirings)
          this.#tell(wiring, "lost", `${reason}; apt install libpcsclite1 pcscd`);
        const { clock } = this.#around;
        this.#restart = clock.wakeAt(after(clock.now(), restartTime), () => this.#start());
      },
    );
  }

  #onNews(news: PcscNews): void {
    switch (news.type) {
      case "noService":
        for (const wiring of this.#wirings) this.#tell(wiring, "lost", `${news.reason}; ${noService}`);
        return;
      case "readers":
        for (const wiring of this.#wirings) this.#find(wiring, news.names);
        return;
      case "card":
        for (const wiring of this.#wiringsOf(news.reader)) this.#read(wiring, news.uid);
        return;
      case "refused":
        for (const wiring of this.#wiringsOf(news.reader)) this.#refuse(wiring, news.reason);
    }
  }

  #find(wiring: PcscWiring, names: readonly string[]): void {
    const found = names.filter((name) => name.startsWith(wiring.reader));
    this.#refused.delete(wiring);
    if (found.length === 1) this.#tell(wiring, "online", null);
    else if (found.length === 0) {
      const others = names.length === 0 ? "there is none" : `there are ${names.join(", ")}`;
      this.#tell(wiring, "lost", `no reader whose name begins with ${wiring.reader}: ${others}; plug it in`);
    } else {
      const detail = `${found.length} readers begin with ${wiring.reader}: ${found.join(", ")}; write more of its name`;
      this.#tell(wiring, "lost", detail);
    }
    this.#found.set(wiring, found.length === 1 ? found[0] : undefined);
  }

  #wiringsOf(reader: string): readonly PcscWiring[] {
    return this.#wirings.filter((wiring) => this.#found.get(wiring) === reader);
  }

  #read(wiring: PcscWiring, uid: Uint8Array): void {
    const { where, format } = wiring;
    const at = this.#around.clock.now();
    this.#reports?.card({ ...where, number: numberOf(uid, wiring), format, at });
    this.#refused.delete(wiring);
    this.#tell(wiring, "online", null);
  }

  #refuse(wiring: PcscWiring, reason: string): void {
    const times = (this.#refused.get(wiring) ?? 0) + 1;
    this.#refused.set(wiring, times);
    this.#around.onRefused?.(wiring.where, reason);
    if (times >= worthTelling)
      this.#tell(wiring, "online", "cards are there and cannot be read; are they contactless cards?");
  }

  #tell({ where }: PcscWiring, state: "online" | "lost", detail: string | null): void {
    this.#reports?.status({ ...where, state, detail, at: this.#around.clock.now() });
  }
}

import { describe, expect, test } from "vitest";
import type { AccessPointName } from "../../domain/names.ts";
import { type Instant, instant } from "../../domain/time.ts";
import type { CardRead, ReaderStatus } from "../../ports/card-reader.ts";
import type { Clock } from "../../ports/clock.ts";
import { cardReaderContract } from "../../ports/contracts/card-reader.contract.ts";
import { numberOf } from "./card-number.ts";
import { FakePcsc } from "./fake-pcsc.ts";
import { PcscCardReader, type PcscWiring } from "./pcsc-reader.ts";
import { PcscWatch } from "./pcsc-watch.ts";
import type { StartPcscWatch } from "./start-pcsc-watch.ts";

/** A desk with readers, its thread stepped by hand. */
class Desk {
  readonly pcsc = new FakePcsc();
  readonly clock: Clock;
  #now = 1000;
  #step: () => void = () => {};
  /** Ends the thread as a missing library would; what is waited for then is started by `wake`. */
  end: (reason: string) => void = () => {};
  #waking: () => void = () => {};

  constructor() {
    this.clock = {
      now: () => instant(this.#now),
      wall: () => {
        throw new Error("a reader has no business with the time of day");
      },
      wakeAt: (_: Instant, wake) => {
        this.#waking = wake;
        return { [Symbol.dispose]: () => (this.#waking = () => {}) };
      },
    };
  }

  readonly start: StartPcscWatch = (onNews, onEnd) => {
    const watch = new PcscWatch(this.pcsc);
    this.#step = () => {
      for (const news of watch.step(0)) onNews(news);
    };
    this.end = (reason) => {
      this.#step = () => {};
      onEnd(reason);
    };
    return { [Symbol.asyncDispose]: async () => void (this.#step = () => {}) };
  };

  look(): void {
    this.#now += 250;
    this.#step();
  }

  wake(): void {
    this.#waking();
  }

  present(reader: string, answer: Uint8Array): void {
    this.pcsc.put(reader, answer);
    this.look();
    this.pcsc.take(reader);
    this.look();
  }
}

const wiring = (accessPoint: AccessPointName, reader: string): PcscWiring => ({
  where: { vestibule: "v1", accessPoint },
  reader,
  format: "uid",
  number: "hex",
  byteOrder: "as-read",
});
const readerAt = (accessPoint: AccessPointName): string => `ACS ${accessPoint} 00`;

cardReaderContract("PcscCardReader", () => {
  const desk = new Desk();
  const plug = (): void => {
    desk.pcsc.plug(readerAt("outer-entry"));
    desk.pcsc.plug(readerAt("inner-entry"));
  };
  plug();
  return {
    reader: new PcscCardReader([wiring("outer-entry", "ACS outer"), wiring("inner-entry", "ACS inner")], {
      clock: desk.clock,
      startWatch: desk.start,
    }),
    // What is no number of whole bytes cannot be a UID: the card says so, or says far too much.
    present: (accessPoint, number) => {
      const isUid = /^([0-9A-F]{2})+$/.test(number);
      const text = Buffer.from(number, "utf8");
      const answer = isUid || text.length > 32 ? "9000" : "6a81";
      const data = isUid ? Buffer.from(number, "hex") : text;
      desk.present(readerAt(accessPoint), Buffer.concat([data, Buffer.from(answer, "hex")]));
    },
    unplug: () => {
      desk.pcsc.unplug(readerAt("outer-entry"));
      desk.pcsc.unplug(readerAt("inner-entry"));
    },
    plug,
    now: () => desk.clock.now(),
    settle: async () => desk.look(),
  };
});

async function opened(...wirings: PcscWiring[]) {
  const desk = new Desk();
  const cards: CardRead[] = [];
  const statuses: ReaderStatus[] = [];
  const reader = new PcscCardReader(wirings, { clock: desk.clock, startWatch: desk.start });
  await reader.open({
    onCard: (card) => cards.push(card),
    onKeys: () => {},
    onStatus: (status) => statuses.push(status),
  });
  return { desk, cards, statuses };
}

describe("which reader is whose", () => {
  test("a name that begins two of them is nobody's, and both are named", async () => {
    const { desk, cards, statuses } = await opened(wiring("outer-entry", "ACS"));
    desk.pcsc.plug("ACS one");
    desk.pcsc.plug("ACS two");
    desk.look();
    expect(statuses).toMatchObject([{ state: "lost", detail: expect.stringContaining("ACS one, ACS two") }]);
    desk.present("ACS one", Uint8Array.of(1, 2, 0x90, 0));
    expect(cards).toEqual([]);
    desk.pcsc.unplug("ACS two");
    desk.look();
    desk.present("ACS one", Uint8Array.of(1, 2, 0x90, 0));
    expect(cards).toMatchObject([{ number: "0102" }]);
  });

  test("another reader's cards are not this one's", async () => {
    const { desk, cards } = await opened(wiring("outer-entry", "ACS one"));
    desk.pcsc.plug("ACS one");
    desk.pcsc.plug("HID two");
    desk.look();
    desk.present("HID two", Uint8Array.of(1, 2, 0x90, 0));
    expect(cards).toEqual([]);
  });

  test("without its service, or its library, it is lost and says what to install", async () => {
    const { desk, statuses } = await opened(wiring("outer-entry", "ACS"));
    desk.pcsc.service = false;
    desk.look();
    expect(statuses.at(-1)).toMatchObject({ state: "lost", detail: expect.stringContaining("pcscd") });
    desk.end("libpcsclite.so.1: cannot open shared object file");
    expect(statuses.at(-1)).toMatchObject({ state: "lost", detail: expect.stringContaining("libpcsclite1") });
    desk.wake();
    desk.pcsc.service = true;
    desk.pcsc.plug("ACS one");
    desk.look();
    expect(statuses.at(-1)).toMatchObject({ state: "online", detail: null });
  });

  test("cards that cannot be read are told after the third in a row", async () => {
    const { desk, statuses } = await opened(wiring("outer-entry", "ACS"));
    desk.pcsc.plug("ACS one");
    desk.look();
    for (let time = 0; time < 4; time++) desk.present("ACS one", Uint8Array.of(0x6a, 0x81));
    expect(statuses.map(({ detail }) => detail === null)).toEqual([true, false]);
    desk.present("ACS one", Uint8Array.of(1, 2, 0x90, 0));
    expect(statuses.at(-1)).toMatchObject({ state: "online", detail: null });
  });
});

test("a UID is written as other readers of the site show it", () => {
  const uid = Uint8Array.of(0x04, 0xa1, 0xb2, 0xc3);
  expect(numberOf(uid, { number: "hex", byteOrder: "as-read" })).toBe("04A1B2C3");
  expect(numberOf(uid, { number: "hex", byteOrder: "reversed" })).toBe("C3B2A104");
  expect(numberOf(uid, { number: "decimal", byteOrder: "as-read" })).toBe("77705923");
  expect(numberOf(uid, { number: "decimal", byteOrder: "reversed" })).toBe("3283263748");
});

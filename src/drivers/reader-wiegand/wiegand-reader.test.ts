import { describe, expect, test } from "vitest";
import type { AccessPointName } from "../../domain/names.ts";
import { after } from "../../domain/time.ts";
import type { CardRead, KeysPressed, ReaderStatus } from "../../ports/card-reader.ts";
import { cardReaderContract } from "../../ports/contracts/card-reader.contract.ts";
import { VirtualClock } from "../../simulation/virtual-clock.ts";
import { knownFormats, type Refusal, type WiegandFormat } from "./formats.ts";
import { countedLine, frameFor } from "./frames-for-tests.ts";
import type { Pulse } from "./pulse-frames.ts";
import type { OpenSerialLine, SerialLineEvents } from "./serial-line.ts";
import { WiegandCardReader } from "./wiegand-reader.ts";

const wiegand26: WiegandFormat = { ...format("wiegand26"), number: "{card}" };
const keyBits: Readonly<Record<string, string>> = { "*": "1010", "#": "1011" };

function format(name: string): WiegandFormat {
  const known = knownFormats[name];
  if (known === undefined) throw new Error(`there is no ${name}`);
  return known;
}

/** Converters by the name of their device, as a USB bus has them. */
class Bench {
  readonly clock = new VirtualClock();
  readonly #lines = new Map<string, SerialLineEvents>();
  plugged = true;

  readonly open: OpenSerialLine = async (device, events) => {
    if (!this.plugged) throw new Error(`ENOENT, cannot open ${device}`);
    this.#lines.set(device, events);
    return { close: async () => void this.#lines.delete(device) };
  };

  send(device: string, text: string): void {
    this.clock.advance(200);
    this.#lines.get(device)?.onBytes(Buffer.from(text, "utf8"));
  }

  unplug(): void {
    this.plugged = false;
    const lines = [...this.#lines.values()];
    this.#lines.clear();
    for (const line of lines) line.onGone("the device is gone");
  }

  async settle(): Promise<void> {
    for (let turn = 0; turn < 5; turn++) {
      this.clock.advance(400);
      await new Promise(setImmediate);
    }
  }
}

cardReaderContract("WiegandCardReader", () => {
  const bench = new Bench();
  const wiring = (accessPoint: AccessPointName) => ({
    where: { vestibule: "v1", accessPoint },
    input: { via: "serial", device: accessPoint, converter: "wie232-generic" } as const,
    formats: [wiegand26],
    keypad: true,
  });
  return {
    reader: new WiegandCardReader([wiring("outer-entry"), wiring("inner-entry")], {
      clock: bench.clock,
      openSerialLine: bench.open,
    }),
    present: (accessPoint, number) => {
      const card = /^\d{1,4}$/.test(number)
        ? countedLine(frameFor(wiegand26, BigInt(number)))
        : `${number}\r`;
      bench.send(accessPoint, card);
    },
    press: (accessPoint, keys) => {
      for (const key of keys) bench.send(accessPoint, countedLine(keyBits[key] ?? nibble(key)));
    },
    unplug: () => bench.unplug(),
    plug: () => {
      bench.plugged = true;
    },
    now: () => bench.clock.now(),
    settle: () => bench.settle(),
  };
});

/** What is no digit is sent as bits that are no key. */
const nibble = (key: string): string =>
  /^\d$/.test(key) ? Number(key).toString(2).padStart(4, "0") : "1111";

async function opened(formats: readonly WiegandFormat[] = [wiegand26]) {
  const clock = new VirtualClock();
  let pulse: (pulse: Pulse) => void = () => {};
  const refusals: Refusal[] = [];
  const frames: string[] = [];
  const heard = { cards: [] as CardRead[], keys: [] as KeysPressed[], statuses: [] as ReaderStatus[] };
  const where = { vestibule: "v1", accessPoint: "outer-entry" } as const;
  const listen = (onPulse: (pulse: Pulse) => void): Disposable => {
    pulse = onPulse;
    return { [Symbol.dispose]: () => (pulse = () => {}) };
  };
  const reader = new WiegandCardReader([{ where, input: { via: "pulses", listen }, formats, keypad: true }], {
    clock,
    openSerialLine: () => Promise.reject(new Error("there is no serial line here")),
    onRefused: (_, reason) => refusals.push(reason),
    onBits: (_, bits) => frames.push(bits),
  });
  await reader.open({
    onCard: (card) => heard.cards.push(card),
    onKeys: (keys) => heard.keys.push(keys),
    onStatus: (status) => heard.statuses.push(status),
  });
  const send = (bits: string, pause = 500): void => {
    for (const bit of bits) {
      pulse({ wire: bit === "1" ? 1 : 0, at: clock.now() });
      clock.advance(2);
    }
    clock.advance(pause);
  };
  return { clock, reader, refusals, frames, send, pulse: (one: Pulse) => pulse(one), ...heard };
}

describe("T24: at a Wiegand reader", () => {
  const card = frameFor(wiegand26, 4711n);

  test("pulses are a card as soon as the wires are silent", async () => {
    const { cards, clock, send } = await opened();
    const before = clock.now();
    send(card);
    expect(cards).toMatchObject([{ number: "4711", format: "wiegand26" }]);
    expect(cards[0]?.at).toBeLessThanOrEqual(after(before, 26 * 2 + 25));
  });

  test("a frame that is played back at once is refused; the same card again is the domain's business", async () => {
    const { cards, refusals, send } = await opened();
    send(card, 30);
    send(card, 30);
    send(card, 500);
    expect(cards).toHaveLength(1);
    expect(refusals).toEqual(["repeated", "repeated"]);
    send(card);
    expect(cards).toHaveLength(2);
  });

  test("an installer sees the bits of a card that no layout fits", async () => {
    const { frames, cards, send } = await opened([]);
    send(card);
    expect(cards).toEqual([]);
    expect(frames).toEqual([card]);
  });

  test("the same key twice is two keys, however quick", async () => {
    const { keys, send } = await opened();
    send("0111", 30);
    send("0111", 30);
    expect(keys.map((one) => one.keys)).toEqual(["7", "7"]);
  });

  test("every frame that is nobody's card is counted by its kind", async () => {
    const { cards, refusals, send, pulse, clock } = await opened();
    send(card.slice(0, 20));
    send("1".repeat(200));
    pulse({ wire: 0, at: clock.now() });
    pulse({ wire: 1, at: clock.now() });
    clock.advance(500);
    send(card.slice(0, 25) + (card[25] === "1" ? "0" : "1"));
    expect(cards).toEqual([]);
    expect(refusals).toEqual(["length", "overflow", "noise", "parity"]);
  });

  test("one bad frame is nobody's worry, three a minute are told once, and that it is quiet again too", async () => {
    const { statuses, send, clock } = await opened();
    const wrong = card.slice(0, 25) + (card[25] === "1" ? "0" : "1");
    send(wrong);
    expect(statuses).toHaveLength(1);
    for (let time = 0; time < 20; time++) send(wrong);
    expect(statuses).toHaveLength(2);
    expect(statuses[1]).toMatchObject({ state: "online" });
    expect(statuses[1]?.detail).toContain("wrong parity");
    clock.advance(180_000);
    expect(statuses).toHaveLength(3);
    expect(statuses[2]?.detail).toBeNull();
  });
});

test("T24: what was begun before a converter was pulled out is not ended by another one", async () => {
  const bench = new Bench();
  const cards: CardRead[] = [];
  const where = { vestibule: "v1", accessPoint: "outer-entry" } as const;
  await using reader = new WiegandCardReader(
    [
      {
        where,
        input: { via: "serial", device: "one", converter: "wie232-generic" },
        formats: [wiegand26],
        keypad: true,
      },
    ],
    { clock: bench.clock, openSerialLine: bench.open },
  );
  await reader.open({ onCard: (card) => cards.push(card), onKeys: () => {}, onStatus: () => {} });
  const line = countedLine(frameFor(wiegand26, 4711n));
  bench.send("one", line.slice(0, 5));
  bench.unplug();
  bench.plugged = true;
  await bench.settle();
  bench.send("one", line.slice(5));
  expect(cards).toEqual([]);
  bench.send("one", line);
  expect(cards).toMatchObject([{ number: "4711" }]);
});

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, describe, expect, onTestFinished, test } from "vitest";
import { wallTime } from "../../src/domain/time.ts";
import { SystemClock } from "../../src/drivers/clock/system-clock.ts";
import { beginInstallation } from "../../src/drivers/reader-osdp/installation.ts";
import { OsdpCardReader } from "../../src/drivers/reader-osdp/osdp-card-reader.ts";
import { openSerialLine } from "../../src/drivers/reader-osdp/serial-line.ts";
import type { CardRead, KeysPressed, ReaderStatus } from "../../src/ports/card-reader.ts";
import {
  type MakeAcceptanceReader,
  programmedReader,
  simulatedReader,
} from "../support/osdp-acceptance-readers.ts";
import { SerialTerminal } from "../support/serial-terminal.ts";
import { until } from "../support/until.ts";

const clock = new SystemClock();
const directory = mkdtempSync(join(tmpdir(), "vestibule-osdp-acceptance-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const places = ["outer-entry", "inner-entry"] as const;
const keys = ["00112233445566778899aabbccddeeff", "0f1e2d3c4b5a69788796a5b4c3d2e1f0"] as const;

/** A program with somebody else's reader in it; docs/readers-osdp.md has what it is told and says. */
const program = process.env["VESTIBULE_OSDP_PERIPHERAL"];

const subjects: readonly (readonly [string, MakeAcceptanceReader])[] = [
  ["the simulated reader", simulatedReader("standard")],
  ["the simulated reader that does what libosdp 3 does", simulatedReader("otherwise")],
  ...(program === undefined ? [] : [[program, programmedReader(program)] as const]),
];

interface RigOptions {
  readonly readers?: number;
  readonly readerKeys?: readonly (string | undefined)[];
  readonly siteKeys?: readonly (string | undefined)[];
}

/** The driver and readers on one bus where everybody hears everybody; what is said may be changed on its way. */
async function rig(make: MakeAcceptanceReader, options: RigOptions = {}) {
  const { readers: many = 1, readerKeys = keys, siteKeys = keys } = options;
  const wire = {
    toReaders: (bytes: Buffer): readonly Buffer[] => [bytes],
    toController: (bytes: Buffer): readonly Buffer[] => [bytes],
  };
  const readers = places.slice(0, many).map((_, address) => make(address, readerKeys[address]));
  const line = new SerialTerminal("./serial-bus.py", (said) => {
    for (const piece of wire.toReaders(Buffer.from(said, "hex")))
      for (const reader of readers) reader.hear(piece);
  });
  await line.plug();
  const start = (index: number): Promise<void> | undefined =>
    readers[index]?.start((bytes) => {
      for (const piece of wire.toController(bytes)) {
        line.send(piece);
        for (const [other, reader] of readers.entries()) if (other !== index) reader.hear(piece);
      }
    });
  for (const index of readers.keys()) await start(index);
  const folder = mkdtempSync(join(directory, "keys-"));
  const keyFiles = places.map((place) => join(folder, `${place}.key`));
  for (const [index, file] of keyFiles.entries()) {
    const key = siteKeys[index];
    if (key !== undefined) writeFileSync(file, key, { mode: 0o600 });
  }
  const driver = new OsdpCardReader(
    places.slice(0, many).map((accessPoint, address) => ({
      where: { vestibule: "v1", accessPoint },
      device: line.device,
      baudRate: 115_200,
      address,
      check: "crc",
      keyFile: keyFiles[address] ?? "",
      decodeCard: () => undefined,
    })),
    { clock, openLine: openSerialLine },
  );
  const cards: CardRead[] = [];
  const pressed: KeysPressed[] = [];
  const statuses: ReaderStatus[] = [];
  await driver.open({
    onCard: (read) => cards.push(read),
    onKeys: (said) => pressed.push(said),
    onStatus: (status) => statuses.push(status),
  });
  onTestFinished(async () => {
    await driver[Symbol.asyncDispose]();
    for (const reader of readers) await reader[Symbol.asyncDispose]();
    await line[Symbol.asyncDispose]();
  });
  const last = (place: (typeof places)[number] = places[0]) =>
    statuses.findLast(({ accessPoint }) => accessPoint === place);
  const online = (place: (typeof places)[number] = places[0]) =>
    until(() => last(place)?.state === "online", `${place} to be online`);
  /** Presented as people do: again where nothing came of it. A machine that is held up may lose a reader for a moment. */
  const read = async (index: number, bits: string): Promise<void> => {
    let again = 0;
    await until(() => {
      if (last(places[index])?.state === "online" && performance.now() >= again) {
        readers[index]?.present(bits);
        again = performance.now() + 3_000;
      }
      return cards.some(
        ({ accessPoint, number, format }) =>
          accessPoint === places[index] && format === `raw${bits.length}` && number === hexOf(bits),
      );
    }, `a card of ${bits.length} bits at ${places[index]}`);
  };
  return {
    read,
    wire,
    readers,
    start,
    driver,
    cards,
    pressed,
    statuses,
    last,
    online,
    keyFile: keyFiles[0] ?? "",
  };
}

const hexOf = (bits: string): string =>
  BigInt(`0b${bits}`)
    .toString(16)
    .toUpperCase()
    .padStart(Math.ceil(bits.length / 4), "0");

describe.each(subjects)("OSDP acceptance: %s", (_, make) => {
  test("a channel under the site's key; every bit of every card, keys, light, sound, text, tamper, power", async () => {
    const { read, readers, driver, cards, pressed, last, online } = await rig(make);
    const [reader] = readers;
    await online();
    const presented = [
      "01001111100001011101110000",
      "1".repeat(34),
      `${"10".repeat(18)}1`,
      "1",
      "01".repeat(100),
      `1${"0".repeat(255)}`,
    ];
    for (const bits of presented) await read(0, bits);
    expect([...new Set(cards.map(({ number, format }) => `${format} ${number}`))]).toEqual(
      presented.map((bits) => `raw${bits.length} ${hexOf(bits)}`),
    );
    reader?.press("12*#");
    await until(() => pressed.length > 0, "the keys");
    expect(pressed[0]?.keys).toBe("12*#");
    for (const [signal, text] of [
      ["granted", "text 1 1 WELCOME"],
      ["denied", "text 1 1 NOT NOW"],
    ] as const) {
      driver.signal({ vestibule: "v1", accessPoint: "outer-entry" }, signal);
      await until(() => reader?.told.includes(text) === true, `it to say ${text}`);
    }
    expect(reader?.told).toEqual(
      expect.arrayContaining([
        ...["led 10 0 2 0", "buzzer 2 0 1", "text 1 1 WELCOME"],
        ...["led 2 2 1 0", "buzzer 1 1 3", "text 1 1 NOT NOW"],
      ]),
    );
    reader?.tamper(true);
    await until(() => last()?.tampered === true, "it to be tampered with");
    reader?.powerFault(true);
    await until(() => last()?.powerFault === true, "its power fault");
    reader?.tamper(false);
    reader?.powerFault(false);
    await until(() => last()?.tampered === false && last()?.powerFault === false, "it to be well");
    expect(last()).toMatchObject({ state: "online", detail: null });
  });

  test("a new reader is refused, gets its key in the installation mode, and keeps it without its supply", async () => {
    const { read, readers, start, last, online, keyFile } = await rig(make, {
      readerKeys: [undefined],
      siteKeys: [undefined],
    });
    const [reader] = readers;
    await until(() => /no key for it yet/.test(last()?.detail ?? ""), "it to be refused");
    expect(reader?.told).toEqual([]);
    beginInstallation(keyFile, wallTime(clock.wall() + 60_000));
    await online();
    const [digits = ""] = readFileSync(keyFile, "latin1").split("\n");
    expect(reader?.told[0]).toBe(`keyset ${digits}`);
    await reader?.stop();
    await until(() => last()?.state === "lost", "it to be lost");
    await start(0);
    await online();
    await read(0, "1010");
  });

  test("whose key is another than the site's is told so, and not read", async () => {
    const { readers, cards, last } = await rig(make, { readerKeys: [keys[1]] });
    readers[0]?.present("1010");
    await until(() => last()?.state === "lost", "it to be refused");
    expect(last()?.detail).toMatch(/another key than this site/);
    expect(cards).toEqual([]);
  });

  test("T26: whatever is lost, cut or damaged on the line, no card is read twice or wrong, and the next one is read", async () => {
    const { wire, readers, cards, last, online } = await rig(make);
    await online();
    let pieces = 0;
    const spoilt = (bytes: Buffer): readonly Buffer[] => {
      switch (++pieces % 44) {
        case 11:
          return [];
        case 22:
          return [bytes.subarray(0, bytes.length >> 1)];
        case 33:
          return [Buffer.from(bytes.map((byte, place) => (place === 7 ? byte ^ 0x10 : byte)))];
        default:
          return [bytes];
      }
    };
    wire.toReaders = spoilt;
    wire.toController = spoilt;
    for (let number = 0x80; number < 0x90; number++) {
      readers[0]?.present(number.toString(2));
      await sleep(80);
    }
    wire.toReaders = (bytes) => [bytes];
    wire.toController = (bytes) => [bytes];
    await until(() => {
      if (last()?.state === "online" && cards.every(({ number }) => number !== "FF"))
        readers[0]?.present("11111111");
      return cards.some(({ number }) => number === "FF");
    }, "the next card");
    const read = cards.map(({ number }) => Number.parseInt(number, 16)).filter((number) => number < 0x90);
    expect(read).toEqual([...new Set(read)].toSorted((one, other) => one - other));
    expect(read.every((number) => number >= 0x80)).toBe(true);
    expect(read).not.toEqual([]);
  });

  test("two on a bus that hear each other are read, one that was without supply shows what it is told again", async () => {
    const { read, readers, start, driver, last, online } = await rig(make, { readers: 2 });
    driver.signal({ vestibule: "v1", accessPoint: "outer-entry" }, "ready");
    for (const place of places) await online(place);
    for (let round = 0; round < 10; round++) await read(round % 2, (0x80 + round).toString(2));
    const shown = () => readers[0]?.told.filter((line) => line === "text 1 1 PRESENT CARD").length ?? 0;
    const before = shown();
    expect(before).toBeGreaterThan(0);
    await readers[0]?.stop();
    await until(() => last()?.state === "lost", "it to be lost");
    await read(1, "11110000");
    await start(0);
    await until(() => last()?.state === "online" && shown() > before, "it to show again what it is told");
  });
});

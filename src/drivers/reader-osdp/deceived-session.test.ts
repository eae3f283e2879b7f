import fc from "fast-check";
import { describe, expect, onTestFinished, test } from "vitest";
import { readerForTests, whereForTests } from "../../../test/support/osdp-reader.ts";
import { after } from "../../domain/time.ts";
import { SimulatedOsdpLine } from "../../simulation/osdp-line.ts";
import { OsdpPeripheral } from "../../simulation/osdp-peripheral.ts";
import { osdpReply } from "../../simulation/osdp-peripheral-frames.ts";
import { VirtualClock } from "../../simulation/virtual-clock.ts";
import { OsdpCardReader, type OsdpWiring } from "./osdp-card-reader.ts";

const key = Buffer.alloc(16, 0x33);
const rawCard = Buffer.from([0, 0, 8, 0, 0x5a]);
const sequenceOf = (reply: Buffer): number => reply.readUInt8(4) & 3;
const crcBit = 4;

async function opened(readerKey: Buffer | undefined, wiring: Partial<OsdpWiring> = {}) {
  const rig = readerForTests({ siteKey: key, peripheral: { key: readerKey }, wiring });
  await rig.open();
  await rig.pass(2_000);
  return rig;
}

/** Commands of one type of security block; the first byte is the mark. */
const ofType = (line: SimulatedOsdpLine, type: number): readonly Buffer[] =>
  line.written.filter((bytes) => (bytes.readUInt8(5) & 8) !== 0 && bytes[7] === type);

describe("T26: making a channel", () => {
  test("whoever cannot prove the key is told nothing that the key has made", async () => {
    const { line, status, pass } = await opened(Buffer.alloc(16, 0x44));
    await pass(20_000);
    expect(status()?.detail).toMatch(/it has another key than this site/);
    expect(ofType(line, 0x11).length).toBeGreaterThan(2);
    expect(ofType(line, 0x13)).toEqual([]);
  });

  test("no challenge is asked twice", async () => {
    const { line, pass } = await opened(Buffer.alloc(16, 0x44));
    await pass(60_000);
    const asked = ofType(line, 0x11).map((bytes) => bytes.subarray(10, 18).toString("hex"));
    expect(asked.length).toBeGreaterThan(5);
    expect(new Set(asked).size).toBe(asked.length);
  });

  test("a first MAC that is not the one the key makes ends it, and so does a reader that did not believe", async () => {
    for (const spoil of [
      (reply: Buffer) =>
        osdpReply(1, sequenceOf(reply), crcBit, Buffer.of(3, 0x14, 1), 0x78, Buffer.alloc(16, 7)),
      (reply: Buffer) =>
        osdpReply(1, sequenceOf(reply), crcBit, Buffer.of(3, 0x14, 0xff), 0x78, reply.subarray(9, 25)),
    ]) {
      const { line, peripheral, status, pass } = await opened(key);
      peripheral.restart();
      line.onTheWay = (reply) => (reply[6] === 0x14 ? [spoil(reply)] : [reply]);
      await pass(3_000);
      expect(status()).toMatchObject({ state: "lost" });
      expect(status()?.detail).toMatch(/another key/);
    }
  });

  test("an ACK in the open ends no channel: only a reader that just got its key may say one", async () => {
    const { line, peripheral, disturbances, heard, pass } = await opened(key);
    const handshakes = ofType(line, 0x11).length;
    line.onTheWay = (reply) => [
      osdpReply(1, sequenceOf(reply), crcBit, undefined, 0x40, Buffer.alloc(0)),
      reply,
    ];
    peripheral.presentBits("1".repeat(40));
    await pass(1_000);
    expect(heard.cards).toHaveLength(1);
    expect(disturbances).toContain("plaintext");
    expect(ofType(line, 0x11)).toHaveLength(handshakes);
  });

  test("a channel that somebody breaks again and again is a lost reader, not an endless beginning", async () => {
    const { line, status, pass } = await opened(key);
    line.onTheWay = (reply) =>
      (reply.readUInt8(4) & 8) !== 0 && (reply[6] ?? 0) > 0x14
        ? [osdpReply(1, sequenceOf(reply), crcBit, undefined, 0x41, Buffer.of(6))]
        : [reply];
    await pass(5_000);
    expect(status()).toMatchObject({ state: "lost" });
    expect(status()?.detail).toMatch(/breaks again and again/);
    const before = line.written.length;
    await pass(30_000);
    expect(line.written.length - before).toBeLessThan(400);
  });
});

describe("what is no attack", () => {
  const card = "1".repeat(40);

  test("a slow reader that answers twice is not two readers", async () => {
    const { line, peripheral, disturbances, heard, status, pass } = await opened(key);
    line.onTheWay = (reply) => [reply, reply];
    peripheral.presentBits(card);
    await pass(2_000);
    expect(heard.cards).toHaveLength(1);
    expect(new Set(disturbances)).toEqual(new Set(["repeated"]));
    expect(status()).toMatchObject({ state: "online", detail: null });
  });

  test.each([1, 4, 5, 6])(
    "a refusal in the channel with reason %i makes a new one, and loses nobody",
    async (reason) => {
      const { line, peripheral, heard, pass } = await opened(key);
      const handshakes = ofType(line, 0x11).length;
      heard.statuses.length = 0;
      peripheral.say(0x41, Buffer.of(reason));
      await pass(1_000);
      expect(ofType(line, 0x11)).toHaveLength(handshakes + 1);
      peripheral.presentBits(card);
      await pass(500);
      expect(heard.cards).toHaveLength(1);
      expect(heard.statuses).toEqual([]);
    },
  );

  test("a controller that was held up hears what has come in before it asks again", async () => {
    const { clock, line, pass } = await opened(key);
    const wakeAt = clock.wakeAt.bind(clock);
    line.answerTime = 270;
    // As when something else had the processor: the end of the wait is noticed 70 ms late, the answer just after it.
    clock.wakeAt = (at, wake) =>
      wakeAt(at - clock.now() > 190 && at - clock.now() < 230 ? after(at, 55) : at, wake);
    line.written.length = 0;
    await pass(3_000);
    const said = line.written.map((bytes) => bytes.toString("hex"));
    expect(said.length).toBeGreaterThan(5);
    expect(new Set(said).size).toBe(said.length);
  });
});

describe("T26: a reader with the key that is not what it was", () => {
  test("may say anything, and throws nothing, reads nothing that cannot be a card, and is not kept in memory", async () => {
    const { peripheral, heard, pass, status } = await opened(key);
    const said = fc.record({ code: fc.nat(255), data: fc.uint8Array({ maxLength: 300 }) });
    await fc.assert(
      fc.asyncProperty(fc.array(said, { maxLength: 8 }), async (all) => {
        for (const { code, data } of all) peripheral.say(code, Buffer.from(data));
        await pass(300);
      }),
      { numRuns: 60 },
    );
    for (const { number, format } of heard.cards) {
      expect(number).toMatch(/^[!-~]{1,128}$/);
      expect(format).toMatch(/^(raw\d{1,3}|characters)$/);
    }
    for (const { keys } of heard.keys) expect(keys).toMatch(/^[0-9#*]{1,16}$/);
    await pass(20_000);
    expect(status()?.state).toBe("online");
  });
});

describe("T26: where there is no channel", () => {
  const inTheOpen = { withoutSecureChannel: "old reader, decided by A. Lin" };

  test("a reply of another turn, or from another address, brings no card", async () => {
    const { line, heard, disturbances, pass } = await opened(undefined, inTheOpen);
    line.onTheWay = (reply) => [
      osdpReply(1, (sequenceOf(reply) + 1) & 3, crcBit, undefined, 0x50, rawCard),
      osdpReply(9, sequenceOf(reply), crcBit, undefined, 0x50, rawCard),
      reply,
    ];
    await pass(500);
    expect(heard.cards).toEqual([]);
    expect(new Set(disturbances)).toEqual(new Set(["sequence", "otherAddress"]));
    // What the attacker has to know is little: this is why a channel is required.
    line.onTheWay = (reply) => [osdpReply(1, sequenceOf(reply), crcBit, undefined, 0x50, rawCard)];
    await pass(200);
    expect(heard.cards.length).toBeGreaterThan(0);
  });

  test("a card is what a poll brings, and no answer to another question", async () => {
    const { line, peripheral, heard, disturbances, pass } = await opened(undefined, inTheOpen);
    line.onTheWay = (reply) =>
      peripheral.heard.at(-1)?.code === 0x60
        ? [reply]
        : [osdpReply(1, sequenceOf(reply), crcBit, undefined, 0x50, rawCard)];
    await pass(31_000);
    expect(disturbances).toContain("unasked");
    expect(heard.cards).toEqual([]);
  });

  test("the 8-bit check is good for the reader it was chosen for, and for no other on its bus", async () => {
    const clock = new VirtualClock();
    const line = new SimulatedOsdpLine(
      clock,
      [1, 2].map((address) => new OsdpPeripheral({ address, serial: address })),
    );
    const cards: string[] = [];
    const reader = new OsdpCardReader(
      ([1, 2] as const).map((address) => ({
        ...inTheOpen,
        where: { ...whereForTests, accessPoint: address === 1 ? "outer-entry" : "inner-entry" },
        device: "/dev/ttyRS485",
        baudRate: 38_400,
        address,
        check: address === 1 ? "crc" : "checksum",
        keyFile: "/nonexistent/reader.key",
        decodeCard: () => undefined,
      })),
      { clock, openLine: line.open },
    );
    onTestFinished(() => reader[Symbol.asyncDispose]());
    await reader.open({
      onCard: ({ accessPoint }) => cards.push(accessPoint),
      onKeys: () => {},
      onStatus: () => {},
    });
    const pass = async (): Promise<void> => {
      for (let step = 0; step < 30; step++) {
        clock.advance(100);
        await Promise.resolve();
      }
    };
    await pass();
    line.onTheWay = (reply) => {
      const address = reply.readUInt8(1) & 0x7f;
      return [osdpReply(address, sequenceOf(reply), 0, undefined, 0x50, rawCard), reply];
    };
    await pass();
    expect(cards.length).toBeGreaterThan(0);
    expect(cards).not.toContain("outer-entry");
  });
});

import { writeFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readerForTests } from "../../../test/support/osdp-reader.ts";
import { OsdpPeripheral } from "../../simulation/osdp-peripheral.ts";
import { osdpReply } from "../../simulation/osdp-peripheral-frames.ts";

const key = Buffer.from("000102030405060708090a0b0c0d0e0f", "hex");
const card = "1".repeat(40);

/** A reader with the site's key at address 1, opened and online unless something is said. */
async function opened({ siteKey = key as Buffer | null, readerKey = key as Buffer | null } = {}) {
  const wiring = { baudRate: 115_200 };
  const rig = readerForTests({ siteKey, wiring, peripheral: { key: readerKey ?? undefined } });
  await rig.open();
  await rig.pass(3_000);
  return rig;
}

const ack = Buffer.alloc(0);
const rawCard = Buffer.from([0, 0, 40, 0, 0xff, 0xff, 0xff, 0xff, 0xff]);
/** Sequence of a reply, which an attacker on the cable sees. */
const sequenceOf = (reply: Buffer): number => reply.readUInt8(4) & 3;

describe("T26: downgrade", () => {
  test("a card outside the channel is refused, counted and told as tampering; the reader's own word still counts", async () => {
    const { line, peripheral, heard, disturbances, pass, status } = await opened();
    expect(status()).toMatchObject({ state: "online", tampered: false, detail: null });
    let forged = 0;
    line.onTheWay = (reply) =>
      forged++ < 3 ? [osdpReply(1, sequenceOf(reply), 4, undefined, 0x50, rawCard), reply] : [reply];
    await pass(1_000);
    expect(heard.cards).toEqual([]);
    expect(disturbances.filter((what) => what === "plaintext")).toHaveLength(3);
    expect(status()).toMatchObject({ state: "online", tampered: true });
    expect(status()?.detail).toMatch(/outside its secure channel/);
    peripheral.presentBits(card);
    await pass(500);
    expect(heard.cards).toHaveLength(1);
    await pass(61_000);
    expect(status()).toMatchObject({ state: "online", tampered: false, detail: null });
  });

  test("a reader that says nothing but plain words any more is lost", async () => {
    const { line, heard, pass, status } = await opened();
    line.onTheWay = (reply) => [osdpReply(1, sequenceOf(reply), 4, undefined, 0x50, rawCard)];
    await pass(5_000);
    expect(heard.cards).toEqual([]);
    expect(status()?.state).toBe("lost");
  });

  test("a reader that refuses the channel is not read, however much it says it can do without", async () => {
    const { line, heard, peripheral, pass, status } = await opened();
    // An attacker answers for the reader: no secure channel here, and a card at every poll.
    peripheral.mute = true;
    peripheral.restart();
    const impostor = new OsdpPeripheral({ address: 1, serial: 1001, capabilities: [[9, 0, 0]] });
    line.peripherals.push(impostor);
    line.onTheWay = (reply) =>
      reply[5] === 3 || reply.includes(0x76)
        ? [osdpReply(1, sequenceOf(reply), 4, undefined, 0x41, Buffer.of(5))]
        : [reply];
    impostor.presentBits(card);
    await pass(30_000);
    expect(heard.cards).toEqual([]);
    expect(status()).toMatchObject({ state: "lost" });
    expect(status()?.detail).toMatch(/refuses a secure channel/);
    expect(impostor.heard.map(({ code }) => code)).not.toContain(0x60);
  });

  test("an answer under the default key to a challenge under the site's is refused", async () => {
    const { line, peripheral, pass, status } = await opened();
    peripheral.restart();
    line.onTheWay = (reply) => {
      if (reply[6] !== 0x12) return [reply];
      const data = reply.subarray(9, -2);
      return [osdpReply(1, sequenceOf(reply), 4, Buffer.of(3, 0x12, 0), 0x76, data)];
    };
    await pass(3_000);
    expect(status()).toMatchObject({ state: "lost" });
    expect(status()?.detail).toMatch(/another kind of key/);
  });
});

describe("T26: default key", () => {
  test("a reader that knows only the default key is not read outside the installation mode", async () => {
    for (const siteKey of [null, key]) {
      const { line, peripheral, heard, pass, status } = await opened({ siteKey, readerKey: null });
      peripheral.presentBits(card);
      await pass(60_000);
      expect(heard.cards).toEqual([]);
      expect(status()?.state).toBe("lost");
      // No challenge under the default key ever left the controller.
      expect(line.written.filter((bytes) => bytes[7] === 0x11 && bytes[8] === 0)).toEqual([]);
    }
  });

  test("a key file with the default key, or one that others may read, is no key", async () => {
    const asDefault = await opened({ siteKey: Buffer.from("0123456789:;<=>?"), readerKey: null });
    expect(asDefault.status()?.detail).toMatch(/holds the key every new reader has/);
    const wide = await opened({ siteKey: null, readerKey: key });
    writeFileSync(wide.keyFile, key.toString("hex"), { mode: 0o644 });
    await wide.pass(10_000);
    expect(wide.status()?.detail).toMatch(/mode 0644.*chmod 600/);
    expect(wide.status()?.state).toBe("lost");
  });
});

describe("T26: replay, damage, cuts", () => {
  test("a card's reply played back opens nothing", async () => {
    const { line, peripheral, heard, disturbances, pass, status } = await opened();
    let recorded: Buffer | undefined;
    line.onTheWay = (reply) => {
      if (reply[6] === 0x18) recorded = reply;
      return [reply];
    };
    peripheral.presentBits(card);
    await pass(500);
    expect(heard.cards).toHaveLength(1);
    let played = 0;
    line.onTheWay = (reply) => {
      if (recorded === undefined || played++ >= 12) return [reply];
      return sequenceOf(reply) === sequenceOf(recorded) ? [recorded, reply] : [reply];
    };
    await pass(2_000);
    expect(heard.cards).toHaveLength(1);
    expect(disturbances.filter((what) => what === "mac").length).toBeGreaterThan(0);
    expect(status()?.state).toBe("online");
    // Played between two polls it is nobody's answer.
    line.inject(recorded ?? ack);
    await pass(500);
    expect(heard.cards).toHaveLength(1);
    expect(disturbances).toContain("unasked");
  });

  test("a session played back from its beginning proves nothing: the controller's random bytes are new", async () => {
    const { line, peripheral, heard, pass, status } = await opened();
    peripheral.restart();
    const recorded: Buffer[] = [];
    line.onTheWay = (reply) => {
      recorded.push(reply);
      return [reply];
    };
    peripheral.presentBits(card);
    await pass(2_000);
    const before = heard.cards.length;
    peripheral.restart();
    line.onTheWay = () => [recorded.shift() ?? ack];
    await pass(20_000);
    expect(heard.cards).toHaveLength(before);
    expect(status()?.state).toBe("lost");
  });

  test("damaged and cut replies are asked for again; nothing is lost and nothing read twice", async () => {
    for (const spoil of [
      (reply: Buffer) => Buffer.from(reply.map((byte, at) => (at === 9 ? byte ^ 4 : byte))),
      (reply: Buffer) => reply.subarray(0, 11),
    ]) {
      const { line, peripheral, heard, disturbances, pass, status } = await opened();
      let replies = 0;
      line.onTheWay = (reply) => (++replies % 4 === 0 ? [spoil(reply)] : [reply]);
      for (let at = 0; at < 5; at++) peripheral.presentBits(card);
      await pass(4_000);
      expect(heard.cards).toHaveLength(5);
      expect(status()?.state).toBe("online");
      expect(disturbances.some((what) => what === "damaged" || what === "cut")).toBe(true);
    }
  });

  test("a reader whose every word is damaged is lost, and comes back when the line is good", async () => {
    const { line, pass, status } = await opened();
    line.onTheWay = (reply) => [reply.subarray(0, 6)];
    await pass(3_000);
    expect(status()?.state).toBe("lost");
    line.onTheWay = (reply) => [reply];
    await pass(10_000);
    expect(status()?.state).toBe("online");
  });

  test("a reader that was switched off and on gets a new channel, and nobody is told that it was lost", async () => {
    const { peripheral, heard, pass } = await opened();
    heard.statuses.length = 0;
    peripheral.restart();
    await pass(1_000);
    peripheral.presentBits(card);
    await pass(500);
    expect(heard.cards).toHaveLength(1);
    expect(heard.statuses).toEqual([]);
  });

  test("any bytes at any time throw nothing, read nothing and keep nothing", async () => {
    const { line, heard, pass, peripheral, status } = await opened();
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 1_500 }), { maxLength: 4 }), async (pieces) => {
        line.onTheWay = (reply) => [...pieces.map((piece) => Buffer.from(piece)), reply];
        await pass(100);
      }),
      { numRuns: 60 },
    );
    expect(heard.cards).toEqual([]);
    expect(heard.keys).toEqual([]);
    line.onTheWay = (reply) => [reply];
    await pass(20_000);
    peripheral.presentBits(card);
    await pass(500);
    expect(heard.cards).toHaveLength(1);
    expect(status()?.state).toBe("online");
  });
});

describe("T26: two readers with one address", () => {
  test("both answering is told, and the site's own is still the only one that is read", async () => {
    const { line, heard, pass, status, peripheral } = await opened();
    const second = new OsdpPeripheral({ address: 1, serial: 6666, key: Buffer.alloc(16, 9) });
    line.peripherals.push(second);
    second.presentBits(card);
    await pass(3_000);
    expect(status()?.detail).toMatch(/two readers seem to have address 1/);
    expect(heard.cards).toEqual([]);
    line.peripherals.pop();
    await pass(90_000);
    expect(status()).toMatchObject({ state: "online", detail: null });
    peripheral.presentBits(card);
    await pass(500);
    expect(heard.cards).toHaveLength(1);
  });

  test("another reader in its place, with a copy of the key, is told by its serial number", async () => {
    const { line, pass, status } = await opened();
    line.peripherals.splice(0, 1, new OsdpPeripheral({ address: 1, serial: 6666, key }));
    await pass(10_000);
    expect(status()?.state).toBe("online");
    expect(status()?.detail).toMatch(/another reader stands there: .*serial number 6666 instead of .*1001/);
  });
});

import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { readerForTests } from "../../../test/support/osdp-reader.ts";
import { wallTime } from "../../domain/time.ts";
import { osdpReply } from "../../simulation/osdp-peripheral-frames.ts";
import { beginInstallation } from "./installation.ts";

const key = Buffer.alloc(16, 0x5a);
const otherKey = Buffer.alloc(16, 0xa5);
const codes = { challenge: 0x76, initialMac: 0x78 };

/** A reader that does what the standard leaves open, or forbids, as readers built on libosdp 3 do. */
function rig({ siteKey = key as Buffer | null, readerKey = key as Buffer | null } = {}) {
  const made = readerForTests({
    siteKey,
    wiring: { baudRate: 115_200 },
    peripheral: { key: readerKey ?? undefined, manner: "otherwise" },
  });
  const install = () => beginInstallation(made.keyFile, wallTime(made.clock.wall() + 600_000));
  return { ...made, install };
}

/** The code of a reply outside a channel, or in the making of one. */
const codeOf = (reply: Buffer): number | undefined =>
  reply[5 + ((reply.readUInt8(4) & 8) === 0 ? 0 : reply.readUInt8(5))];

describe("T26: a reader that carries a command out again when it is said again", () => {
  test.each([
    ["its answer to the challenge", codes.challenge],
    ["its first MAC", codes.initialMac],
  ])(
    "and whose word was lost (%s) still has the right key: the channel is made anew at once",
    async (_, code) => {
      const { line, heard, open, pass, status } = rig();
      let lost = 0;
      line.onTheWay = (reply) => (codeOf(reply) === code && lost++ === 0 ? [] : [reply]);
      await open();
      await pass(900);
      expect(lost).toBeGreaterThan(0);
      expect(status()).toMatchObject({ state: "online", detail: null });
      expect(heard.statuses).toHaveLength(1);
    },
  );

  test("and answers both challenges late: the first random number no longer holds, and nobody calls it a wrong key", async () => {
    const { line, heard, open, pass, status } = rig();
    let challenges = 0;
    line.onTheWay = (reply) => {
      line.answerTime = codeOf(reply) === codes.challenge && challenges++ === 0 ? 205 : 5;
      return [reply];
    };
    await open();
    await pass(3_000);
    expect(challenges).toBeGreaterThan(1);
    expect(status()).toMatchObject({ state: "online", detail: null });
    expect(heard.statuses.map(({ state }) => state)).not.toContain("lost");
  });

  test("gives its channel up for one lost reply; who presents a card meanwhile is read all the same", async () => {
    const { line, peripheral, heard, disturbances, open, pass, status } = rig();
    await open();
    await pass(1_000);
    for (let round = 0; round < 4; round++) {
      let lost = 0;
      line.onTheWay = (reply) => (lost++ === 0 ? [] : [reply]);
      await pass(100);
      peripheral.presentBits((0x100 + round).toString(2));
      await pass(800);
    }
    expect(heard.cards.map(({ number }) => number)).toEqual(["100", "101", "102", "103"]);
    expect(disturbances).not.toContain("stale");
    expect(status()).toMatchObject({ state: "online" });
  });

  test.each(["its words", "the adapter"])(
    "but what it kept while %s could not be heard for longer than a second is thrown away",
    async (what) => {
      const { line, peripheral, heard, disturbances, open, pass } = rig();
      await open();
      await pass(1_000);
      if (what === "the adapter") line.unplug();
      else line.onTheWay = () => [];
      await pass(100);
      for (const bits of ["1".repeat(26), "1".repeat(34)]) peripheral.presentBits(bits);
      await pass(5_000);
      line.plug();
      line.onTheWay = (reply) => [reply];
      await pass(10_000);
      expect(heard.cards).toEqual([]);
      expect(disturbances).toContain("stale");
    },
  );
});

describe("T26: a reader that answers with its own key, whichever it was asked for", () => {
  test("has a key and is asked for everybody's: it is not being installed, which is no attack", async () => {
    const { open, install, pass, status } = rig({ siteKey: null, readerKey: otherKey });
    install();
    await open();
    await pass(3_000);
    expect(status()?.detail).toMatch(/not in its installation mode/);
  });

  test("has none and is asked for the site's: everybody's key is not accepted, and told as what it may be", async () => {
    const { heard, open, pass, status } = rig({ readerKey: null });
    await open();
    await pass(3_000);
    expect(status()).toMatchObject({ state: "lost" });
    expect(status()?.detail).toMatch(/as an attacker would/);
    expect(heard.cards).toEqual([]);
  });

  test("does not let a key be set: told so, not as a bad line; and it is tried again with the same key", async () => {
    const { peripheral, keyFile, heard, open, install, pass, status } = rig({
      siteKey: null,
      readerKey: null,
    });
    peripheral.refusesKey = true;
    install();
    await open();
    await pass(400);
    expect(status()?.detail).toMatch(/did not take the key/);
    await pass(20_000);
    expect(heard.statuses.some(({ detail }) => /breaks again|attacker/.test(detail ?? ""))).toBe(false);
    expect(existsSync(`${keyFile}.new`)).toBe(true);
    peripheral.refusesKey = false;
    await pass(20_000);
    expect(status()).toMatchObject({ state: "online", detail: null });
  });
});

// Of the first channel: challenge, proof, key. Of the one under that key: challenge, proof.
test.each([3, 4, 5, 8, 9])(
  "answer %i of an installation is lost: the reader is online in the end, under the key that is kept",
  async (gone) => {
    const { line, peripheral, keyFile, open, install, pass, status } = rig({
      siteKey: null,
      readerKey: null,
    });
    install();
    let answers = 0;
    line.onTheWay = (reply) => (++answers === gone ? [] : [reply]);
    await open();
    await pass(1_500);
    expect(status()).toMatchObject({ state: "online" });
    expect(readFileSync(keyFile, "latin1")).toContain(peripheral.key?.toString("hex"));
  },
);

test.each([
  ["with a checksum", 0],
  ["with CRC", 4],
])("a reader that can only do checksums, and says so %s, is told as what it is", async (_, check) => {
  const { line, open, pass, status } = rig();
  line.onTheWay = (reply) => [osdpReply(1, reply.readUInt8(4) & 3, check, undefined, 0x41, Buffer.of(1))];
  await open();
  await pass(3_000);
  expect(status()?.detail).toMatch(/check: checksum/);
  line.onTheWay = (reply) => [reply];
  await pass(9_000);
  expect(status()).toMatchObject({ state: "online", detail: null });
  line.onTheWay = () => [];
  await pass(2_000);
  expect(status()?.detail).toMatch(/does not answer/);
});

test("T8: a card of more bits than a number has room for is counted, and the next one is read", async () => {
  const { peripheral, heard, disturbances, open, pass } = rig();
  await open();
  await pass(1_000);
  peripheral.presentBits("1".repeat(257));
  peripheral.presentBits("1".repeat(256));
  await pass(1_000);
  expect(disturbances).toEqual(["malformed"]);
  expect(heard.cards.map(({ format }) => format)).toEqual(["raw256"]);
});

import { existsSync, readFileSync, rmSync, statSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  type ReaderForTests,
  readerForTests,
  whereForTests as where,
} from "../../../test/support/osdp-reader.ts";
import { wallTime } from "../../domain/time.ts";
import { OsdpPeripheral } from "../../simulation/osdp-peripheral.ts";
import { osdpReply } from "../../simulation/osdp-peripheral-frames.ts";
import { beginInstallation, longestInstallation } from "./installation.ts";

const key = Buffer.alloc(16, 0x5a);
const minute = 60_000;

/** A reader that has the site's key, unless something else is said. */
const rig = ({
  siteKey = `${key.toString("hex")}\n`,
  peripheral,
  wiring = {},
}: Partial<ReaderForTests> = {}) => readerForTests({ siteKey, peripheral: { key, ...peripheral }, wiring });

describe("installation mode", () => {
  test("brings a fresh key into a new reader, keeps it for the owner only, and ends with that", async () => {
    const { clock, peripheral, keyFile, heard, open, pass, status } = rig({
      siteKey: null,
      peripheral: { key: undefined },
    });
    await open();
    await pass(5_000);
    expect(status()?.detail).toMatch(/no key for it yet/);
    beginInstallation(keyFile, wallTime(clock.wall() + 10 * minute));
    await pass(20_000);
    expect(status()).toMatchObject({ state: "online", detail: null });
    expect(peripheral.secure).toBe(true);
    expect(heard.statuses.at(-2)?.detail).toMatch(/given a key of its own; a new reader is taken until 20/);
    const [written, mark] = readFileSync(keyFile, "latin1").split("\n");
    expect(written).toBe(peripheral.key?.toString("hex"));
    expect(mark).toBe("reader 5c2623 1001");
    expect(statSync(keyFile).mode & 0o777).toBe(0o600);
    expect([existsSync(`${keyFile}.install`), existsSync(`${keyFile}.new`)]).toEqual([false, false]);
  });

  test("two readers get different keys", async () => {
    const keys = await Promise.all(
      [0, 1].map(async () => {
        const one = rig({ siteKey: null, peripheral: { key: undefined } });
        beginInstallation(one.keyFile, wallTime(one.clock.wall() + minute));
        const reader = await one.open();
        await one.pass(5_000);
        await reader[Symbol.asyncDispose]();
        return one.peripheral.key?.toString("hex");
      }),
    );
    expect(new Set(keys).size).toBe(2);
    expect(keys).not.toContain(undefined);
  });

  test("ends by itself, also when the wall clock is set back; the default key is refused afterwards", async () => {
    const { clock, peripheral, keyFile, open, pass, status } = rig({
      siteKey: null,
      peripheral: { key: undefined },
    });
    peripheral.mute = true;
    beginInstallation(keyFile, wallTime(clock.wall() + 2 * minute));
    await open();
    await pass(minute);
    expect(status()?.detail).toMatch(/a new reader is taken until/);
    clock.stepWall(-60 * minute);
    await pass(2 * minute);
    expect(existsSync(`${keyFile}.install`)).toBe(false);
    peripheral.mute = false;
    await pass(minute);
    expect(peripheral.key).toBeUndefined();
    expect(status()).toMatchObject({ state: "lost" });
    expect(status()?.detail).toMatch(/no key for it yet/);
  });

  test("does not last longer than an hour, whatever its file says", async () => {
    const { clock, peripheral, keyFile, open, pass } = rig({
      siteKey: null,
      peripheral: { key: undefined },
    });
    peripheral.mute = true;
    beginInstallation(keyFile, wallTime(clock.wall() + 1_000 * minute));
    await open();
    await pass(longestInstallation + minute);
    expect(existsSync(`${keyFile}.install`)).toBe(false);
  });

  test("a reader that has its key already ends it, and never hears the default key", async () => {
    const { clock, line, keyFile, open, pass, status } = rig();
    beginInstallation(keyFile, wallTime(clock.wall() + 10 * minute));
    await open();
    await pass(3_000);
    expect(status()?.state).toBe("online");
    expect(existsSync(`${keyFile}.install`)).toBe(false);
    expect(line.written.some((bytes) => bytes[7] === 0x11 && bytes[8] === 0)).toBe(false);
  });

  test("the answer to the new key is lost: the reader is found with it all the same, even after a restart", async () => {
    const { clock, peripheral, line, keyFile, open, pass, status } = rig({
      siteKey: null,
      peripheral: { key: undefined },
    });
    beginInstallation(keyFile, wallTime(clock.wall() + minute));
    line.onTheWay = (reply) => (peripheral.key === undefined ? [reply] : []);
    const first = await open();
    await pass(10_000);
    expect(peripheral.key).toBeDefined();
    await first[Symbol.asyncDispose]();
    rmSync(`${keyFile}.install`, { force: true });
    line.onTheWay = (reply) => [reply];
    await open();
    await pass(5_000);
    expect(status()?.state).toBe("online");
    expect(readFileSync(keyFile, "latin1")).toContain(peripheral.key?.toString("hex"));
  });

  test("a reader that is replaced is told by its number, and gets a key of its own only by another installation", async () => {
    const { clock, peripheral, line, keyFile, open, pass, status } = rig({
      siteKey: `${key.toString("hex")}\nreader 5c2623 1001\n`,
    });
    await open();
    await pass(3_000);
    expect(status()?.detail).toBeNull();
    const spare = new OsdpPeripheral({ address: 1, serial: 2002 });
    line.peripherals.splice(line.peripherals.indexOf(peripheral), 1, spare);
    await pass(10_000);
    expect(status()?.state).toBe("lost");
    expect(status()?.detail).toMatch(/serial number 2002 instead of reader 5c2623 1001/);
    beginInstallation(keyFile, wallTime(clock.wall() + 10 * minute));
    await pass(30_000);
    expect(status()).toMatchObject({ state: "online", detail: null });
    expect(readFileSync(keyFile, "latin1")).toBe(`${spare.key?.toString("hex")}\nreader 5c2623 2002\n`);
  });
});

describe("what a reader says and is told", () => {
  const codesOf = (peripheral: OsdpPeripheral) => peripheral.heard.map(({ code }) => code);

  test("light, sound and text follow the signal, once, and again after the reader was away", async () => {
    const { peripheral, open, pass } = rig();
    const reader = await open();
    reader.signal(where, "ready");
    await pass(3_000);
    peripheral.heard.length = 0;
    reader.signal(where, "granted");
    await pass(300);
    reader.signal(where, "granted");
    await pass(300);
    const told = peripheral.heard.filter(({ code }) => code >= 0x69 && code <= 0x6b);
    expect(told.map(({ code }) => code)).toEqual([0x69, 0x6a, 0x6b]);
    expect(told[0]?.data.toString("hex")).toBe("0000" + "01000000000000" + "010a000200");
    expect(told[1]?.data.toString("hex")).toBe("0002020001");
    expect(told[2]?.data.subarray(6).toString()).toBe("WELCOME");
    peripheral.mute = true;
    peripheral.restart();
    await pass(3_000);
    peripheral.heard.length = 0;
    peripheral.mute = false;
    await pass(10_000);
    expect(codesOf(peripheral)).toContain(0x69);
  });

  test("a reader is not told what it has no means to show", async () => {
    const { peripheral, open, pass } = rig({ peripheral: { capabilities: [[5, 1, 1]] } });
    const reader = await open();
    await pass(3_000);
    for (const signal of ["ready", "busy", "enterPin", "granted", "denied"] as const) {
      reader.signal(where, signal);
      await pass(300);
    }
    expect(codesOf(peripheral).filter((code) => code >= 0x69 && code <= 0x6b)).toEqual([0x6a, 0x6a]);
    expect(codesOf(peripheral)).not.toContain(0x67);
  });

  test("tamper and power are told as they change", async () => {
    const { peripheral, open, pass, status } = rig();
    await open();
    await pass(3_000);
    expect(status()).toMatchObject({ tampered: false, powerFault: false });
    peripheral.say(0x48, Buffer.of(1, 0));
    await pass(300);
    expect(status()).toMatchObject({ state: "online", tampered: true, powerFault: false });
    peripheral.powerFault = true; // not said by itself: found in the next round
    await pass(31_000);
    expect(status()).toMatchObject({ tampered: false, powerFault: true });
  });

  test("keys of the standard: return is #, delete is *; long typing comes in pieces", async () => {
    const { peripheral, heard, open, pass } = rig();
    await open();
    await pass(3_000);
    peripheral.press(`12*34#${"5".repeat(20)}`);
    await pass(300);
    expect(heard.keys.map(({ keys }) => keys)).toEqual(["12*34#5555555555", "5555555555"]);
  });

  test("a card of a format nobody knows is its bits", async () => {
    const { peripheral, heard, open, pass } = rig();
    await open();
    await pass(3_000);
    peripheral.presentBits(`0000${"1010".repeat(13)}`, false);
    await pass(300);
    expect(heard.cards).toMatchObject([{ format: "raw56", number: "0AAAAAAAAAAAAA" }]);
  });

  test("without a secure channel, where somebody chose that, it reads, and says so for ever", async () => {
    const { peripheral, heard, open, pass, status } = rig({
      peripheral: { key: undefined },
      wiring: { withoutSecureChannel: "old reader, decided by A. Lin" },
    });
    await open();
    await pass(3_000);
    peripheral.presentBits("1".repeat(40));
    await pass(300);
    expect(heard.cards).toHaveLength(1);
    expect(status()).toMatchObject({ state: "online" });
    expect(status()?.detail).toBe("without a secure channel: old reader, decided by A. Lin");
  });
});

describe("a reader in difficulties", () => {
  test("is waited for while it says it is busy, and lost when that does not end", async () => {
    const { peripheral, heard, open, pass, status } = rig();
    await open();
    await pass(3_000);
    peripheral.busyTimes = 20;
    peripheral.presentBits("1".repeat(40));
    await pass(4_000);
    expect(heard.cards).toHaveLength(1);
    expect(heard.statuses.map(({ state }) => state)).toEqual(["online"]);
    peripheral.busyTimes = 10_000;
    await pass(10_000);
    expect(status()?.detail).toMatch(/busy for too long/);
  });

  test("that lost count of the messages is begun with anew", async () => {
    const { peripheral, line, heard, open, pass } = rig();
    await open();
    await pass(3_000);
    heard.statuses.length = 0;
    line.onTheWay = (reply) => {
      line.onTheWay = (next) => [next];
      // NAK 4 in the place of one reply.
      return [osdpReply(1, reply.readUInt8(4) & 3, 4, undefined, 0x41, Buffer.of(4))];
    };
    await pass(1_000);
    peripheral.presentBits("1".repeat(40));
    await pass(500);
    expect(heard.cards).toHaveLength(1);
    expect(heard.statuses).toEqual([]);
  });

  test("that is gone is asked for less and less often, never more seldom than every eight seconds", async () => {
    const { peripheral, line, open, pass } = rig();
    await open();
    await pass(3_000);
    peripheral.mute = true;
    await pass(60_000);
    const before = line.written.length;
    await pass(41_000);
    expect(line.written.length - before).toBeGreaterThanOrEqual(4);
    expect(line.written.length - before).toBeLessThanOrEqual(6);
  });
});

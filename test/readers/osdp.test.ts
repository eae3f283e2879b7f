import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, onTestFinished, test } from "vitest";
import type { AccessPointName } from "../../src/domain/names.ts";
import { wallTime } from "../../src/domain/time.ts";
import { SystemClock } from "../../src/drivers/clock/system-clock.ts";
import { beginInstallation } from "../../src/drivers/reader-osdp/installation.ts";
import { OsdpCardReader } from "../../src/drivers/reader-osdp/osdp-card-reader.ts";
import { openSerialLine } from "../../src/drivers/reader-osdp/serial-line.ts";
import type { CardRead, CardReader, ReaderStatus } from "../../src/ports/card-reader.ts";
import { cardReaderContract } from "../../src/ports/contracts/card-reader.contract.ts";
import { OsdpPeripheral } from "../../src/simulation/osdp-peripheral.ts";
import { osdpReply } from "../../src/simulation/osdp-peripheral-frames.ts";
import { againWhereHeldUp, watchMachine } from "../support/held-up.ts";
import { SerialBus } from "../support/serial-bus.ts";
import { until } from "../support/until.ts";

watchMachine();

const clock = new SystemClock();
const directory = mkdtempSync(join(tmpdir(), "vestibule-osdp-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const places = ["outer-entry", "inner-entry"] as const;
/** The number of a card as its 32 bits. */
const bitsOf = (number: string): string => Number(number).toString(2).padStart(32, "0");
const decodeCard = (bits: string) =>
  bits.length === 32 ? { number: String(Number.parseInt(bits, 2)), format: "plain32" } : undefined;
/** A few polls, and what they bring. */
const polls = 70;

/** Two readers with keys of their own on one bus of the kernel's. */
async function bus(keys: readonly (Buffer | undefined)[] = places.map(() => randomBytes(16))) {
  const peripherals = places.map(
    (_, address) => new OsdpPeripheral({ address, serial: 900 + address, key: keys[address] }),
  );
  const line = new SerialBus(peripherals);
  await line.plug();
  const folder = mkdtempSync(join(directory, "keys-"));
  const keyFiles = places.map((place) => join(folder, `${place}.key`));
  for (const [index, file] of keyFiles.entries()) {
    const key = keys[index];
    if (key !== undefined) writeFileSync(file, key.toString("hex"), { mode: 0o600 });
  }
  const reader = new OsdpCardReader(
    places.map((accessPoint, address) => ({
      where: { vestibule: "v1", accessPoint },
      device: line.device,
      baudRate: 115_200,
      address,
      check: "crc",
      keyFile: keyFiles[address] ?? "",
      decodeCard,
    })),
    { clock, openLine: openSerialLine },
  );
  return { line, peripherals, reader, keyFiles };
}

cardReaderContract(
  "OsdpCardReader on a terminal device of the kernel's",
  async () => {
    const { line, peripherals, reader } = await bus();
    const at = (accessPoint: AccessPointName) => peripherals[places.indexOf(accessPoint as "outer-entry")];
    const pending: (() => Promise<void>)[] = [];
    let plugged = true;
    let asked = false;
    const isQuiet = (): boolean =>
      !asked ||
      // Asked for news in the channel, and there is none: whatever was to be said was said.
      peripherals.every(
        ({ secure, waiting, heard }) => secure && waiting === 0 && heard.at(-1)?.code === 0x60,
      );
    const watched: CardReader = {
      open: async (listener) => {
        await reader.open(listener);
        asked = true;
      },
      signal: (where, signal) => reader.signal(where, signal),
      [Symbol.asyncDispose]: async () => {
        asked = false;
        await reader[Symbol.asyncDispose]();
      },
    };
    return {
      reader: watched,
      present: (accessPoint, number) =>
        /^\d{1,9}$/.test(number)
          ? at(accessPoint)?.presentBits(bitsOf(number))
          : at(accessPoint)?.presentCharacters(number),
      press: (accessPoint, keys) => at(accessPoint)?.press(keys),
      now: () => clock.now(),
      settle: async () => {
        for (const step of pending.splice(0)) await step();
        await sleep(polls);
        if (plugged) await until(isQuiet, "the readers to have said everything", 5_000);
        await sleep(polls);
      },
      unplug: () => {
        plugged = false;
        pending.push(() => line.unplug());
      },
      plug: () => {
        plugged = true;
        pending.push(async () => {
          for (const peripheral of peripherals) peripheral.restart();
          await line.plug();
        });
      },
      close: () => line[Symbol.asyncDispose](),
    };
  },
  againWhereHeldUp,
);

describe("OSDP over a terminal device of the kernel's", () => {
  async function listening(keys?: readonly (Buffer | undefined)[]) {
    const rig = await bus(keys);
    const cards: CardRead[] = [];
    const statuses: ReaderStatus[] = [];
    await rig.reader.open({
      onCard: (read) => cards.push(read),
      onKeys: () => {},
      onStatus: (status) => statuses.push(status),
    });
    const last = (place: AccessPointName) => statuses.findLast(({ accessPoint }) => accessPoint === place);
    const online = (place: AccessPointName) =>
      until(() => last(place)?.state === "online", `${place} to be online`, 8_000);
    return {
      ...rig,
      cards,
      last,
      online,
      close: async () => {
        await rig.reader[Symbol.asyncDispose]();
        await rig.line[Symbol.asyncDispose]();
      },
    };
  }

  test(
    "T26: noise, damage, cuts, plain words and replays lose no card and bring none",
    againWhereHeldUp,
    async () => {
      const { line, peripherals, cards, last, online, close } = await listening();
      await online("outer-entry");
      await online("inner-entry");
      let replies = 0;
      let recorded: Buffer | undefined;
      line.onTheWay = (reply) => {
        if (reply[6] === 0x18) recorded ??= reply;
        const sequence = reply.readUInt8(4) & 3;
        const address = reply.readUInt8(1) & 0x7f;
        switch (++replies % 9) {
          case 1:
            return [randomBytes(40), reply];
          case 3:
            return [reply.subarray(0, 7)];
          case 5:
            return [Buffer.from(reply.map((byte, place) => (place === 7 ? byte ^ 0x10 : byte)))];
          case 7:
            return [osdpReply(address, sequence, 4, undefined, 0x50, Buffer.from([0, 0, 8, 0, 7])), reply];
          case 8:
            return recorded === undefined ? [reply] : [recorded, reply];
          default:
            return [reply];
        }
      };
      for (const number of ["11", "12", "13"]) peripherals[0]?.presentBits(bitsOf(number));
      await until(() => cards.length >= 3, "three cards", 10_000);
      await until(() => last("outer-entry")?.tampered === true, "the plain words to be told", 5_000);
      line.onTheWay = (reply) => [reply];
      peripherals[1]?.presentBits(bitsOf("21"));
      await until(() => cards.length >= 4, "the other reader's card", 10_000);
      expect(cards.map(({ accessPoint, number }) => `${accessPoint} ${number}`)).toEqual([
        "outer-entry 11",
        "outer-entry 12",
        "outer-entry 13",
        "inner-entry 21",
      ]);
      await close();
    },
  );

  test(
    "T26: a new reader gets its key in the installation mode only, while the other is read as ever",
    againWhereHeldUp,
    async () => {
      const { peripherals, keyFiles, cards, last, online, close } = await listening([
        undefined,
        randomBytes(16),
      ]);
      await online("inner-entry");
      await until(() => last("outer-entry")?.state === "lost", "the new reader to be refused", 5_000);
      expect(peripherals[0]?.key).toBeUndefined();
      beginInstallation(keyFiles[0] ?? "", wallTime(clock.wall() + 60_000));
      await online("outer-entry");
      expect(readFileSync(keyFiles[0] ?? "", "latin1")).toBe(
        `${peripherals[0]?.key?.toString("hex")}\nreader 5c2623 900\n`,
      );
      for (const peripheral of peripherals) peripheral.presentBits(bitsOf("31"));
      await until(() => cards.length === 2, "a card of each", 5_000);
      await close();
    },
  );

  test(
    "from the site's file to the installer's screen: refused, given its key by the command, read",
    againWhereHeldUp,
    async () => {
      const peripheral = new OsdpPeripheral({ address: 5, serial: 77 });
      await using line = new SerialBus([peripheral]);
      await line.plug();
      const data = mkdtempSync(join(directory, "data-"));
      const file = join(data, "site.yaml");
      writeFileSync(file, siteWith(line.device));
      const vestibule = (...args: readonly string[]) => {
        const child = spawn(process.execPath, [main, ...args, "--config", file, "--json"], {
          stdio: ["ignore", "pipe", "inherit"],
          env: { ...process.env, VESTIBULE_DATA: data },
        });
        onTestFinished(() => void child.kill("SIGKILL"));
        const said = { out: "" };
        child.stdout.on("data", (bytes: Buffer) => (said.out += bytes.toString()));
        const exited = new Promise<number | null>((resolve) => child.on("exit", resolve));
        return { said, exited };
      };
      const listen = vestibule("reader", "listen", "--seconds", "60");
      await until(() => listen.said.out.includes("no key for it yet"), "the reader to be refused");
      const install = vestibule(
        "reader",
        "osdp-install",
        "--access-point",
        "v1.outer-entry",
        "--minutes",
        "1",
      );
      expect(await install.exited).toBe(0);
      expect(JSON.parse(install.said.out)).toMatchObject({
        installed: true,
        keyFile: join(data, "osdp", "v1.outer-entry.key"),
      });
      await until(() => listen.said.out.includes('"online"'), "the reader to be online");
      peripheral.presentBits("01001111100001011101110000");
      peripheral.press("12#");
      await until(() => listen.said.out.includes('"keys"'), "the card and the keys");
      expect(listen.said.out).toContain('"number":"159-3000","format":"wiegand26"');
    },
  );
});

const main = fileURLToPath(new URL("../../src/main.ts", import.meta.url));

const siteWith = (device: string): string => `
site: { id: bench, name: { en: Bench, zh: 测试台 } }
board: { kind: simulated }
vestibules:
  - id: v1
    accessPoints:
      outer-entry:
        reader: { kind: osdp, device: ${device}, baudRate: 115200, address: 5 }
`;

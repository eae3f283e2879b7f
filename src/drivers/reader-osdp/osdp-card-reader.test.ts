import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import type { AccessPointName } from "../../domain/names.ts";
import { cardReaderContract } from "../../ports/contracts/card-reader.contract.ts";
import { SimulatedOsdpLine } from "../../simulation/osdp-line.ts";
import { OsdpPeripheral } from "../../simulation/osdp-peripheral.ts";
import { VirtualClock } from "../../simulation/virtual-clock.ts";
import { decode, knownFormats, type WiegandFormat } from "../reader-wiegand/formats.ts";
import { frameFor } from "../reader-wiegand/frames-for-tests.ts";
import { OsdpCardReader } from "./osdp-card-reader.ts";

const directory = mkdtempSync(join(tmpdir(), "vestibule-osdp-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const keys = { "outer-entry": Buffer.alloc(16, 0xa1), "inner-entry": Buffer.alloc(16, 0xb2) };
const places = ["outer-entry", "inner-entry"] as const;

const wiegand26 = { ...knownFormats["wiegand26"], number: "{card}" } as WiegandFormat; // one of the known ones

function decodeCard(bits: string) {
  const decoded = decode(bits, [wiegand26], false);
  return decoded.kind === "card" ? { number: decoded.number, format: decoded.format } : undefined;
}

cardReaderContract("OsdpCardReader whose adapter is pulled out", () => underTest("adapter"));
cardReaderContract("OsdpCardReader whose readers lose their supply", () => underTest("supply"));

function underTest(lost: "adapter" | "supply") {
  const clock = new VirtualClock();
  const peripherals = places.map(
    (place, address) => new OsdpPeripheral({ address, serial: 70 + address, key: keys[place] }),
  );
  const line = new SimulatedOsdpLine(clock, peripherals);
  const reader = new OsdpCardReader(
    places.map((place, address) => {
      const keyFile = join(directory, `${place}.key`);
      writeFileSync(keyFile, keys[place].toString("hex"), { mode: 0o600 });
      return {
        where: { vestibule: "v1", accessPoint: place },
        device: "/dev/ttyRS485",
        baudRate: 9600,
        address,
        check: "crc",
        keyFile,
        decodeCard,
      } as const;
    }),
    { clock, openLine: line.open },
  );
  const at = (accessPoint: AccessPointName) => peripherals[places.indexOf(accessPoint as "outer-entry")];
  const supply = (there: boolean): void => {
    for (const peripheral of peripherals) {
      peripheral.mute = !there;
      peripheral.restart();
    }
  };
  return {
    reader,
    present: (accessPoint: AccessPointName, number: string) => {
      if (/^\d{1,5}$/.test(number)) at(accessPoint)?.presentBits(frameFor(wiegand26, BigInt(number)));
      else at(accessPoint)?.presentCharacters(number);
    },
    press: (accessPoint: AccessPointName, typed: string) => at(accessPoint)?.press(typed),
    now: () => clock.now(),
    settle: async () => {
      for (let step = 0; step < 30; step++) {
        clock.advance(200);
        await Promise.resolve();
      }
    },
    unplug: () => (lost === "adapter" ? line.unplug() : supply(false)),
    plug: () => (lost === "adapter" ? line.plug() : supply(true)),
  };
}

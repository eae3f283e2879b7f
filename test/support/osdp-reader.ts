import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { Disturbance } from "../../src/drivers/reader-osdp/line-watch.ts";
import { OsdpCardReader, type OsdpWiring } from "../../src/drivers/reader-osdp/osdp-card-reader.ts";
import type { CardRead, KeysPressed, ReaderStatus } from "../../src/ports/card-reader.ts";
import { SimulatedOsdpLine } from "../../src/simulation/osdp-line.ts";
import { OsdpPeripheral, type OsdpPeripheralOptions } from "../../src/simulation/osdp-peripheral.ts";
import { VirtualClock } from "../../src/simulation/virtual-clock.ts";

export const whereForTests = { vestibule: "v1", accessPoint: "outer-entry" } as const;

export interface ReaderForTests {
  /** The site's key, or what else stands in its file; null: there is no file. */
  readonly siteKey: Buffer | string | null;
  readonly peripheral?: Partial<OsdpPeripheralOptions>;
  readonly wiring?: Partial<OsdpWiring>;
}

/** One simulated reader at address 1 and everything its driver tells; opened by the test, and closed with it. */
export function readerForTests({ siteKey, peripheral: options, wiring }: ReaderForTests) {
  const clock = new VirtualClock();
  const peripheral = new OsdpPeripheral({ address: 1, serial: 1001, ...options });
  const line = new SimulatedOsdpLine(clock, [peripheral]);
  const keyFile = keyFileForTests(siteKey);
  const heard = { cards: [] as CardRead[], keys: [] as KeysPressed[], statuses: [] as ReaderStatus[] };
  const disturbances: Disturbance[] = [];
  const usual = {
    where: whereForTests,
    device: "/dev/ttyRS485",
    baudRate: 38_400,
    address: 1,
    check: "crc",
    decodeCard: () => undefined,
  } as const;
  const open = async (): Promise<OsdpCardReader> => {
    const reader = new OsdpCardReader([{ ...usual, keyFile, ...wiring }], {
      clock,
      openLine: line.open,
      onDisturbance: (_, what) => disturbances.push(what),
    });
    onTestFinished(() => reader[Symbol.asyncDispose]());
    await reader.open({
      onCard: (read) => heard.cards.push(read),
      onKeys: (keys) => heard.keys.push(keys),
      onStatus: (status) => heard.statuses.push(status),
    });
    return reader;
  };
  const pass = async (milliseconds: number): Promise<void> => {
    for (let left = milliseconds; left > 0; left -= 100) {
      clock.advance(Math.min(left, 100));
      await Promise.resolve();
    }
  };
  const status = () => heard.statuses.at(-1);
  return { clock, peripheral, line, keyFile, heard, disturbances, open, pass, status };
}

function keyFileForTests(content: Buffer | string | null): string {
  const directory = mkdtempSync(join(tmpdir(), "vestibule-osdp-"));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const file = join(directory, "reader.key");
  if (content !== null)
    writeFileSync(file, typeof content === "string" ? content : content.toString("hex"), { mode: 0o600 });
  return file;
}

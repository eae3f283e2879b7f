import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, expect, test } from "vitest";
import { SimulatedOsdpLine } from "../../simulation/osdp-line.ts";
import { OsdpPeripheral } from "../../simulation/osdp-peripheral.ts";
import { VirtualClock } from "../../simulation/virtual-clock.ts";
import { OsdpCardReader } from "./osdp-card-reader.ts";

const directory = mkdtempSync(join(tmpdir(), "vestibule-osdp-bus-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

let running: OsdpCardReader | undefined;
afterEach(async () => running?.[Symbol.asyncDispose]());

/** Nine readers on a bus; of those at addresses from `present` on nothing is heard after the first second. */
async function cutBus(present: number) {
  const clock = new VirtualClock();
  const key = Buffer.alloc(16, 0x77);
  const peripherals = Array.from(
    { length: 9 },
    (_, address) => new OsdpPeripheral({ address, serial: 500 + address, key: Buffer.from(key) }),
  );
  const line = new SimulatedOsdpLine(clock, peripherals);
  line.answerTime = 12; // eight of them take longer than the time between two polls of one
  const keyFile = join(directory, "reader.key");
  writeFileSync(keyFile, key.toString("hex"), { mode: 0o600 });
  const read: { readonly number: string; readonly at: number }[] = [];
  const states = new Map<string, string>();
  running = new OsdpCardReader(
    peripherals.map(({ address }) => ({
      where: { vestibule: `v${address}`, accessPoint: "outer-entry" },
      device: "/dev/ttyRS485",
      baudRate: 38_400,
      address,
      check: "crc",
      keyFile,
      decodeCard: () => undefined,
    })),
    { clock, openLine: line.open },
  );
  await running.open({
    onCard: ({ number, at }) => read.push({ number, at }),
    onKeys: () => {},
    onStatus: ({ vestibule, state }) => states.set(vestibule, state),
  });
  const pass = async (milliseconds: number): Promise<void> => {
    for (let left = milliseconds; left > 0; left -= 50) {
      clock.advance(50);
      await Promise.resolve();
    }
  };
  await pass(1_000);
  for (const peripheral of peripherals.slice(present)) peripheral.mute = true;
  await pass(2_000);
  return { clock, peripherals, read, states, pass };
}

test("who is there is read within half a second, however many on the bus are not", async () => {
  const { clock, peripherals, read, pass } = await cutBus(1);
  const waited: number[] = [];
  for (let card = 0; card < 8; card++) {
    const at = clock.now();
    peripherals[0]?.presentBits((0x100 + card).toString(2));
    await pass(600);
    waited.push((read.at(-1)?.at ?? Number.POSITIVE_INFINITY) - at);
  }
  expect(read).toHaveLength(8);
  expect(Math.max(...waited)).toBeLessThan(500);
});

test("who comes back is found, on a bus where the others leave no time", async () => {
  const { peripherals, states, pass } = await cutBus(8);
  expect(states.get("v8")).toBe("lost");
  for (const peripheral of peripherals) peripheral.mute = false;
  await pass(2_500);
  expect([...states.values()]).toEqual(Array.from({ length: 9 }, () => "online"));
});
